/**
 * The training set after imbalance, and the order of every epoch. All draws come from the seed: the same seed keeps the same
 * samples at every ratio (smaller sets are prefixes of larger ones), and an epoch's order depends on seed and number alone,
 * so that a resumed run goes on exactly as it would have.
 */
import { randomSource } from '../../numerics/random.ts';
import type { Split, TrainingPlan } from '../types.ts';
import { keptCounts, type Imbalance } from './imbalance.ts';
import { refusal } from './refusal.ts';
import { byClass, shuffle } from './split.ts';

export interface PlanOptions {
  readonly imbalance: Imbalance;
  /** Most samples any class keeps; null: all. */
  readonly perClass: number | null;
  /** w_r: how often a minority sample occurs in an epoch, on average; 1: once. Needs two groups. */
  readonly oversampling: number;
  /** Every class equally often in an epoch, whatever its size. */
  readonly balancedSampling: boolean;
  /** Class weights of the loss: none, in inverse proportion to n_k, or w_r on the minority. */
  readonly lossWeighting: 'none' | 'inverse' | number;
  /** τ of logit adjustment: τ log(n_k/N) is added to the logits in the loss; 0: none. */
  readonly adjustment: number;
  readonly seed: number;
}

/** @throws InvalidInput naming the option at fault */
export function planTraining(split: Split, K: number, options: PlanOptions): TrainingPlan {
  const members = byClass(split.labels, K);
  const counts = keptCounts(
    members.map((list) => list.length),
    options.imbalance,
    options.perClass,
  );
  const total = counts.reduce((a, b) => a + b, 0);
  const random = randomSource(options.seed);
  const kept = members.map((list, k) => shuffle(list, random).slice(0, counts[k]));
  const majority = majorityOf(counts, options.imbalance);
  const minority = counts.map((_, k) => majority.length > 0 && !majority.includes(k));
  if (options.oversampling !== 1 && majority.length === 0)
    throw refusal(
      'oversampling',
      options.oversampling,
      'needs a majority and a minority; the classes do not fall into two groups',
    );
  return {
    samples: Int32Array.from(kept.flat()),
    counts,
    drawn: options.balancedSampling
      ? counts.map((n) => (n === 0 ? 0 : total / kept.filter((list) => list.length > 0).length))
      : counts.map((n, k) => n * (minority[k] ? options.oversampling : 1)),
    majority,
    lossWeights: lossWeights(counts, minority, options.lossWeighting),
    logitAdjustment: options.adjustment === 0 ? null : priors(counts, options.adjustment),
    epoch: (number) => {
      const source = randomSource(mixed(options.seed, number));
      if (options.balancedSampling) return balancedEpoch(kept, total, source);
      const order = kept.flatMap((list, k) => (minority[k] ? repeated(list, options.oversampling, source) : list));
      return shuffle(Int32Array.from(order), source);
    },
  };
}

/** Of a step those that it names, at R = 1 too; else the classes of the larger count where there are exactly two distinct ones. */
function majorityOf(counts: readonly number[], imbalance: Imbalance): number[] {
  if (imbalance.kind === 'step' && imbalance.majority.length < counts.length)
    return [...imbalance.majority].sort((a, b) => a - b);
  const distinct = [...new Set(counts)].sort((a, b) => b - a);
  return distinct.length === 2 ? [...counts.keys()].filter((k) => counts[k] === distinct[0]) : [];
}

/** Each ⌊w⌋ times, and once more with probability w − ⌊w⌋. */
function repeated(list: readonly number[], w: number, source: ReturnType<typeof randomSource>): number[] {
  const whole = Math.floor(w);
  return list.flatMap((i) => new Array<number>(whole + (source.uniform() < w - whole ? 1 : 0)).fill(i));
}

function balancedEpoch(
  kept: readonly (readonly number[])[],
  total: number,
  source: ReturnType<typeof randomSource>,
): Int32Array {
  const present = kept.filter((list) => list.length > 0);
  return Int32Array.from({ length: total }, () => {
    const list = present[Math.floor(source.uniform() * present.length)]!;
    return list[Math.floor(source.uniform() * list.length)]!;
  });
}

/** Scaled to mean 1 over the samples, so that the step size keeps its meaning. */
function lossWeights(
  counts: readonly number[],
  minority: readonly boolean[],
  weighting: PlanOptions['lossWeighting'],
): Float32Array | null {
  if (weighting === 'none' || weighting === 1) return null;
  const raw = counts.map((n, k) => (n === 0 ? 0 : weighting === 'inverse' ? 1 / n : minority[k] ? weighting : 1));
  const total = counts.reduce((a, b) => a + b, 0);
  const mean = counts.reduce((sum, n, k) => sum + n * raw[k]!, 0) / total;
  return Float32Array.from(raw, (weight) => weight / mean);
}

/** A class without samples has no prior: it is left as it is. */
function priors(counts: readonly number[], strength: number): Float32Array {
  const total = counts.reduce((a, b) => a + b, 0);
  return Float32Array.from(counts, (n) => (n === 0 ? 0 : strength * Math.log(n / total)));
}

/** A seed of its own for every epoch. */
function mixed(seed: number, epoch: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(epoch + 1, 0xc2b2ae35)) | 0;
}
