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
  /** Fewer show no collapse. Steps are those of the five largest classes. */
  readonly least: { readonly epochs: number; readonly steps: number };
}

/** Ten classes, as most of the papers have; the majority are the first K_A. */
const K = 10;
const majority = (KA: number): string => Array.from({ length: KA }, (_, k) => k).join(',');

/**
 * Decays under which networks collapse within minutes: those of the Layer-Peeled Model's Lagrangian, on the last layer and on
 * features that end in no ReLU. At R = 100 its optimum at them spends E_W E_H = 5.8, about the budgets of the paper's own curve
 * (docs/training.md has the run on MNIST).
 */
const PEELED: FormValues = {
  featureDimension: '64',
  bias: false,
  decayOn: 'peeled',
  normalisation: 'class',
  lw: '0.02',
  lh: '0.005',
  rate: '0.1',
  schedule: 'cosine',
};
const LONG = { epochs: 60, steps: 2500 };

export const recipes: readonly Recipe[] = [
  {
    id: 'collapse',
    title: 'Watch a CNN collapse at R = 10, as it is and oversampled: w_r ∈ {1, 10}',
    help: 'A small convolutional network ends where the Layer-Peeled Model predicts; oversampled, at the simplex ETF.',
    values: { ...PEELED, network: 'cnn', ratio: '10', majority: majority(5), oversampling: '1,10' },
    least: { epochs: 30, steps: 1000 },
  },
  {
    id: 'imbalance',
    title: 'Imbalance sweep: R ∈ {1, 10, 100, ∞} × K_A ∈ {3, 5, 7}',
    help: 'Minority collapse: the minority’s classifiers close up as R grows (Fang, He, Long, Su 2021).',
    values: { ...PEELED, ratio: '1,10,100,inf', majority: [3, 5, 7].map(majority).join('; ') },
    least: LONG,
  },
  {
    id: 'oversampling',
    title: 'Oversampling at R = 100: w_r ∈ {1, 10, 100}',
    help: 'Oversampling the minority opens its classifiers again (Fang, He, Long, Su 2021).',
    values: { ...PEELED, ratio: '100', majority: majority(5), oversampling: '1,10,100' },
    least: LONG,
  },
  {
    id: 'tails',
    title: 'Deep linear tails: M ∈ {1, 2, 3}',
    help: 'Linear layers before the classifier, squared loss without a bias: collapse runs through all of them (Dang et al. 2023). M counts the classifier too.',
    values: {
      ...PEELED,
      normalisation: 'sample',
      lw: '0.0005',
      lh: '0.0005',
      ratio: '10',
      majority: majority(5),
      headDepth: '1,2,3',
      loss: 'mse',
    },
    least: { epochs: 60, steps: 5000 },
  },
  {
    id: 'low-rank',
    title: 'Low-rank heads: r ∈ {2, 5, 9, full}',
    help: 'A head of rank r < K − 1 cannot hold the simplex ETF. With decay on its two factors it does not want to: from r = K/2 = 5 on the network ends in antipodal pairs, which cost less; one matrix of full rank ends in the ETF (docs/deep-linear.md).',
    values: { ...PEELED, headRank: '2,5,9,' },
    least: LONG,
  },
];

/** What the estimate rests on. */
export interface Speed {
  /** GFLOP/s of the products of a dense layer: the geometric mean of its three. */
  readonly gigaflops: number;
  /** GFLOP/s of a convolution with its gradients. */
  readonly convolution: number;
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
      : [
          {
            backend: name,
            gigaflops: Math.cbrt(speed.product * speed.productTransposedA * speed.productTransposedB),
            convolution: speed.convolutionStep,
          },
        ],
  );
  return measured.reduce(
    (best, one) => (one.gigaflops > best.gigaflops ? one : best),
    measured[0] ?? { gigaflops: ASSUMED, convolution: ASSUMED, backend: null },
  );
}

const NETWORK = { network: 'mlp', depth: '2', width: '256', batch: '128' };
/** Inputs of the network: generated clusters, and about the images of MNIST. */
const GENERATED_DIMENSION = 32;
const IMAGE_SIDE = 28;
const FILE_DIMENSION = IMAGE_SIDE ** 2;
/** Samples per class to choose from, and the epochs that are enough: the papers’ own. */
const SAMPLES = [5000, 2000, 1000, 500, 200, 100] as const;
const MOST_EPOCHS = 350;

/**
 * What a step, a measurement and a start take beside matrix products, as trainings of these networks did on two cores
 * (docs/training.md): the estimate was within a third of each. Graphics cards were not tried.
 */
