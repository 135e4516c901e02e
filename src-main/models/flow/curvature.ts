/**
 * The smallest curvature of the loss in the tangent space of the sphere ‖x‖ = ρ: which directions a trajectory would leave
 * by. For a unit vector u ⟂ x,
 *
 *     d²/dθ² L(ρ (x̂ cos θ + u sin θ)) at θ = 0  =  ρ² (uᵀ∇²L u − ⟨x, ∇L⟩/ρ²)
 *
 * divided by L: a relative change of the loss per radian², defined however small L is (docs/flow.md). Negative at a
 * critical direction (∇L ∥ x): a strict saddle in the tangent space. Zero at best: rotations of R^p leave L as it is.
 */
import { lanczosSteps } from '../../numerics/lanczos.ts';
import { randomSource } from '../../numerics/random.ts';
import { addScaled, dot, norm } from '../../numerics/vector.ts';
import { flowLoss } from './loss.ts';
import type { FlowProblem, FlowState } from './problem.ts';

export interface TangentCurvature {
  /** ρ² λ_min / L, per radian². */
  readonly value: number;
  /** Distance within which an eigenvalue certainly lies, in the same unit. */
  readonly residual: number;
  /** Unit vector of the direction, length of x. */
  readonly direction: Float64Array;
  readonly iterations: number;
}

/** u ↦ ρ² (∇²L − (⟨x, ∇L⟩/ρ²) I) u / L at x, not yet projected. */
export function tangentOperator(problem: FlowProblem, x: FlowState): (u: Float64Array, out: Float64Array) => void {
  const loss = flowLoss(problem);
  const gradient = new Float64Array(x.length);
  loss.evaluate(x, gradient);
  const square = dot(x, x);
  const radial = dot(x, gradient);
  return (u, out) => {
    loss.hessianTimes(x, u, out);
    for (let i = 0; i < out.length; i++) out[i] = square * out[i]!;
    addScaled(out, -radial, u);
  };
}

export interface CurvatureOptions {
  /** Of the residual over the largest curvature; default 1e-10. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/** All steps at once. Null at x = 0, where there is no sphere. */
export function tangentCurvature(
  problem: FlowProblem,
  x: FlowState,
  options: CurvatureOptions = {},
): TangentCurvature | null {
  const steps = tangentCurvatureSteps(problem, x, options);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Yields after every product with the Hessian. */
export function* tangentCurvatureSteps(
  problem: FlowProblem,
  x: FlowState,
  options: CurvatureOptions = {},
): Generator<void, TangentCurvature | null> {
  const length = norm(x);
  if (!(length > 0)) return null;
  const random = randomSource(x.length);
  const found = yield* lanczosSteps(tangentOperator(problem, x), {
    // Uniform: a normal draw of the same seed would be the flow's own random start, which is projected away.
    start: x.map(() => random.uniform() - 0.5),
    orthogonalTo: [x.map((value) => value / length)],
    ...options,
  });
  if (found === null) return null;
  return { value: found.value, residual: found.residual, direction: found.vector, iterations: found.iterations };
}
