/**
 * Minimises a two-group softmax-type objective over the nuclear-norm ball, with chosen coordinates held at exactly zero
 * (a pattern): central path with the barrier of {α ≥ 0, β ≥ 0, √(x² + y²) ≤ ρ − m_A α − m_B β}. Which pattern is right
 * is decided by the certificate, in solve-softmax-type.ts.
 */
import { centralPath, type SmoothFunction } from '../../numerics/path-following.ts';
import { twoGroupJet, type TwoTerms } from './two-group-objective.ts';

/** Aim for (ν/t)/f: a thousandth of what counts as certified. */
const TOLERANCE = 1e-12;

/** Which coordinates may leave zero; x and y go together. */
export interface Free {
  readonly alpha: boolean;
  readonly beta: boolean;
  readonly between: boolean;
}

/** z = (α, β, x, y) with ‖Z‖_* = ρ. At least one coordinate must be free. */
export function minimiseTwoGroups(
  terms: TwoTerms,
  radius: number,
  free: Free,
): { readonly z: Float64Array; readonly iterations: number } {
  const contrasts = [...(free.alpha ? [0] : []), ...(free.beta ? [1] : [])];
  const indices = free.between ? [...contrasts, 2, 3] : contrasts;
  const multiplicity = [terms.A.multiplicity, terms.B.multiplicity];
  const n = indices.length;
  const only = indices[0]!;
  if (n === 1)
    return {
      z: Float64Array.from({ length: 4 }, (_, i) => (i === only ? radius / multiplicity[i]! : 0)),
      iterations: 0,
    };
  const full = (y: Float64Array): Float64Array => {
    const z = new Float64Array(4);
    indices.forEach((index, i) => (z[index] = y[i]!));
    return z;
  };
  const nuclearNorm = (z: Float64Array): number =>
    multiplicity[0]! * z[0]! + multiplicity[1]! * z[1]! + Math.hypot(z[2]!, z[3]!);
  const objective: SmoothFunction = {
    value: (y) => twoGroupJet(terms, full(y)).value,
    derivatives: (y) => {
      const jet = twoGroupJet(terms, full(y));
      return {
        gradient: Float64Array.from(indices, (i) => jet.gradient[i]!),
        hessian: Float64Array.from({ length: n * n }, (_, e) => {
          return jet.hessian[4 * indices[Math.floor(e / n)]! + indices[e % n]!]!;
        }),
      };
    },
  };
  const weights = Float64Array.from(indices, (i) => (i < 2 ? multiplicity[i]! : 0));
  const start = balancedStart(terms, radius, indices);
  const barrier = budgetBarrier(weights, contrasts.length, radius);
  const degree = contrasts.length + 2;
  const { point, steps } = centralPath({ objective, barrier, degree, start, tolerance: TOLERANCE });
  const z = full(point);
  const scale = radius / nuclearNorm(z);
  return { z: z.map((value) => value * scale), iterations: steps };
}

/** Half the balanced optimum s(I − J/K): inside every face. */
function balancedStart({ A, B }: TwoTerms, radius: number, indices: readonly number[]): Float64Array {
  const [KA, KB] = [A.multiplicity + 1, B.multiplicity + 1];
  const K = KA + KB;
  const s = radius / (K - 1) / 2;
  const balanced = [s, s, s * Math.sqrt(KB / K), s * Math.sqrt(KA / K)];
  return Float64Array.from(indices, (i) => balanced[i]!);
}

/** −Σ log yᵢ over the contrasts − log(r² − x² − y²), r = ρ − weightsᵀy; without x and y, r² alone. */
function budgetBarrier(weights: Float64Array, contrasts: number, radius: number): SmoothFunction {
  const n = weights.length;
  const slack = (y: Float64Array): { r: number; q: number } => {
    const r = y.reduce((left, value, i) => left - weights[i]! * value, radius);
    const tau = n > contrasts ? Math.hypot(y[contrasts]!, y[contrasts + 1]!) : 0;
    // As a product: near the boundary the difference of squares would lose its digits.
    return { r, q: r > tau ? (r - tau) * (r + tau) : 0 };
  };
  return {
    value(y) {
      const { q } = slack(y);
      if (!(q > 0)) return Infinity;
      let sum = -Math.log(q);
      for (let i = 0; i < contrasts; i++) {
        if (!(y[i]! > 0)) return Infinity;
        sum -= Math.log(y[i]!);
      }
      return sum;
    },
    derivatives(y) {
      const { r, q } = slack(y);
      // ∂q/∂yᵢ; q is quadratic with Hessian 2 w wᵀ − 2 I on (x, y).
      const dq = Float64Array.from(weights, (w, i) => (i < contrasts ? -2 * r * w : -2 * y[i]!));
      const gradient = dq.map((value, i) => -value / q - (i < contrasts ? 1 / y[i]! : 0));
      const hessian = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const ddq = 2 * weights[i]! * weights[j]! - (i === j && i >= contrasts ? 2 : 0);
          const own = i === j && i < contrasts ? 1 / y[i]! ** 2 : 0;
          hessian[i * n + j] = (dq[i]! * dq[j]!) / q / q - ddq / q + own;
        }
      return { gradient, hessian };
    },
  };
}
