/**
 * The independent side of the deep linear claims: minimisation over the factors W_1 … W_M, H_1, b from random starts, which knows
 * no formula of the optimum; and what is measured at its end. Squared loss unless the problem says otherwise.
 */
import { factorProblem, type FactorProblem } from '../../models/deep-linear/factors.ts';
import type { DeepLinearProblem } from '../../models/deep-linear/types.ts';
import { minimiseLbfgs } from '../../numerics/lbfgs.ts';
import { multiply, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import { norm } from '../../numerics/vector.ts';

export const SOURCE = 'Dang, Tran, Osher, Tran-The, Ho, Nguyen 2023 (arXiv 2301.00437)';

/** All decays of the settings whose values were computed twice beforehand. */
export const DECAY = 5e-4;

export function setting(
  counts: readonly number[],
  depth: number,
  rest: Partial<DeepLinearProblem> = {},
): DeepLinearProblem {
  return {
    counts,
    loss: 'mse',
    bias: false,
    decays: new Array<number>(depth).fill(DECAY),
    featureDecay: DECAY,
    widths: null,
    ...rest,
  };
}

export interface Minimum {
  readonly target: FactorProblem;
  readonly x: Float64Array;
  readonly objective: number;
}

/** What a claim awaits between pieces of work of some tens of milliseconds. */
export type Breathe = () => Promise<void>;

/** Ends of L-BFGS from normal starts of variance 1/width, one per seed. */
export async function minimaFrom(
  problem: DeepLinearProblem,
  seeds: readonly number[],
  breathe: Breathe,
): Promise<Minimum[]> {
  const K = problem.counts.length;
  const target = factorProblem(problem, problem.widths ?? problem.decays.map(() => K + 1));
  const found: Minimum[] = [];
  for (const seed of seeds) {
    await breathe();
    const { normal } = randomSource(seed);
    const size = 1.5 / Math.sqrt(Math.min(...target.sizes));
    const start = Float64Array.from({ length: target.length }, () => size * normal());
    const { x, value } = minimiseLbfgs(target.evaluate, start, { gradientTolerance: 1e-11, maxIterations: 5000 });
    found.push({ target, x, objective: value });
  }
  return found;
}

export function lowest(minima: readonly Minimum[]): Minimum {
  return minima.reduce((best, each) => (each.objective < best.objective ? each : best));
}

/** W_M … W_j for j = 1 … M, each K×d_j. */
export function products({ target, x }: Minimum): Float64Array[] {
  const { sizes, problem } = target;
  const { weights } = target.views(x);
  const K = problem.counts.length;
  const found = [weights.at(-1)!];
  for (let j = weights.length - 2; j >= 0; j--)
    found.unshift(multiply(found[0]!, weights[j]!, K, sizes[j + 1]!, sizes[j]!));
  return found;
}

/** Class means of H_j for j = 1 … M, each K×d_j. */
export function means({ target, x }: Minimum): Float64Array[] {
  const { problem, sizes } = target;
  return target
    .layers(x)
    .slice(0, -1)
    .map((rows, j) => rows.map((value, at) => value / Math.sqrt(problem.counts[Math.floor(at / sizes[j]!)]!)));
}

/** ‖w_k‖² of the rows of W_M … W_1. */
export function squaredLengths(minimum: Minimum): number[] {
  const whole = products(minimum)[0]!;
  const d = minimum.target.sizes[0]!;
  return minimum.target.problem.counts.map((_, k) => norm(whole.subarray(k * d, (k + 1) * d)) ** 2);
}

/** ‖G/‖G‖_F − P/‖P‖_F‖_F between the Gram matrix G of K rows and a prediction P. */
export function gramDistance(rows: Float64Array, K: number, predicted: (j: number, k: number) => number): number {
  const d = rows.length / K;
  const gram = multiplyTransposed(rows, rows, K, d, K);
  const frame = Float64Array.from({ length: K * K }, (_, at) => predicted(Math.floor(at / K), at % K));
  const [a, b] = [norm(gram), norm(frame)];
  return norm(gram.map((value, at) => value / a - frame[at]! / b));
}

/** |a/b − 1|. */
export function relative(a: number, b: number): number {
  return Math.abs(a / b - 1);
}
