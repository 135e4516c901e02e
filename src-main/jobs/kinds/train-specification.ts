/** From the values of the kind `train` to a training, and what does not go together. Opens no data and starts no backend. */
import { existsSync } from 'node:fs';
import type { Normalisation } from '../../models/ridge/types.ts';
import { parseNumbers } from '../../parameters/counts.ts';
import { InvalidInput, type FieldIssue, type ParameterValues } from '../../parameters/specification.ts';
import type { BackendChoice } from '../../training/backends/backend.ts';
import type { Imbalance } from '../../training/data/imbalance.ts';
import type { DatasetSpecification, FileSource, GeneratedSource } from '../../training/data/open.ts';
import type { PlanOptions } from '../../training/data/plan.ts';
import type {
  LossName,
  NetworkSpecification,
  OptimiserSpecification,
  ScheduleSpecification,
} from '../../training/networks/index.ts';
import { completeSpecification } from '../../training/networks/specification.ts';
import type { Measured } from '../../training/trainer/measured-epochs.ts';
import type { TrainingSpecification } from '../../training/trainer/specification.ts';
import { GENERATED } from './train-data-parameters.ts';

const number = (values: ParameterValues, key: string): number =>
  values[key] === 'inf' ? Infinity : Number(values[key]);
const optional = (values: ParameterValues, key: string): number | null =>
  values[key] === null ? null : number(values, key);

/** Validated lists parse. */
function list(values: ParameterValues, key: string): readonly number[] {
  const parsed = parseNumbers(String(values[key]));
  return 'value' in parsed ? parsed.value : [];
}

const isGenerated = (source: string): source is GeneratedSource => (GENERATED as readonly string[]).includes(source);

export function trainingOf(values: ParameterValues, seed: number): TrainingSpecification {
  const text = (key: string): string => String(values[key]);
  const peeled = text('decayOn') === 'peeled';
  return {
    data: dataOf(values, seed),
    imbalance: imbalanceOf(values),
    plan: planOf(values),
    network: networkOf(values),
    denseEpochs: values['factors'] === 'dense' ? number(values, 'switch') : 0,
    loss: text('loss') as LossName,
    optimiser: optimiserOf(values, peeled),
    peeledDecay: peeled
      ? {
          classifier: number(values, 'lw'),
          feature: number(values, 'lh'),
          normalisation: text('normalisation') as Normalisation,
        }
      : null,
    rate: number(values, 'rate'),
    schedule: {
      kind: text('schedule') as ScheduleSpecification['kind'],
      warmUp: number(values, 'warmUp') / number(values, 'epochs'),
    },
    batch: number(values, 'batch'),
    epochs: number(values, 'epochs'),
    backend: text('backend') as BackendChoice,
    measured: text('measured') as Measured,
    covariance: values['covariance'] === true,
    seed,
  };
}

function dataOf(values: ParameterValues, seed: number): DatasetSpecification {
  const source = String(values['source']);
  if (isGenerated(source))
    return {
      source,
      classes: number(values, 'classes'),
      samplesPerClass: number(values, 'samplesPerClass'),
      dimension: number(values, 'dimension'),
      separation: number(values, 'separation'),
      seed,
    };
  return {
    source: source as FileSource,
    path: String(values['path']),
    testShare: number(values, 'testShare'),
    side: optional(values, 'side'),
    colour: values['colour'] === 'grey' ? 'grey' : 'rgb',
    seed,
  };
}

function imbalanceOf(values: ParameterValues): Imbalance {
  const ratio = number(values, 'ratio');
  switch (String(values['imbalance'])) {
    case 'step':
      // Balanced, with a majority that is named all the same: measured by group, so that a sweep begins at R = 1.
      return ratio === 1 && list(values, 'majority').length === 0
        ? { kind: 'none' }
        : { kind: 'step', majority: list(values, 'majority'), ratio };
    case 'long-tail':
      return { kind: 'long-tail', order: [], ratio };
    case 'explicit':
      return { kind: 'explicit', counts: list(values, 'counts') };
    default:
      return { kind: 'none' };
  }
}

function planOf(values: ParameterValues): Omit<PlanOptions, 'imbalance' | 'seed'> {
  const weighting = values['lossWeighting'];
  return {
    perClass: optional(values, 'perClass'),
    oversampling: number(values, 'oversampling'),
    balancedSampling: values['balancedSampling'] === true,
    lossWeighting:
      weighting === 'minority' ? number(values, 'minorityWeight') : weighting === 'inverse' ? 'inverse' : 'none',
    adjustment: number(values, 'adjustment'),
  };
}

