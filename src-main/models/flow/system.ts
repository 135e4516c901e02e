/**
 * The gradient flow as an autonomous system y = (x, τ) in the rescaled time ds = L dt, and the same with the clock
 * τ = log(1 + t) as the independent variable:
 *
 *     dx/ds = −∇ log L(x)      dτ/ds = e^{−log L − τ}
 *
 * Neither underflows at any t. Here are the steppers for it; integrate.ts chooses the steps.
 */
import { dormandPrince, type Derivative, type RungeKuttaStep } from '../../numerics/dormand-prince.ts';
import { rosenbrock, type Jacobian } from '../../numerics/rosenbrock.ts';
import { flowLoss } from './loss.ts';
import type { FlowProblem } from './problem.ts';

type Step = (y: Float64Array, slope: Float64Array, h: number) => RungeKuttaStep;

export type FlowMethod = 'dormand-prince' | 'rosenbrock';

export interface FlowSystem {
  readonly method: FlowMethod;
  /** dy/ds. */
  readonly slope: Derivative;
  /** A step of length Δs. */
  readonly step: Step;
  /** A step of length Δτ; its slope is dy/dτ. */
  readonly stepInTau: Step;
  /** Order of the local error that a step estimates. */
  readonly errorOrder: number;
  /** Derivatives computed so far. */
  evaluations(): number;
}

/**
 * On a line (p = 1) more than two classes cannot all be separated: the loss keeps above a positive bound, gradient and loss
 * part ways, and the flow is stiff in s. Everywhere else an explicit pair does.
 */
export function methodFor(problem: FlowProblem): FlowMethod {
  return problem.dimension === 1 && problem.classes > 2 ? 'rosenbrock' : 'dormand-prince';
}

/** @param size length of x; y is one longer. */
export function flowSystem(problem: FlowProblem, size: number): FlowSystem {
  const loss = flowLoss(problem);
  const n = size + 1;
  let count = 0;
  const slope: Derivative = (y, dy) => {
    count++;
    const logLoss = loss.evaluate(y.subarray(0, size), dy.subarray(0, size));
    for (let i = 0; i < size; i++) dy[i] = -dy[i]!;
    dy[size] = Math.exp(-logLoss - y[size]!);
  };
  const inTau: Derivative = (y, dy) => {
    slope(y, dy);
    const rate = dy[size]!;
    for (let i = 0; i < n; i++) dy[i] = dy[i]! / rate;
  };
  const method = methodFor(problem);
  if (method === 'dormand-prince') {
    const [step, stepInTau] = [dormandPrince(n, slope), dormandPrince(n, inTau)];
    return { method, slope, step, stepInTau, errorOrder: 5, evaluations: () => count };
  }
  const here = new Float64Array(n);
  const unit = new Float64Array(size);
  const column = new Float64Array(size);
  // −∇² log L = ggᵀ − ∇²L/L with g = ∇ log L; the clock's row is −τ' (g, 1).
  const jacobian: Jacobian = (y, J) => {
    slope(y, here);
    const x = y.subarray(0, size);
    J.fill(0);
    for (let j = 0; j < size; j++) {
      unit[j] = 1;
      loss.hessianTimes(x, unit, column);
      unit[j] = 0;
      for (let i = 0; i < size; i++) J[i * n + j] = here[i]! * here[j]! - column[i]!;
      J[size * n + j] = here[size]! * here[j]!;
    }
    J[size * n + size] = -here[size]!;
  };
  // Quotient rule for f_i/τ'.
  const jacobianInTau: Jacobian = (y, J) => {
    jacobian(y, J);
    const rate = here[size]!;
    const clock = J.slice(size * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) J[i * n + j] = (J[i * n + j]! - (here[i]! / rate) * clock[j]!) / rate;
  };
  return {
    method,
    slope,
    step: rosenbrock(n, slope, jacobian),
    stepInTau: rosenbrock(n, inTau, jacobianInTau),
    errorOrder: 4,
    evaluations: () => count,
  };
}
