/** Imbalance and the order of epochs: counts by hand, properties of the draws. */
import { describe, expect, it } from 'vitest';
import { keptCounts, type Imbalance } from '../../../src-main/training/data/imbalance.ts';
import { normaliser } from '../../../src-main/training/data/normalise.ts';
import { planTraining, type PlanOptions } from '../../../src-main/training/data/plan.ts';
import type { Split } from '../../../src-main/training/types.ts';

const K = 10;
const split: Split = {
  inputs: Uint8Array.from({ length: 1000 * 4 }, (_, i) => (i * 37) % 256),
  labels: Int32Array.from({ length: 1000 }, (_, i) => i % K),
};
const plain: PlanOptions = {
  imbalance: { kind: 'none' },
  perClass: null,
  oversampling: 1,
  balancedSampling: false,
  lossWeighting: 'none',
  adjustment: 0,
  seed: 5,
};
const step = (ratio: number, majority = [1, 3, 5]): Imbalance => ({ kind: 'step', ratio, majority });
const tally = (indices: Int32Array): number[] => {
  const counts = new Array<number>(K).fill(0);
  for (const i of indices) counts[split.labels[i]!]!++;
  return counts;
};

describe('counts', () => {
  const available = new Array<number>(K).fill(5000);

  it.each([
    [1, 5000],
    [10, 500],
    [1000, 5],
    [7, 714],
    [Infinity, 0],
  ])('step with R = %s keeps ⌊5000/R⌋ = %d in minority classes', (ratio, minority) => {
    const counts = keptCounts(available, step(ratio), null);
    expect(counts).toEqual(available.map((_, k) => ([1, 3, 5].includes(k) ? 5000 : minority)));
  });

  it('a long tail falls geometrically in the order told', () => {
    const order = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    const counts = keptCounts(available, { kind: 'long-tail', ratio: 100, order }, null);
    expect([counts[9], counts[0]]).toEqual([5000, 50]);
    expect(counts[5]).toBe(Math.floor(5000 * 100 ** (-4 / 9)));
  });

  it('refuses by name', () => {
    expect(() => keptCounts(available, step(0.5), null)).toThrow(/ratio.*at least 1, got 0.5/);
    expect(() => keptCounts(available, step(2, [11]), null)).toThrow(/11 is no class/);
    expect(() => keptCounts(available, step(2, [1, 1]), null)).toThrow(/twice/);
    expect(() => keptCounts(available, step(2, []), null)).toThrow(/not none/);
    expect(() => keptCounts(available, { kind: 'explicit', counts: [1, 2] }, null)).toThrow(/2 counts.*10 classes/);
    expect(() => keptCounts([3, 3], { kind: 'explicit', counts: [4, 1] }, null)).toThrow(
      /class 0 has 3 samples, not 4/,
    );
    const none = { kind: 'explicit', counts: [0, 0] } as const;
    expect(() => keptCounts([3, 3], none, null)).toThrow('counts 0,0: leave no sample to train on');
    expect(() => keptCounts([3, 0, 3], step(2, [0, 1]), null)).toThrow('majority 0,1: class 1 has no samples');
    const tail = { kind: 'long-tail', ratio: 2, order: [0, 1] } as const;
    expect(() => keptCounts([3, 0], tail, null)).toThrow(/class 1 has no samples/);
    const ordered = { kind: 'long-tail', ratio: Infinity, order: [0, 1] } as const;
    expect(() => keptCounts([3, 3], ordered, null)).toThrow(/finite/);
  });
});

describe('plans', () => {
  it('keep the same samples at every ratio: smaller sets are part of larger ones', () => {
    const at = (ratio: number) => planTraining(split, K, { ...plain, imbalance: step(ratio) });
    const [small, large] = [at(20), at(4)];
    expect(small.counts).toEqual([5, 100, 5, 100, 5, 100, 5, 5, 5, 5]);
    const within = new Set(large.samples);
    expect([...small.samples].every((i) => within.has(i))).toBe(true);
    expect(small.majority).toEqual([1, 3, 5]);
  });

  it('an epoch is every sample once, in an order of its own, again the same when asked again', () => {
    const plan = planTraining(split, K, { ...plain, imbalance: step(10) });
    const [first, second] = [plan.epoch(0), plan.epoch(1)];
    expect([...first].sort((a, b) => a - b)).toEqual([...plan.samples].sort((a, b) => a - b));
    expect(first).not.toEqual(second);
    expect(plan.epoch(0)).toEqual(first);
    expect(planTraining(split, K, { ...plain, imbalance: step(10), seed: 6 }).epoch(0)).not.toEqual(first);
  });

  it('oversampling repeats minority samples w_r times, on average where w_r is no whole number', () => {
    const plan = (w: number) => planTraining(split, K, { ...plain, imbalance: step(10), oversampling: w });
    expect(tally(plan(10).epoch(0))).toEqual(new Array(K).fill(100));
    const counts = Array.from({ length: 40 }, (_, e) => tally(plan(2.5).epoch(e))[0]!);
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    // 40 epochs of 10 samples: deviation of the mean √(10·0.25/40) = 0.25.
    expect(Math.abs(mean - 25)).toBeLessThan(1);
    expect(plan(2.5).drawn).toEqual([25, 100, 25, 100, 25, 100, 25, 25, 25, 25]);
    expect(() => planTraining(split, K, { ...plain, oversampling: 2 })).toThrow(/oversampling.*two groups/);
  });

  it('balanced sampling draws every class equally often', () => {
    const plan = planTraining(split, K, { ...plain, imbalance: step(100), balancedSampling: true });
    const counts = Array.from({ length: 30 }, (_, e) => tally(plan.epoch(e)));
    const total = counts.reduce((sum, list) => sum.map((x, k) => x + list[k]!), new Array<number>(K).fill(0));
    const expected = total.reduce((a, b) => a + b, 0) / K;
    for (const count of total) expect(Math.abs(count / expected - 1)).toBeLessThan(0.15);
    expect(plan.drawn).toEqual(new Array(K).fill(expected / 30));
  });

  it('weights have mean 1 over the samples, and undo the imbalance', () => {
    const { counts, lossWeights } = planTraining(split, K, { ...plain, imbalance: step(10), lossWeighting: 'inverse' });
    const total = counts.reduce((a, b) => a + b, 0);
    expect(counts.reduce((sum, n, k) => sum + n * lossWeights![k]!, 0) / total).toBeCloseTo(1, 6);
    expect((lossWeights![0]! * counts[0]!) / (lossWeights![1]! * counts[1]!)).toBeCloseTo(1, 6);
    const explicit = planTraining(split, K, { ...plain, imbalance: step(10), lossWeighting: 4 });
    expect(explicit.lossWeights![0]! / explicit.lossWeights![1]!).toBeCloseTo(4, 5);
  });

  it('logit adjustment adds τ log(n_k/N)', () => {
    const { logitAdjustment } = planTraining(split, K, { ...plain, imbalance: step(10), adjustment: 2 });
    expect(logitAdjustment![1]).toBeCloseTo(2 * Math.log(100 / 370), 5);
  });
});

it('normalised inputs have mean 0 and deviation 1 by channel over the training set', () => {
  const shape = { height: 1, width: 2, channels: 2 };
  const plan = planTraining(split, K, { ...plain, imbalance: step(10) });
  const out = new Float32Array(plan.samples.length * 4);
  normaliser(split, shape, plan).fill(plan.samples, split, out);
  for (const channel of [0, 1]) {
    const values = [...out].filter((_, i) => i % 2 === channel);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean).toBeCloseTo(0, 5);
    expect(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length).toBeCloseTo(1, 5);
  }
});
