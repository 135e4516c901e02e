/** Claim: behind a ReLU class means are orthogonal, and a class vanishes from n_k/N² ≤ λ_W λ_H K/(K−1) on. */
import { reluVanishingCount } from '../../models/ridge/thresholds.ts';
import type { Claim, Evidence } from '../claim.ts';
import { reluDescent, type ReluPoint } from './reference/relu-descent.ts';

const SETTINGS = [
  [8, 8, 2],
  [6, 6, 6, 2],
];
const DIMENSION = 8;
/** Some starts leave a class with no live feature: the best of them is taken. */
const SEEDS = [1, 2, 3, 4];
const STEPS = 3000;

/** @param stated the largest count that has vanished, from l, N and K. */
export async function measureReluVanishing(
  stated: (decay: number, total: number, classes: number) => number,
  breathe: () => Promise<void>,
): Promise<Evidence> {
  let error = 0;
  const numbers: Evidence['numbers'][number][] = [];
  for (const counts of SETTINGS) {
    const K = counts.length;
    const total = counts.reduce((a, b) => a + b, 0);
    const smallest = counts.at(-1)!;
    // stated is quadratic in l: where it meets the smallest count.
    const threshold = Math.sqrt(smallest / stated(1, total, K));
    const at = async (factor: number): Promise<ReluPoint> => {
      let best: ReluPoint | null = null;
      for (const seed of SEEDS) {
        const run = reluDescent({ counts, decay: factor * threshold, dimension: DIMENSION }, seed, STEPS);
        if (best === null || run.objective < best.objective) best = run;
        await breathe();
      }
      return best!;
    };
    const [far, near, beyond] = [await at(0.95), await at(0.975), await at(1.02)];
    const [a, b] = [squareOf(far, K - 1), squareOf(near, K - 1)];
    // The squared norm falls to zero along a line.
    const zero = (0.975 + (0.025 * b) / (a - b)) * threshold;
    const overlap = Math.max(...counts.flatMap((_, j) => counts.slice(0, j).map((_, k) => cosine(near, j, k))));
    error = Math.max(error, Math.abs(zero / threshold - 1), squareOf(beyond, K - 1), overlap);
    numbers.push(
      {
        label: `decay at which n = ${smallest} of ${counts.join(', ')} vanishes`,
        value: zero,
        expected: threshold,
        format: 'loss',
      },
      { label: `largest cosine of class means, K = ${K}`, value: overlap, expected: 0, format: 'cosine' },
    );
  }
  return {
    error,
    numbers,
    run: { kind: 'ridge-solve', parameters: { counts: '8x2,2', lw: 0.06, lh: 0.06 } },
    remark:
      'Descent is local: the best of four random starts is taken. The zero is extrapolated from decays 5 % and 2.5 % below it.',
  };
}

function row({ features }: ReluPoint, k: number): Float64Array {
  return features.subarray(k * DIMENSION, (k + 1) * DIMENSION);
}

function squareOf(point: ReluPoint, k: number): number {
  return row(point, k).reduce((sum, value) => sum + value * value, 0);
}

function cosine(point: ReluPoint, j: number, k: number): number {
  const [a, b] = [row(point, j), row(point, k)];
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / Math.sqrt(squareOf(point, j) * squareOf(point, k));
}

export const reluVanishing: Claim = {
  id: 'relu-vanishing',
  paper: 'neighbours',
  source: 'arXiv 2401.02058, cross-entropy with ReLU features',
  title: 'Behind a ReLU, small classes vanish',
  statement:
    'With non-negative features and decay, class means are orthogonal at any counts, and the feature of class k is zero if and only if n_k/N² ≤ λ_W λ_H K/(K−1): where without the ReLU small classes would collapse, they are gone, and a little earlier.',
  formula: 'h_k = 0 \\iff \\frac{n_k}{N^2}\\le\\lambda_W\\lambda_H\\,\\frac K{K-1}',
  tolerance: 5e-3,
  errorMeaning:
    'largest of: relative error of the threshold that descent finds, squared norm 2 % beyond it, cosine of two class means',
  test: (breathe) => measureReluVanishing(reluVanishingCount, breathe),
};