const STEP_MS: Readonly<Record<BackendInfo['name'], number>> = { cpu: 2.2, wasm: 1.5, native: 5, webgpu: 5 };
/** Of a weight in a step: its gradient is added up, decayed and applied. */
const WEIGHT_NS = 7;
/** Of a sample each time that collapse is measured, and how often that is, evenly in the logarithm of the epoch. */
const MEASURED_US = 40;
const MEASUREMENTS = 12;
const START_SECONDS = 1.5;
/** Products of a batch of 128 against the square ones of which the speed was measured. */
const EFFICIENCY = 0.9;
/** The small CNN's own layers against the convolution of which the speed was measured: 98 and 61 to 85 ms a step on two cores. */
const CNN_EFFICIENCY: Readonly<Record<BackendInfo['name'], number>> = {
  cpu: 0.9,
  wasm: 0.82,
  native: 0.5,
  webgpu: 0.5,
};

export interface Size {
  readonly samplesPerClass: number;
  readonly epochs: number;
  readonly runs: number;
  /** Seconds for all runs, one after the other; an estimate. */
  readonly seconds: number;
}

/** The form for a recipe at a size. Data of files are kept; their classes are limited to the size. */
export function recipeValues(
  recipe: Recipe,
  { samplesPerClass, epochs }: Omit<Size, 'runs' | 'seconds'>,
  file: FormValues | null,
): FormValues {
  const n = String(samplesPerClass);
  const generated =
    recipe.values['network'] === 'cnn'
      ? { source: 'gratings', dimension: String(IMAGE_SIDE) }
      : { source: 'gaussian', dimension: String(GENERATED_DIMENSION) };
  return {
    imbalance: 'step',
    ...(file === null ? { ...generated, classes: String(K), samplesPerClass: n } : { ...file, perClass: n }),
    ...NETWORK,
    ...recipe.values,
    epochs: String(epochs),
  };
}

/** Seconds for all runs of the recipe, roughly and on a machine that does nothing else, and their number. */
export function estimate(
  recipe: Recipe,
  parameters: readonly ParameterSpecification[],
  size: { readonly samplesPerClass: number; readonly epochs: number },
  speed: Speed,
  fromFile: boolean,
): { readonly runs: number; readonly seconds: number } {
  const runs = expandGrid(parameters, recipeValues(recipe, size, fromFile ? {} : null));
  const seconds = runs.reduce((total, { parameters: values }) => {
    const samples = samplesOf(values, size.samplesPerClass);
    const step = stepSeconds(values, fromFile ? FILE_DIMENSION : GENERATED_DIMENSION, speed);
    const steps = size.epochs * Math.ceil(samples / Number(NETWORK.batch));
    return total + START_SECONDS + steps * step + MEASUREMENTS * samples * MEASURED_US * 1e-6;
  }, 0);
  return { runs: runs.length, seconds };
}

/** The small CNN on images of 28×28: multiplications and additions of a sample, forward. */
const CNN_FLOPS = 2 * 9 * (28 ** 2 * 32 + 14 ** 2 * 32 * 64) + 2 * 7 ** 2 * 64 * 128;

/** Seconds of a step: products, what each weight costs, and the calls themselves. */
function stepSeconds(values: FormValues, inputs: number, { gigaflops, convolution, backend }: Speed): number {
  if (values['network'] === 'cnn')
    return (3 * Number(NETWORK.batch) * CNN_FLOPS) / (convolution * 1e9 * CNN_EFFICIENCY[backend ?? 'wasm']);
  const [width, depth, batch] = [Number(NETWORK.width), Number(NETWORK.depth), Number(NETWORK.batch)];
  const first = inputs * width;
  // Layers of a linear tail are as wide as the features.
  const others = (depth - 1 + Number(values['headDepth'] || 1) - 1) * width ** 2 + width * K;
  // A multiplication and an addition per weight: forward, for its gradient and for the input's, which the first layer needs not.
  const flops = 2 * batch * (2 * first + 3 * others);
  const products = flops / (gigaflops * 1e9 * EFFICIENCY);
  return products + (first + others) * WEIGHT_NS * 1e-9 + STEP_MS[backend ?? 'wasm'] / 1000;
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
  const least = (samples: number): number =>
    Math.max(recipe.least.epochs, Math.ceil((recipe.least.steps * Number(NETWORK.batch)) / (5 * samples) / 10) * 10);
  const fits = SAMPLES.find((samples) => at(samples, least(samples)).seconds <= seconds) ?? SAMPLES.at(-1)!;
  const [one, two] = [at(fits, 1).seconds, at(fits, 2).seconds];
  const epochs = Math.floor((1 + (seconds - one) / (two - one)) / 10) * 10;
  return at(fits, Math.max(least(fits), Math.min(MOST_EPOCHS, epochs)));
}

/** No more digits than an estimate has: 40 s, 12 min, 3.5 h. */
export function roughTime(seconds: number): string {
  if (seconds < 90) return `${Math.max(10, Math.round(seconds / 10) * 10)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}
