/** `peel nc FILE`: the collapse metrics of features in a file, measured here and printed; nothing is stored. */
import { metricKeys, metricWords } from '../collapse/keys.ts';
import { measure } from '../collapse/measure.ts';
import type { Measurement } from '../collapse/types.ts';
import { openFeatureFile } from '../interop/tensors/feature-file.ts';
import { measurementDocument } from '../jobs/kinds/measurement-document.ts';
import { classesOf, measureOptions, measureParameters } from '../jobs/kinds/nc-measure-parameters.ts';
import type { Command } from './command.ts';
import { computeHere } from './compute-here.ts';
import { Failed } from './errors.ts';
import { terminalNumber } from './numbers.ts';
import { flagsOf } from './parameter-flags.ts';
import { table } from './table.ts';
import { valuesGiven } from './values-given.ts';

export const command: Command = {
  path: 'nc',
  summary: 'Measure neural collapse in features of a network trained anywhere.',
  positionals: 'FILE',
  arity: [1, 1],
  flags: flagsOf(measureParameters),
  notes: [
    'FILE is an .npz or .safetensors file, one .npy file beside its siblings or their folder, with arrays features (N×d) and labels (N), and where there is a classifier weights (K×d) and bias (K); or a .csv file with a column label.',
    'Uncompressed .npz, .npy and .safetensors files are read in place: memory does not grow with the number of samples.',
    'A metric that does not exist is null in JSON; reasons says why.',
  ],
  examples: ['peel nc features.npz --json', 'peel nc epoch-350.safetensors --majority 0,1,2,3,4 --centre samples'],
  async run(given, io) {
    const values = valuesGiven(measureParameters, given);
    const file = openFeatureFile(given.positionals[0]!, classesOf(values));
    try {
      const options = measureOptions(values, file.classes);
      const { result: measured } = await computeHere(
        (context) =>
          measure(file.source, file.classifier, options, (done) => {
            context.progress(done, `measuring ${file.source.samples} samples`);
            return context.breathe();
          }),
        0,
        io,
      );
      if (measured === null) throw new Failed('cancelled', 'stopped before it was done; nothing was stored');
      await io.result(measurementDocument(measured), () => text(measured));
      return 0;
    } finally {
      file.close();
    }
  },
};

function text({ metrics, reasons, samples, dimension, options }: Measurement): string {
  const rows = metricKeys.map((key) => {
    const value = metrics[key];
    return [key, value === null ? '-' : terminalNumber(value, metricWords[key].format), reasons[key] ?? ''];
  });
  const head = `${samples} samples, ${dimension} features, ${options.classes} classes; centre: mean of ${options.centre}, Σ_W over ${options.pooling}`;
  return `${head}\n\n${table([{ title: 'metric' }, { title: 'value', numeric: true }, { title: '' }], rows)}`;
}