function networkOf(values: ParameterValues): Partial<NetworkSpecification> {
  const { network, depth, width, widthFactor, batchNorm, initial, rank, factors } = values;
  const { featureDimension, featureRelu, headDepth, headRank, classifier, bias } = values;
  return {
    architecture: network,
    ...{ depth, width, widthFactor, batchNorm, initial, rank },
    // A matrix that was trained dense is decomposed as it stands.
    factors: factors === 'dense' ? 'spectral' : factors,
    ...{ featureDimension, featureRelu, headDepth, headRank, classifier, bias },
  } as Partial<NetworkSpecification>;
}

function optimiserOf(values: ParameterValues, peeled: boolean): OptimiserSpecification {
  const decay = {
    weightDecay: peeled ? 0 : number(values, 'weightDecay'),
    decayed: values['decayOn'] === 'weights' ? ('weights' as const) : ('all' as const),
  };
  return values['optimiser'] === 'adam'
    ? { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...decay }
    : { kind: 'sgd', momentum: number(values, 'momentum'), nesterov: false, ...decay };
}

/** @throws InvalidInput naming every parameter that does not go with the others */
export function checkTraining(values: ParameterValues): void {
  const issues: FieldIssue[] = [];
  const demand = (holds: boolean, field: string, message: string): void => {
    if (!holds) issues.push({ field, value: values[field], message });
  };
  const source = String(values['source']);
  const path = String(values['path']);
  const generated = isGenerated(source);
  demand(generated || path !== '', 'path', `name the file or folder of the ${source} data`);
  demand(generated || path === '' || existsSync(path), 'path', 'no such file or folder');

  const [kind, ratio] = [values['imbalance'], number(values, 'ratio')];
  const majority = list(values, 'majority');
  const two = kind === 'step' && ratio > 1;
  demand(!two || majority.length > 0, 'majority', 'name the majority classes, such as 0,1,2,3,4');
  demand(majority.every(Number.isInteger), 'majority', 'labels are whole numbers');
  if (generated)
    demand(
      majority.every((k) => k < number(values, 'classes')),
      'majority',
      `labels go up to ${number(values, 'classes') - 1}`,
    );
  demand(kind !== 'long-tail' || ratio < Infinity, 'ratio', 'must be finite for a long tail');
  demand(
    kind !== 'explicit' || list(values, 'counts').length > 0,
    'counts',
    'list one count per class, such as 500,500,50',
  );
  demand(list(values, 'counts').every(Number.isInteger), 'counts', 'counts are whole numbers');

  const oversampled = number(values, 'oversampling') > 1;
  demand(
    !oversampled || two || kind === 'explicit',
    'oversampling',
    'needs a majority and a minority: a step with R above 1',
  );
  demand(!oversampled || ratio < Infinity, 'oversampling', 'at R = inf there is no minority sample to repeat');
  demand(
    !oversampled || values['balancedSampling'] !== true,
    'oversampling',
    'balanced sampling decides already how often classes are drawn',
  );
  demand(
    values['lossWeighting'] !== 'minority' || two || kind === 'explicit',
    'lossWeighting',
    'needs a majority and a minority: a step with R above 1',
  );
  demand(
    number(values, 'warmUp') < number(values, 'epochs'),
    'warmUp',
    `must be shorter than the ${number(values, 'epochs')} epochs`,
  );
  demand(
    values['factors'] !== 'dense' || number(values, 'switch') < number(values, 'epochs'),
    'switch',
    `must be before the last of the ${number(values, 'epochs')} epochs`,
  );
  const vectors = source === 'gaussian' || source === 'random-labels';
  demand(
    !vectors || values['network'] === 'mlp',
    'network',
    `needs images; ${source} generates vectors, which an mlp takes`,
  );
  const normalised =
    values['batchNorm'] === true || ['vgg-11', 'vgg-13', 'resnet-18'].includes(String(values['network']));
  demand(!normalised || number(values, 'batch') > 1, 'batch', 'batch norm needs two samples or more in a batch');
  try {
    completeSpecification(networkOf(values), generated ? number(values, 'classes') : 2);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    issues.push(...error.issues);
  }
  if (issues.length > 0) throw new InvalidInput(issues);
}
