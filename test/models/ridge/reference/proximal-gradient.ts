/**
 * Independent truth for the ridge solvers: objective, dual value and an accelerated proximal gradient method on full K×K
 * matrices, by their definitions. Shares no code with models/ridge and is too slow for anything else.
 */
import type { RidgeProblem } from '../../../../src-main/models/ridge/types.ts';
import { product, singularValues, transpose } from '../../../lpm/full-matrix.ts';
import { countsOf, jacobi, type Matrix } from '../../frames/full-frames.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** n_k, c_k, d_k = √D_k and l of a problem, per class. */
export function constants(problem: RidgeProblem) {
  const n = countsOf(problem.groups);
  const N = sum(n);
  const d = n.map((count) => (problem.normalisation === 'sample' ? Math.sqrt(count) : 1));
  return { n, c: n.map((count) => count / N), d, l: Math.sqrt(problem.classifierDecay * problem.featureDecay) };
}

/** Mean loss at logits Z + b1ᵀ, and its gradient in Z. */
export function lossAndGradient(problem: RidgeProblem, Z: Matrix, b: readonly number[]) {
  const { c } = constants(problem);
  let loss = 0;
  const gradient = Z.map((row) => row.map(() => 0));
  c.forEach((share, k) => {
    const z = Z.map((row, j) => row[k]! + b[j]!);
    if (problem.loss === 'squared') {
      z.forEach((value, j) => {
        const residual = value - (j === k ? 1 : 0);
        loss += (share * residual * residual) / 2;
        gradient[j]![k] = share * residual;
      });
      return;
    }
    const top = Math.max(...z);
    const total = sum(z.map((value) => Math.exp(value - top)));
    loss += share * (Math.log(total) + top - z[k]!);
    z.forEach((value, j) => (gradient[j]![k] = share * (Math.exp(value - top) / total - (j === k ? 1 : 0))));
  });
  return { loss, gradient };
}

export const scaleColumns = (A: Matrix, factors: readonly number[]): Matrix =>
  A.map((row) => row.map((value, k) => value * factors[k]!));

export function objectiveOf(problem: RidgeProblem, Z: Matrix, b: readonly number[]): number {
  const { d, l } = constants(problem);
  return lossAndGradient(problem, Z, b).loss + l * sum(singularValues(scaleColumns(Z, d)));
}

/**
 * A lower bound on the optimum from any logits: the dual objective −Σ c_k ℓ*(v_k/c_k) at the gradient V made feasible.
 * With a bias V 1 = 0 is met by spreading each row’s excess over the columns, if probabilities allow; else NaN.
 */
export function dualValue(problem: RidgeProblem, Z: Matrix, b: readonly number[]): number {
  const { c, d, l } = constants(problem);
  let V = lossAndGradient(problem, Z, b).gradient;
  const K = V.length;
  if (problem.bias) V = V.map((row) => row.map((value, k) => value - sum(row) * c[k]!));
  const norm = singularValues(
    scaleColumns(
      V,
      d.map((value) => 1 / value),
    ),
  )[0]!;
  const theta = Math.min(1, l / norm);
  let dual = 0;
  for (let k = 0; k < K; k++)
    for (let j = 0; j < K; j++) {
      const u = (theta * V[j]![k]!) / c[k]!;
      if (problem.loss === 'squared') dual -= c[k]! * ((u * u) / 2 + (j === k ? u : 0));
      else {
        const p = u + (j === k ? 1 : 0);
        if (p < -1e-15) return NaN;
        dual -= p > 0 ? c[k]! * p * Math.log(p) : 0;
      }
    }
  return dual;
}

/** Singular values of Y lowered by t. */
function shrink(Y: Matrix, t: number): Matrix {
  const { values, vectors } = jacobi(product(transpose(Y), Y));
  const factor = values.map((value) => {
    const sigma = Math.sqrt(Math.max(0, value));
    return sigma > t ? (sigma - t) / sigma : 0;
  });
  const scaled = scaleColumns(vectors, factor);
  return product(Y, product(scaled, transpose(vectors)));
}

/** FISTA with restarts on (Y, b); every step is 1/L with L a bound on the curvature. */
export function proximalGradient(problem: RidgeProblem, iterations: number) {
  const { c, d, l } = constants(problem);
  const K = c.length;
  const top = problem.loss === 'squared' ? 1 : 0.5;
  const curvature = top * Math.max(...c.map((share, k) => share / d[k]! ** 2));
  // The bias enters every column: its own step, half of what the joint curvature allows.
  const [stepY, stepB] = problem.bias ? [0.5 / curvature, 0.5 / top] : [1 / curvature, 0];
  const inverse = d.map((value) => 1 / value);
  let Y: Matrix = Array.from({ length: K }, () => new Array<number>(K).fill(0));
  let b = new Array<number>(K).fill(0);
  let [aheadY, aheadB, momentum] = [Y, b, 1];
  for (let i = 0; i < iterations; i++) {
    const { gradient } = lossAndGradient(problem, scaleColumns(aheadY, inverse), aheadB);
    const G = scaleColumns(gradient, inverse);
    const nextY = shrink(
      aheadY.map((row, j) => row.map((value, k) => value - stepY * G[j]![k]!)),
      stepY * l,
    );
    const nextB = aheadB.map((value, j) => value - stepB * sum(gradient[j]!));
    // Momentum that points uphill is dropped.
    const uphill = nextY.map((row, j) => row.map((value, k) => (aheadY[j]![k]! - value) * (value - Y[j]![k]!)));
    const restart = sum(uphill.flat()) > 0;
    const following = restart ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = restart ? 0 : (momentum - 1) / following;
    aheadY = nextY.map((row, j) => row.map((value, k) => value + push * (value - Y[j]![k]!)));
    aheadB = nextB.map((value, j) => value + push * (value - b[j]!));
    [Y, b, momentum] = [nextY, nextB, following];
  }
  const Z = scaleColumns(Y, inverse);
  return { Z, b, Y, objective: objectiveOf(problem, Z, b) };
}
