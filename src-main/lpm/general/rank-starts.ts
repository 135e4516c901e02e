/**
 * Starting points for the rank-constrained problem, seeded and in a fixed order; no descent.
 */

import { randomSource } from '../../numerics/random.ts';
import type { SolveOptions } from '../types.ts';
import type { SpectralPoint } from './expand.ts';
import type { Factors } from './factors.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { onSphere } from './start.ts';

const SEED = 20210211;

/** The relaxation's best rank-p part, slightly perturbed off its symmetric saddle, then random factors. */
export function* rankStarts(
  reduced: ReducedProblem,
  relaxed: SpectralPoint,
  p: number,
  warmStart: SolveOptions['warmStart'],
): Generator<Factors> {
  const { count: K, shares, radius } = reduced;
  const random = randomSource(SEED);
  const finish = (x: Float64Array): Factors => {
    for (let k = 0; k < K; k++) {
      if (!(shares[k]! > 0)) x.fill(0, K * p + k * p, K * p + (k + 1) * p);
    }
    for (let i = 0; i < p; i++) {
      let mean = 0;
      for (let k = 0; k < K; k++) mean += x[k * p + i]! / K;
      for (let k = 0; k < K; k++) x[k * p + i] = x[k * p + i]! - mean;
    }
    return onSphere({ rank: p, x }, radius);
  };
  const noise = (size: number): Float64Array => {
    const x = new Float64Array(2 * K * p + K);
    for (let i = 0; i < 2 * K * p; i++) x[i] = size * random.normal();
    return x;
  };
  if (warmStart !== undefined && warmStart.sizes.length === K && warmStart.rank > 0)
    yield finish(truncated(warmStart, K, p, noise(1e-6)));
  const typical = Math.sqrt(radius / (K * p));
  yield finish(truncated(relaxed, K, p, noise(0.02 * typical)));
  const count = K <= 20 ? 12 : K <= 60 ? 5 : 2;
  for (let trial = 0; trial < count; trial++) {
    // W = Hᵀ + a little noise: own logits start positive.
    const x = noise(0.1);
    for (let i = 0; i < K * p; i++) {
      const shared = random.normal();
      x[i] = x[i]! + shared;
      x[K * p + i] = x[K * p + i]! + shared;
    }
    yield finish(x);
  }
}

/** x plus the balanced factors of the p leading triplets. */
function truncated(
  source: Pick<SpectralPoint, 'rank' | 'left' | 'right' | 'singularValues'>,
  K: number,
  p: number,
  x: Float64Array,
): Float64Array {
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < Math.min(p, source.rank); i++) {
      const root = Math.sqrt(source.singularValues[i]!);
      x[k * p + i] = x[k * p + i]! + root * source.left[k * source.rank + i]!;
      x[K * p + k * p + i] = x[K * p + k * p + i]! + root * source.right[k * source.rank + i]!;
    }
  }
  return x;
}
