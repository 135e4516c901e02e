/**
 * L-BFGS for F = log f on the sphere ½‖x‖² = ρ of factored points, as an unconstrained minimisation of the scale-invariant
 * function x ↦ F(R x/‖x‖), R² = 2ρ. Far from a solution a gradient costs less than half of the Newton step's Hessian
 * product. It certifies nothing and never changes the rank.
 */
import { createLbfgs } from '../../numerics/lbfgs.ts';
import { dot, norm } from '../../numerics/vector.ts';
import type { SolveStatus } from '../types.ts';
import { evaluateFactors, type FactoredState, type Factors } from './factors.ts';
import { ownLogitPreconditioner } from './preconditioner.ts';
import type { ReducedProblem } from './reduced-problem.ts';

export interface DescentOptions {
  /** Residual at which to stop: ‖Riemannian gradient of F‖ R. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** False stops with `cancelled`. */
  readonly onIteration: (iteration: number, residual: number) => boolean;
}

export interface Descent {
  readonly point: Factors;
  readonly logLoss: number;
  readonly residual: number;
  readonly status: SolveStatus;
  readonly iterations: number;
}

/** Pairs kept: more of them cost as much as a gradient and save no iterations. */
const MEMORY = 8;
/** A trial step that makes ‖x‖ this many times longer turns the point by 60°; farther ones are refused. */
const FARTHEST = 2;

/** Descends from a point on the sphere. */
export function quasiNewton(problem: ReducedProblem, start: Factors, options: DescentOptions): Descent {
  const { rank } = start;
  const R = Math.sqrt(2 * problem.radius);
  const onSphere = (x: Float64Array, size: number): Factors => ({ rank, x: x.map((value) => (value * R) / size) });
  let base = norm(start.x);
  let latest: { readonly point: Factors; readonly state: FactoredState } | null = null;
  const lbfgs = createLbfgs(
    (x, gradient) => {
      const size = norm(x);
      if (!(size < FARTHEST * base)) return Infinity;
      const point = onSphere(x, size);
      const state = evaluateFactors(problem, point);
      const along = dot(point.x, state.gradient) / (R * R);
      for (let i = 0; i < x.length; i++) gradient[i] = ((state.gradient[i]! - along * point.x[i]!) * R) / size;
      latest = { point, state };
      return state.loss.logLoss;
    },
    start.x,
    {
      gradientTolerance: 0,
      memory: MEMORY,
      maxIterations: options.maxIterations,
      preconditioner: () => {
        const { point, state } = latest!;
        // λ at a stationary point, where the gradient is −λx; positive everywhere.
        return ownLogitPreconditioner(problem, state.loss, point, norm(state.gradient) / R);
      },
    },
  );
  const residual = (): number => lbfgs.gradientNorm * norm(lbfgs.x);
  let status: SolveStatus = 'solved';
  while (residual() > options.tolerance) {
    if (!options.onIteration(lbfgs.iterations, residual())) status = 'cancelled';
    else if (lbfgs.step() !== 'running') status = lbfgs.status === 'max-iterations' ? 'max-iterations' : 'stalled';
    if (status !== 'solved') break;
    base = norm(lbfgs.x);
  }
  const point = onSphere(lbfgs.x, norm(lbfgs.x));
  return { point, logLoss: lbfgs.value, residual: residual(), status, iterations: lbfgs.iterations };
}
