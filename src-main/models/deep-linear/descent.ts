/**
 * Full-batch gradient descent on the factors of a deep linear network, plain or with Nesterov's momentum: the experiment beside the
 * closed form. One step at a time; it reports a divergence and never repairs one.
 *
 * The step is 1/L. Automatic: L is raised until f(x⁺) ≤ f(y) − ‖∇f(y)‖²/(2L) holds (the descent lemma) and lowered slowly after
 * successes; momentum starts anew whenever it points uphill (O'Donoghue and Candès 2015). Fixed: L = 1/rate, nothing checked.
 */
import type { Differentiable } from '../../numerics/lbfgs.ts';
import type { RandomSource } from '../../numerics/random.ts';
import { dot, norm } from '../../numerics/vector.ts';
import type { FactorProblem } from './factors.ts';

export interface DescentOptions {
  readonly momentum: boolean;
  /** Learning rate; null: by backtracking. */
  readonly rate: number | null;
  /** Ends as `converged` at ‖∇f‖₂ ≤ this. */
  readonly gradientTolerance: number;
}

export type DescentStatus = 'running' | 'converged' | 'diverged';

export interface Descent {
  /** One step; does nothing once the status is not `running`. */
  step(): DescentStatus;
  readonly status: DescentStatus;
  readonly x: Float64Array;
  /** f(x). */
  readonly value: number;
  /** ‖∇f‖₂ at the point of the last gradient. */
  readonly gradientNorm: number;
  readonly steps: number;
  /** The step length in use. */
  readonly rate: number;
}

/** f beyond so many times its start (or not finite) counts as divergence. */
const DIVERGED = 1e4;

export function createDescent(f: Differentiable, start: Float64Array, options: DescentOptions): Descent {
  const n = start.length;
  const gradient = new Float64Array(n);
  const unused = new Float64Array(n);
  let x: Float64Array = Float64Array.from(start);
  let y: Float64Array = x;
  let value = f(x, gradient);
  let valueY = value;
  const first = Math.abs(value);
  let lipschitz = options.rate === null ? Math.max(norm(gradient), 1e-8) : 1 / options.rate;
  let momentum = 1;
  let status: DescentStatus = 'running';
  let steps = 0;

  const step = (): DescentStatus => {
    if (status !== 'running') return status;
    const square = dot(gradient, gradient);
    if (Math.sqrt(square) <= options.gradientTolerance) return (status = 'converged');
    let next = moved(y, gradient, -1 / lipschitz);
    let nextValue = f(next, unused);
    if (options.rate === null) {
      const rounding = 1e-15 * Math.abs(valueY);
      while (!(nextValue <= valueY - square / (2 * lipschitz) + rounding) && lipschitz < 1e15) {
        lipschitz *= 2;
        next = moved(y, gradient, -1 / lipschitz);
        nextValue = f(next, unused);
      }
      lipschitz *= 0.95;
    }
    steps++;
    if (!(Math.abs(nextValue) <= DIVERGED * Math.max(1, first))) {
      [x, value] = [next, nextValue];
      return (status = 'diverged');
    }
    const weight = options.momentum ? nextWeight(next) : 0;
    y = weight === 0 ? next : Float64Array.from(next, (entry, i) => entry + weight * (entry - x[i]!));
    x = next;
    value = nextValue;
    valueY = f(y, gradient);
    return status;
  };

  /** (t − 1)/t⁺ of Nesterov's sequence; 0, and t from 1 again, where the last step went uphill. */
  const nextWeight = (next: Float64Array): number => {
    let uphill = 0;
    for (let i = 0; i < n; i++) uphill += gradient[i]! * (next[i]! - x[i]!);
    if (uphill > 0) {
      momentum = 1;
      return 0;
    }
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const weight = (momentum - 1) / following;
    momentum = following;
    return weight;
  };

  return {
    step,
    get status() {
      return status;
    },
    get x() {
      return x;
    },
    get value() {
      return value;
    },
    get gradientNorm() {
      return norm(gradient);
    },
    get steps() {
      return steps;
    },
    get rate() {
      return 1 / lipschitz;
    },
  };
}

function moved(x: Float64Array, direction: Float64Array, scale: number): Float64Array {
  return x.map((entry, i) => entry + scale * direction[i]!);
}

/**
 * A random start: every sample's feature and every weight normal; weights of variance scale²/d_j (so that a layer keeps lengths at
 * scale 1), features of variance scale². The bias starts at zero.
 *
 * Class means of n normal features are drawn directly, scaled by √n_k. Deviations of the N − K remaining degrees of freedom enter
 * by their d_1×d_1 second moment only, whose triangular factor has independent entries (Bartlett's decomposition), so that no
 * sample has to be drawn.
 */
export function randomFactors(
  target: FactorProblem,
  scale: number,
  degrees: number,
  random: RandomSource,
): Float64Array {
  const x = new Float64Array(target.length);
  const { weights, features } = target.views(x);
  weights.forEach((w, j) => {
    const size = scale / Math.sqrt(target.sizes[j]!);
    for (let i = 0; i < w.length; i++) w[i] = size * random.normal();
  });
  const [K, d] = [target.problem.counts.length, target.sizes[0]!];
  for (let i = 0; i < K * d; i++) features[i] = scale * random.normal();
  for (let row = 0; row < target.rows - K; row++) {
    const at = (K + row) * d;
    features[at + row] = scale * chi(degrees - row, random);
    for (let j = row + 1; j < d; j++) features[at + j] = scale * random.normal();
  }
  return x;
}

function chi(degrees: number, random: RandomSource): number {
  let sum = 0;
  for (let i = 0; i < degrees; i++) sum += random.normal() ** 2;
  return Math.sqrt(sum);
}
