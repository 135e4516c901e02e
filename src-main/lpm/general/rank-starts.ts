/**
 * Starting points for the rank-constrained problem, seeded and in a fixed order; no descent.
 */

import { randomSource } from '../../numerics/random.ts';
import type { SolveOptions } from '../types.ts';
import type { SpectralPoint } from './expand.ts';
import type { Factors } from './factors.ts';
import type { Merging } from './reduced-problem.ts';
import { onSphere } from './start.ts';

const SEED = 20210211;
/** Random starts, at most and at least; between them as many as a fixed amount of work pays for. */
const MOST = 16;
const LEAST = 2;
const WORK = 5e5;

/**
 * A warm start with K one-class groups, the relaxation's best rank-p part, slightly perturbed off its symmetric saddle,
 * then random factors.
 */
export function* rankStarts(
  { reduced, target }: Merging,
  relaxed: SpectralPoint,
  p: number,
  warmStart: SolveOptions['warmStart'],
): Generator<Factors> {
  const { count: G, shares, sizes, radius } = reduced;
  const random = randomSource(SEED);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const q = sizes.map((size) => Math.sqrt(size / total));
  const finish = (x: Float64Array): Factors => {
    for (let g = 0; g < G; g++) {
      if (!(shares[g]! > 0)) x.fill(0, G * p + g * p, G * p + (g + 1) * p);
    }
    for (let i = 0; i < p; i++) {
      let along = 0;
      for (let g = 0; g < G; g++) along += x[g * p + i]! * q[g]!;
      for (let g = 0; g < G; g++) x[g * p + i] = x[g * p + i]! - along * q[g]!;
    }
    return onSphere({ rank: p, x }, radius);
  };
  const noise = (size: number): Float64Array => {
    const x = new Float64Array(2 * G * p + G);
    for (let i = 0; i < 2 * G * p; i++) x[i] = size * random.normal();
    return x;
  };
  if (warmStart?.sizes.length === target.length && warmStart.rank > 0 && warmStart.sizes.every((size) => size === 1))
    yield finish(leading({ ...warmStart, ...onUnits(warmStart, target, sizes) }, G, p, noise(1e-6)));
  const typical = Math.sqrt(radius / (G * p));
  yield finish(leading(relaxed, G, p, noise(0.02 * typical)));
  const count = Math.min(MOST, Math.max(LEAST, Math.floor(WORK / gradientCost(G, p))));
  for (let trial = 0; trial < count; trial++) {
    // W = Hᵀ + a little noise: own logits start positive.
    const x = noise(0.1);
    for (let i = 0; i < G * p; i++) {
      const shared = random.normal();
      x[i] = x[i]! + shared;
      x[G * p + i] = x[G * p + i]! + shared;
    }
    yield finish(x);
  }
}

/** Work of one gradient, in multiplications: the products of the factors and the exponentials. */
export function gradientCost(G: number, p: number): number {
  return G * G * (3 * p + 10);
}

type Triplets = Pick<SpectralPoint, 'rank' | 'left' | 'right' | 'singularValues'>;

/** x plus the balanced factors of the p leading triplets. */
function leading(source: Triplets, G: number, p: number, x: Float64Array): Float64Array {
  for (let g = 0; g < G; g++) {
    for (let i = 0; i < Math.min(p, source.rank); i++) {
      const root = Math.sqrt(source.singularValues[i]!);
      x[g * p + i] = x[g * p + i]! + root * source.left[g * source.rank + i]!;
      x[G * p + g * p + i] = x[G * p + g * p + i]! + root * source.right[g * source.rank + i]!;
    }
  }
  return x;
}

/** Singular vectors over classes as vectors over units. */
function onUnits({ rank, left, right }: Triplets, target: readonly number[], sizes: Float64Array) {
  const gather = (side: Float64Array): Float64Array => {
    const out = new Float64Array(sizes.length * rank);
    target.forEach((unit, k) => {
      const factor = 1 / Math.sqrt(sizes[unit]!);
      for (let i = 0; i < rank; i++) out[unit * rank + i] = out[unit * rank + i]! + factor * side[k * rank + i]!;
    });
    return out;
  };
  return { left: gather(left), right: gather(right) };
}
