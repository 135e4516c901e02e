/**
 * Ridge cross-entropy of a factored point x = (A, B, a, u), with gradient and Hessian products; no step is taken here.
 *
 * Y between groups is A Bᵀ (A, B G×r), the contrasts of Y are a_g²/(2(K_g − 1)), the bias of a class is u_g/√K_g. Then
 * l‖Y‖_* ≤ (l/2)(‖A‖² + ‖B‖² + ‖a‖²), with equality for balanced factors (docs/ridge.md), and
 *     Φ(x) = (f(Z, b) + (l/2)(‖A‖² + ‖B‖² + ‖a‖²)) / l
 * is smooth; the division makes gradient and curvature near the optimum of order one at every decay. The loss and its
 * derivatives come from the Layer-Peeled solver (F = log f): ∇f = f ∇F, ∇²f = f (∇²F + ∇F ∇Fᵀ).
 */
import { differentiateGradient, evaluateLoss } from '../../lpm/general/loss.ts';
import { ownLogitPreconditioner } from '../../lpm/general/preconditioner.ts';
import type { ReducedProblem } from '../../lpm/general/reduced-problem.ts';
import { multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { dot } from '../../numerics/vector.ts';
import type { ReducedRidge } from './types.ts';

export interface RidgeFactors {
  readonly rank: number;
  /** A, B (G×rank each), a (G), and u (G) where the problem has a bias. */
  readonly x: Float64Array;
}

export interface FactoredValue {
  /** Φ. */
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: (v: Float64Array) => Float64Array;
  /**
   * The stiff part of the Hessian inverted, (I + Σ h_g t_g t_gᵀ)⁻¹, t_g the gradient of class g's own logit in (A, B). A bias
   * moves own logits, too: with it this costs more steps than it saves, and nothing is done.
   */
  readonly precondition: (r: Float64Array) => Float64Array;
  /** −(∂f/∂M_Y)/l, G×G: its singular values are at most 1 at the optimum. */
  readonly pull: Float64Array;
}

export function evaluateFactored(problem: ReducedRidge, { rank: r, x }: RidgeFactors): FactoredValue {
  const { count: G, sizes, lengths, decay, bias } = problem;
  // The loss reads sizes and shares alone.
  const lossProblem: ReducedProblem = { count: G, sizes, shares: problem.shares, radius: 0 };
  const size = G * r;
  const A = x.subarray(0, size);
  const B = overLengths(x.subarray(size, 2 * size), lengths, r);
  const a = x.subarray(2 * size, 2 * size + G);
  const rootSizes = sizes.map(Math.sqrt);
  const addBias = (M: Float64Array, u: Float64Array): void => {
    if (bias)
      for (let h = 0; h < G; h++) for (let g = 0; g < G; g++) M[h * G + g] = M[h * G + g]! + u[h]! * rootSizes[g]!;
  };
  const between = multiplyTransposed(A, B, G, r, G);
  addBias(between, x.subarray(2 * size + G));
  const contrasts = a.map((value, g) => (sizes[g]! > 1 ? (value * value) / (2 * (sizes[g]! - 1) * lengths[g]!) : 0));
  const loss = evaluateLoss(lossProblem, contrasts, between);
  const factor = Math.exp(loss.logLoss) / decay;
  const slope = loss.gradient.map((value) => value * factor);
  const within = loss.within.map((value) => value * factor);

  const gradient = Float64Array.from(x);
  pull(slope, A, B, gradient);
  for (let g = 0; g < G; g++) gradient[2 * size + g] = a[g]! * (1 - within[g]! / lengths[g]!);

  /** Adds S B to the A part, (Sᵀ A)/r_g to the B part and S √K to the u part. */
  function pull(S: Float64Array, left: Float64Array, right: Float64Array, out: Float64Array): void {
    const onA = multiplyTransposed(S, transpose(right, G, r), G, G, r);
    const onB = overLengths(multiplyTransposed(transpose(S, G, G), transpose(left, G, r), G, G, r), lengths, r);
    for (let i = 0; i < size; i++) {
      out[i] = out[i]! + onA[i]!;
      out[size + i] = out[size + i]! + onB[i]!;
    }
    if (bias)
      for (let h = 0; h < G; h++) {
        let sum = 0;
        for (let g = 0; g < G; g++) sum += S[h * G + g]! * rootSizes[g]!;
        out[2 * size + G + h] = sum;
      }
  }

  const hessian = (v: Float64Array): Float64Array => {
    const dA = v.subarray(0, size);
    const dB = overLengths(v.subarray(size, 2 * size), lengths, r);
    const da = v.subarray(2 * size, 2 * size + G);
    const dM = multiplyTransposed(dA, B, G, r, G);
    multiplyTransposed(A, dB, G, r, G).forEach((value, i) => (dM[i] = dM[i]! + value));
    addBias(dM, v.subarray(2 * size + G));
    const ds = da.map((value, g) => (sizes[g]! > 1 ? (a[g]! * value) / ((sizes[g]! - 1) * lengths[g]!) : 0));
    const dS = new Float64Array(G * G);
    const dWithin = differentiateGradient(lossProblem, loss, ds, dM, dS);
    let rise = dot(loss.gradient, dM);
    for (let g = 0; g < G; g++) rise -= (sizes[g]! - 1) * loss.within[g]! * ds[g]!;
    for (let i = 0; i < dS.length; i++) dS[i] = factor * (dS[i]! + loss.gradient[i]! * rise);
    const out = Float64Array.from(v);
    pull(dS, A, B, out);
    // The u part of the next call would overwrite this one's; the slope itself does not act on u twice.
    const onBias = out.slice(2 * size + G);
    pull(slope, dA, dB, out);
    out.set(onBias, 2 * size + G);
    for (let g = 0; g < G; g++) {
      const change = factor * (dWithin[g]! + loss.within[g]! * rise);
      out[2 * size + g] = da[g]! * (1 - within[g]! / lengths[g]!) - (a[g]! * change) / lengths[g]!;
    }
    return out;
  };

  // Own logits are rows of A and B over r_g; with ∇F and f/c_g on the scale of Φ the Layer-Peeled preconditioner is ours.
  const precondition = bias
    ? (v: Float64Array): Float64Array => v
    : ownLogitPreconditioner(
        lossProblem,
        { ...loss, gradient: slope, ratio: loss.ratio.map((value) => value / factor) },
        { rank: r, x: overLengths(x.subarray(0, 2 * size), Float64Array.of(...lengths, ...lengths), r) },
        1,
      );
  const energy = dot(x, x) - (bias ? dot(x.subarray(2 * size + G), x.subarray(2 * size + G)) : 0);
  const pullY = slope.map((value, i) => -value / lengths[i % G]!);
  return { value: factor + energy / 2, gradient, hessian, precondition, pull: pullY };
}

/** Rows of a G×r matrix divided by r_g. */
function overLengths(rows: Float64Array, lengths: Float64Array, r: number): Float64Array {
  return rows.map((value, i) => value / lengths[Math.floor(i / r)]!);
}
