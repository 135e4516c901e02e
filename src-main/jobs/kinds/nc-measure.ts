/** Run kind: the collapse metrics of features in a file, or along a folder of one file per epoch. */
import { statSync } from 'node:fs';
import { metricKeys, metricWords } from '../../collapse/keys.ts';
import { measure } from '../../collapse/measure.ts';
import { epochFiles } from '../../interop/tensors/epoch-files.ts';
import { openFeatureFile } from '../../interop/tensors/feature-file.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import { MODEST_USE, type ExecutableKind, type JobContext } from './kind.ts';
import { measurementDocument, measurementLists } from './measurement-document.ts';
import { charts, results } from './nc-measure-display.ts';
import { classesOf, decaysOf, measureOptions, measureParameters } from './nc-measure-parameters.ts';

/** Bytes that measuring took of 1.28 million features of length 2,048, the largest set it was tried on. */
const PIECES = 4.5e8;

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const files = epochFiles(String(values['file']));
  let last: ReturnType<typeof measurementDocument> | null = null;
  for (const [index, { epoch, path }] of files.entries()) {
    const message = files.length === 1 ? 'measuring' : `epoch ${epoch}`;
    const pause = (done: number): Promise<void> => {
      context.progress((index + done) / files.length, message);
      return context.breathe();
    };
    await pause(0);
    const file = openFeatureFile(path, classesOf(values));
    try {
      const measured = await measure(file.source, file.classifier, measureOptions(values, file.classes), pause);
      for (const key of metricKeys) {
        const value = measured.metrics[key];
        if (value !== null) context.points(key, [epoch], [value]);
      }
      if (index === files.length - 1) perClass(measured.spectra.mean, 'spectrum_h', context);
      last = measurementDocument(measured);
    } finally {
      file.close();
    }
  }
  context.log('info', `${files.length === 1 ? 'one file' : `${files.length} epochs`} measured`);
  const measured = last!;
  return {
    basis: { kind: 'exact', text: `the definitions, in float64, over all ${measured.samples} samples` },
    epochs: files.length,
    lastEpoch: files.at(-1)!.epoch,
    ...measured,
    ...measurementLists(measured),
  };
}

function perClass(values: Float64Array, metric: string, context: JobContext): void {
  context.points(
    metric,
    Array.from(values, (_, i) => i + 1),
    values,
  );
}

export const ncMeasure: ExecutableKind = {
  id: 'nc-measure',
  label: 'Neural collapse: measure features',
  description:
    'All collapse metrics of features, labels and classifier in a file, or along a folder of one file per epoch.',
  parameters: [
    {
      type: 'text',
      key: 'file',
      flag: 'file',
      label: 'File or folder',
      help: 'Path on this machine: .npz, .safetensors, .csv, a folder of .npy files, or a folder of one file per epoch whose names hold its number.',
      group: 'Data',
      default: '',
      path: true,
    },
    ...measureParameters,
  ],
  metrics: [
    ...metricKeys.map((key) => ({ key, ...metricWords[key] })),
    {
      key: 'spectrum_h',
      label: 'Singular values of the centred class means',
      help: 'At the last epoch, descending.',
      format: 'loss',
    },
  ],
  charts,
  results,
  check(values) {
    if (values['file'] === '')
      throw new InvalidInput([{ field: 'file', value: '', message: 'name a file or folder on this machine' }]);
    epochFiles(String(values['file']));
    decaysOf(values);
  },
  use(values) {
    const largest = Math.max(...epochFiles(String(values['file'])).map(({ path }) => heldOf(path)));
    return { ...MODEST_USE, memory: MODEST_USE.memory + largest };
  },
  execute,
};

/** Arrays are read in pieces, beside matrices of the size of features squared; texts are held as they are and as numbers. */
function heldOf(path: string): number {
  const stat = statSync(path);
  // A folder of arrays: its size is not that of its files.
  if (stat.isDirectory()) return PIECES;
  return path.toLowerCase().endsWith('.csv') ? 3 * stat.size : Math.min(stat.size, PIECES);
}
