/**
 * Experiments of the papers as fillings of the form of the kind `train`, and the size at which a machine computes one in about a
 * given time. Data and estimates only: what is queued is what the form then shows, and the form can be changed first.
 */
import type { BackendInfo, ParameterSpecification } from '../api.ts';
import { expandGrid, type FormValues } from './grid.ts';

export interface Recipe {
  readonly id: string;
  readonly title: string;
  /** What it shows, and whose experiment it is. */
  readonly help: string;
  /** What is not as usual in the form. */
  readonly values: FormValues;
}

/** Ten classes, as most of the papers have; the majority are the first K_A. */
const K = 10;
const majority = (KA: number): string => Array.from({ length: KA }, (_, k) => k).join(',');

export const recipes: readonly Recipe[] = [
  {
    id: 'imbalance',
    title: 'Imbalance sweep: R ∈ {1, 10, 100, ∞} × K_A ∈ {3, 5, 7}',
    help: 'Minority collapse: the minority’s classifiers close up as R grows (Fang, He, Long, Su 2021).',
    values: { ratio: '1,10,100,inf', majority: [3, 5, 7].map(majority).join('; ') },
  },
  {
    id: 'oversampling',
    title: 'Oversampling at R = 100: w_r ∈ {1, 10, 100}',
    help: 'Oversampling the minority opens its classifiers again (Fang, He, Long, Su 2021).',
    values: { ratio: '100', majority: majority(5), oversampling: '1,10,100' },
  },
  {
    id: 'tails',
    title: 'Deep linear tails: M ∈ {1, 2, 4}',
    help: 'Linear layers before the classifier, squared loss without a bias: collapse runs through all of them (Dang et al. 2023). M counts the classifier too.',
    values: { ratio: '10', majority: majority(5), headDepth: '1,2,4', loss: 'mse', bias: false },
  },
  {
    id: 'low-rank',
    title: 'Low-rank heads: r ∈ {2, 5, 9, full}',
    help: 'A classifier of rank r < K − 1 cannot hold the simplex ETF; with r = K − 1 = 9 it can.',
    values: { headRank: '2,5,9,' },
  },
];

/** What the estimate rests on. */
export interface Speed {
  /** GFLOP/s of the products of a dense layer: the geometric mean of its three. */
  readonly gigaflops: number;
  /** The backend that `auto` takes; null where nothing was measured. */
  readonly backend: BackendInfo['name'] | null;
}

/** A slow laptop, until its speed is measured. */
const ASSUMED = 5;

/** Of the fastest backend that was measured. */
export function speedOf(backends: readonly BackendInfo[]): Speed {
  const measured = backends.flatMap(({ name, speed }): Speed[] =>
    speed === null
      ? []
      : [{ backend: name, gigaflops: Math.cbrt(speed.product * speed.productTransposedA * speed.productTransposedB) }],
  );
  return measured.reduce(
    (best, one) => (one.gigaflops > best.gigaflops ? one : best),
    measured[0] ?? { gigaflops: ASSUMED, backend: null },
  );
}

const NETWORK = { network: 'mlp', depth: '2', width: '256', batch: '128' };
/** Inputs of the network: generated clusters, and about the images of MNIST. */
const GENERATED_DIMENSION = 32;
const FILE_DIMENSION = 784;
/** Samples per class and epochs to choose from; fewer than the least show no collapse, the most are the papers’ own. */
const SAMPLES = [5000, 2000, 1000, 500, 200, 100] as const;
const EPOCHS = { least: 60, most: 350 };

/** Milliseconds that a step takes beside its products, seconds that a run takes to start, and what evaluation and metrics add. */
const STEP_OVERHEAD_MS = 3;
const START_SECONDS = 2;
const MEASURING = 1.35;
/** Products of a batch of 128 run at about half the speed of 512×512 ones. */
const EFFICIENCY = 0.5;

export interface Size {
  readonly samplesPerClass: number;
  readonly epochs: number;
  readonly runs: number;
  /** Seconds for all runs, one after the other. */
  readonly seconds: number;
}

/** The form for a recipe at a size. Data of files are kept; their classes are limited to the size. */
export function recipeValues(
  recipe: Recipe,
  { samplesPerClass, epochs }: Omit<Size, 'runs' | 'seconds'>,
  file: FormValues | null,
): FormValues {
  const n = String(samplesPerClass);
  return {
    imbalance: 'step',
    ...(file === null
      ? { source: 'gaussian', classes: String(K), dimension: String(GENERATED_DIMENSION), samplesPerClass: n }
      : { ...file, perClass: n }),
    ...NETWORK,
    ...recipe.values,
    epochs: String(epochs),
  };
}

/** Seconds for all runs of the recipe, and their number. */
export function estimate(
  recipe: Recipe,
  parameters: readonly ParameterSpecification[],
  size: { readonly samplesPerClass: number; readonly epochs: number },
  speed: Speed,
  fromFile: boolean,
): { readonly runs: number; readonly seconds: number } {
  const runs = expandGrid(parameters, recipeValues(recipe, size, fromFile ? {} : null));
  const inputs = fromFile ? FILE_DIMENSION : GENERATED_DIMENSION;
  const [width, depth, batch] = [Number(NETWORK.width), Number(NETWORK.depth), Number(NETWORK.batch)];
  // A multiplication and an addition per weight, forward and for both gradients.
  const flops = 3 * 2 * (inputs * width + (depth - 1) * width ** 2 + width * K);
  const step = (flops * batch) / (speed.gigaflops * 1e9 * EFFICIENCY) + STEP_OVERHEAD_MS / 1000;
  const seconds = runs.reduce((total, { parameters: values }) => {
    const steps = Math.ceil(samplesOf(values, size.samplesPerClass) / batch);
    return total + START_SECONDS + MEASURING * size.epochs * steps * step;
  }, 0);
  return { runs: runs.length, seconds };
}

/** Samples of one epoch. What a recipe leaves out is as usual. */
function samplesOf(values: FormValues, n: number): number {
  const text = String(values['majority'] ?? '');
  const ratio = values['ratio'] === 'inf' ? Infinity : Number(values['ratio'] || 1);
  const KA = ratio === 1 || text === '' ? K : text.split(',').length;
  return KA * n + (K - KA) * Math.round(n / ratio) * Number(values['oversampling'] || 1);
}

/** The largest data at which the least epochs fit into the time, then the epochs that do; at worst the least of both. */
export function sizeFor(
  recipe: Recipe,
  parameters: readonly ParameterSpecification[],
  speed: Speed,
  seconds: number,
  fromFile: boolean,
): Size {
  const at = (samplesPerClass: number, epochs: number): Size => {
    const size = { samplesPerClass, epochs };
    return { ...size, ...estimate(recipe, parameters, size, speed, fromFile) };
  };
  const fits = SAMPLES.find((samples) => at(samples, EPOCHS.least).seconds <= seconds) ?? SAMPLES.at(-1)!;
  const [none, one] = [at(fits, 0).seconds, at(fits, 1).seconds];
  const epochs = Math.floor((seconds - none) / (one - none) / 10) * 10;
  return at(fits, Math.min(EPOCHS.most, Math.max(EPOCHS.least, epochs)));
}
