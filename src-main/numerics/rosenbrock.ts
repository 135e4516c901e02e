/**
 * One step of a linearly implicit Runge-Kutta pair of orders 4 and 3 for a stiff autonomous system y' = f(y): RODAS of Hairer
 * and Wanner (1996, IV.7), six stages, L-stable, one LU factorisation a step. It takes the step it is told to. Dense:
 * meant for up to a few hundred unknowns.
 */
import type { Derivative, RungeKuttaStep } from './dormand-prince.ts';
import { luFactors, luSolve } from './linear-solve.ts';

/** Writes ∂f_i/∂y_j at y into J, n×n row-major. */
export type Jacobian = (y: Float64Array, J: Float64Array) => void;

const GAMMA = 0.25;
const LAST = [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895];
const A: readonly (readonly number[])[] = [
  [],
  [1.544],
  [0.9466785280815826, 0.2557011698983284],
  [3.314825187068521, 2.896124015972201, 0.9986419139977817],
  LAST,
  [...LAST, 1],
];
const C: readonly (readonly number[])[] = [
  [],
  [-5.6688],
  [-2.430093356833875, -0.2063599157091915],
  [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
  [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
  [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
];

/**
 * A stepper of dimension n; each call overwrites the arrays of the last one. A step whose linear system is singular comes
 * back with an infinite error.
 * @returns step(y, f(y), h)
 */
export function rosenbrock(
  n: number,
  f: Derivative,
  jacobian: Jacobian,
): (y: Float64Array, slope: Float64Array, h: number) => RungeKuttaStep {
  const J = new Float64Array(n * n);
  const end = new Float64Array(n);
  const value = new Float64Array(n);
  return (y, slope, h) => {
    jacobian(y, J);
    for (let i = 0; i < n * n; i++) J[i] = -J[i]!;
    for (let i = 0; i < n; i++) J[i * n + i] = J[i * n + i]! + 1 / (GAMMA * h);
    const lu = luFactors(J, n);
    if (lu === null) return { end, slope: value, error: new Float64Array(n).fill(Infinity) };
    const stages: Float64Array[] = [];
    for (let s = 0; s < 6; s++) {
      end.set(y);
      combine(end, A[s]!, stages, 1);
      if (s === 0) value.set(slope);
      else f(end, value);
      combine(value, C[s]!, stages, 1 / h);
      stages.push(luSolve(lu, value));
    }
    const error = stages[5]!;
    for (let i = 0; i < n; i++) end[i] = end[i]! + error[i]!;
    f(end, value);
    return { end, slope: value, error };
  };
}

function combine(to: Float64Array, weights: readonly number[], stages: readonly Float64Array[], factor: number): void {
  weights.forEach((weight, r) => {
    const stage = stages[r]!;
    for (let i = 0; i < to.length; i++) to[i] = to[i]! + factor * weight * stage[i]!;
  });
}
