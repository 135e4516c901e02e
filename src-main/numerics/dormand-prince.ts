/**
 * One step of the explicit Runge-Kutta pair of orders 5 and 4 of Dormand and Prince (1980) for an autonomous system
 * y' = f(y): seven stages, the last of which is the first of the next step. It takes the step it is told to; choosing and
 * refusing steps is the caller's matter. Not for stiff systems.
 */

/** Writes f(y) into dy. */
export type Derivative = (y: Float64Array, dy: Float64Array) => void;

const A: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Weights of order 5 less those of order 4. */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

export interface RungeKuttaStep {
  /** y at the end of the step, order 5, length n. */
  readonly end: Float64Array;
  /** f(end). */
  readonly slope: Float64Array;
  /** Difference of the two orders: an estimate of the error of the order-4 result, hence a cautious one. */
  readonly error: Float64Array;
}

/**
 * A stepper of dimension n with its own work space: each call overwrites the arrays of the last one.
 * @returns step(y, f(y), h)
 */
export function dormandPrince(
  n: number,
  f: Derivative,
): (y: Float64Array, slope: Float64Array, h: number) => RungeKuttaStep {
  const stages = Array.from({ length: 7 }, () => new Float64Array(n));
  const end = new Float64Array(n);
  const error = new Float64Array(n);
  return (y, slope, h) => {
    stages[0]!.set(slope);
    for (let s = 1; s < 7; s++) {
      const row = A[s - 1]!;
      end.set(y);
      for (let r = 0; r < s; r++) {
        const weight = h * row[r]!;
        if (weight === 0) continue;
        const stage = stages[r]!;
        for (let i = 0; i < n; i++) end[i] = end[i]! + weight * stage[i]!;
      }
      f(end, stages[s]!);
    }
    error.fill(0);
    for (let s = 0; s < 7; s++) {
      const weight = h * E[s]!;
      const stage = stages[s]!;
      for (let i = 0; i < n; i++) error[i] = error[i]! + weight * stage[i]!;
    }
    return { end, slope: stages[6]!, error };
  };
}
