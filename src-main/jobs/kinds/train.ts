/**
 * Run kind: trains a network and measures collapse as it goes, theory beside it. What trains is src-main/training, loaded when
 * a run begins; here are its parameters, the way to the studio, and the document.
 */
import { writeNpz } from '../../interop/npz.ts';
import type { ParameterValues } from '../../parameters/specification.ts';
import type { TrainingHost } from '../../training/trainer/specification.ts';
import type { Trained } from '../../training/trainer/train.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { measurementDocument, measurementLists } from './measurement-document.ts';
import { dataParameters, imbalanceParameters } from './train-data-parameters.ts';
import { trainCharts, trainResults } from './train-display.ts';
import { trainMetrics } from './train-metrics.ts';
import { networkParameters } from './train-network-parameters.ts';
import { optimisationParameters } from './train-optimisation-parameters.ts';
import { checkTraining, trainingOf } from './train-specification.ts';
import { trainUse } from './train-use.ts';

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { train } = await import('../../training/trainer/train.ts');
  const host: TrainingHost = {
    point: (metric, epoch, value) => context.points(metric, [epoch], [value]),
    log: (level, text) => context.log(level, text),
    progress: (fraction, text) => context.progress(fraction, text),
    breathe: () => context.breathe(),
    ...(context.checkpoints && { checkpoints: context.checkpoints }),
  };
  const trained = await train(trainingOf(values, context.seed), host);
  const spectrum = trained.last.collapse.spectra.mean;
  context.points(
    'spectrum_h',
    Array.from(spectrum, (_, i) => i + 1),
    spectrum,
  );
  if (values['keepFeatures'] === true) context.artifact('features.npz', 'application/zip', featureFile(trained));
  const document = documentOf(trained);
  trained.session.dispose();
  return document;
}

/** Arrays as `peel nc` and the kind nc-measure read them. */
function featureFile({ meter, last: { classifier }, session: { network } }: Trained): Uint8Array {
  const { features, labels } = meter;
  const { classes: K, featureDimension: p } = network;
  return writeNpz({
    features: { shape: [labels.length, p], data: features },
    labels: { shape: [labels.length], data: labels },
    weights: { shape: [K, p], data: classifier.weights },
    ...(classifier.bias && { bias: { shape: [K], data: classifier.bias } }),
  });
}

function documentOf({ session, last, verdict, theory, clocks, resumedAt }: Trained) {
  const { specification, network, backend, dataset, plan } = session;
  const measured = measurementDocument(last.collapse);
  const { training, evaluating, measuring } = clocks;
  const { lpm, values } = last.beside;
  return {
    basis: {
      kind: 'numerical',
      text: `float32 training on ${backend.name}, seed ${specification.seed}; metrics are the definitions in float64 over all ${measured.samples} samples`,
    },
    verdict,
    prediction: {
      featureBudget: values['budget_h'] ?? null,
      classifierBudget: values['budget_w'] ?? null,
      r0: lpm?.thresholds?.r0 ?? null,
      r1: lpm?.thresholds?.r1 ?? null,
      relativeGap: lpm?.solution.relativeGap ?? null,
      reasons: {
        ...theory.reasons,
        lpm: lpm === null ? (theory.reasons.lpm ?? last.collapse.reasons.nc2_lpm_w ?? null) : null,
      },
    },
    theory: values,
    data: `${dataset.name}: ${dataset.origin}`,
    counts: plan.counts,
    majority: plan.majority,
    backend: backend.description,
    parameterCount: network.parameterCount,
    lastEpoch: specification.epochs,
    switch: specification.denseEpochs > 0 ? specification.denseEpochs : null,
    resumedAt,
    seconds: clocks,
    measuringShare: measuring / (training + evaluating + measuring),
    ...measured,
    ...measurementLists(measured),
  };
}

export const trainKind: ExecutableKind = {
  id: 'train',
  label: 'Train a network',
  description:
    'Trains a network on your data, made as imbalanced as you like, and measures neural collapse as it goes, the prediction of theory beside it.',
  parameters: [...dataParameters, ...imbalanceParameters, ...networkParameters, ...optimisationParameters],
  metrics: trainMetrics,
  charts: trainCharts,
  across: ['cos_w_minority', 'cos_w_majority', 'test_accuracy_minority'],
  results: trainResults,
  resumable: true,
  random: true,
  check: checkTraining,
  use: trainUse,
  execute,
};
