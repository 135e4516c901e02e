/**
 * A proven lower bound for cross-entropy with decay on both factors, where the problem is not convex, from the certified
 * optima with decay on the product (models/ridge); derived in docs/low-rank.md.
 *
 *     min_Z f(Z) + (3/2) c Σ σ_i(Z D^{1/2})^{2/3},    c = (λ_W² λ_H)^{1/3},  f(Z) = Σ_k (n_k/N) CE(Z[:,k], k)
 *
 * A bound on the rank only raises the optimum. The bound is loose by the step Σ σ^{2/3} ≥ (Σ σ)^{2/3}, tight for rank one.
 */
import { solveRidge } from '../ridge/solve.ts';

/** φ(ν) ≥ value − slope·ν, where φ(ν) = min {f(Z): ‖Z D^{1/2}‖_* ≤ ν}. */
export interface SupportingLine {
  readonly value: number;
  readonly slope: number;
}

/** Slopes of the first lines under φ, how far down they reach, and how many more may be added where they tell most. */
const LINES = 8;
const DECADES = 4;
const REFINEMENTS = 12;

/** Yields between its solves. @param counts n_k ≥ 1, one per class. */
export function* factorDecayBound(
  counts: readonly number[],
  lambdaW: number,
  lambdaH: number,
): Generator<undefined, number> {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const c = Math.cbrt(lambdaW * lambdaW * lambdaH);
  // ‖∇f(0) D^{−1/2}‖_F: from this slope on Z = 0 is optimal, with the loss log K.
  const steepest = Math.sqrt((1 - 1 / K) / N);
  const lines: SupportingLine[] = [{ value: Math.log(K), slope: steepest }];
  for (let i = 1; i <= LINES; i++) {
    lines.push(supportingLine(counts, steepest * Math.pow(10, (-DECADES * i) / LINES)));
    yield;
  }
  let best = envelopeMinimum(lines, c);
  for (let i = 0; i < REFINEMENTS && best.refine !== null; i++) {
    lines.push(supportingLine(counts, best.refine));
    best = envelopeMinimum(lines, c);
    yield;
  }
  return best.bound;
}

/** The proven bound on min f(Z) + slope·‖Z D^{1/2}‖_*. */
function supportingLine(counts: readonly number[], slope: number): SupportingLine {
  const { lowerBound } = solveRidge({
    groups: counts.map((samples) => ({ samples, classes: 1 })),
    classifierDecay: slope,
    featureDecay: slope,
    loss: 'cross-entropy',
    bias: false,
    normalisation: 'sample',
  });
  return { value: lowerBound, slope };
}

export interface EnvelopeMinimum {
  readonly bound: number;
  /** A slope whose line may raise the bound; null where its neighbours are closer than a thousandth. */
  readonly refine: number | null;
}

/**
 * min over ν ≥ 0 of the lines' upper envelope (and 0) plus (3/2) c ν^{2/3}. Between two breakpoints of the envelope the sum is concave,
 * so a breakpoint attains it.
 */
export function envelopeMinimum(lines: readonly SupportingLine[], c: number): EnvelopeMinimum {
  const all = [...lines, { value: 0, slope: 0 }];
  const height = (nu: number): number => Math.max(...all.map(({ value, slope }) => value - slope * nu));
  let best: EnvelopeMinimum = { bound: height(0), refine: null };
  for (const [i, a] of all.entries())
    for (const b of all.slice(i + 1)) {
      const nu = (a.value - b.value) / (a.slope - b.slope);
      if (!(nu > 0 && Number.isFinite(nu))) continue;
      const line = a.value - a.slope * nu;
      if (line < height(nu) - 1e-12 * height(0)) continue;
      const bound = line + 1.5 * c * Math.cbrt(nu) ** 2;
      const [low, high] = [Math.min(a.slope, b.slope), Math.max(a.slope, b.slope)];
      const refine = high > low * (1 + 1e-3) ? (low > 0 ? Math.sqrt(low * high) : high / 4) : null;
      if (bound < best.bound) best = { bound, refine };
    }
  return best;
}
