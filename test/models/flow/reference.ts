/**
 * Independent truth for the flow's tests: loss and gradient by their definitions in plain loops, and the flow by the classical
 * Runge-Kutta method with tiny fixed steps in t itself. Shares no code with the model; useless for t beyond a few tens.
 */
import type { FlowProblem } from '../../../src-main/models/flow/problem.ts';

interface Rows {
  readonly W: number[][];
  readonly H: number[][];
}

export function rowsOf({ classes, dimension }: FlowProblem, x: ArrayLike<number>): Rows {
  const rows = Array.from({ length: x.length / dimension }, (_, r) =>
    Array.from({ length: dimension }, (__, l) => x[r * dimension + l]!),
  );
  return { W: rows.slice(0, classes), H: rows.slice(classes) };
}

const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** Σ CE(W h_i, k(i)) and −∇L, by the softmax formula. */
export function plainLoss(problem: FlowProblem, x: ArrayLike<number>): { loss: number; descent: number[] } {
  const { W, H } = rowsOf(problem, x);
  const p = problem.dimension;
  const descent = new Array<number>(x.length).fill(0);
  let loss = 0;
  H.forEach((h, i) => {
    const own = Math.floor(i / problem.perClass);
    const z = W.map((w) => inner(w, h));
    const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
    loss += Math.log(total) - z[own]!;
    W.forEach((w, j) => {
      const g = Math.exp(z[j]!) / total - (j === own ? 1 : 0);
      for (let l = 0; l < p; l++) {
        descent[j * p + l]! -= g * h[l]!;
        descent[(W.length + i) * p + l]! -= g * w[l]!;
      }
    });
  });
  return { loss, descent };
}

/** x(t) by `steps` equal steps of the classical method of order 4. */
export function plainFlow(problem: FlowProblem, start: ArrayLike<number>, t: number, steps: number): number[] {
  const h = t / steps;
  const f = (x: number[]): number[] => plainLoss(problem, x).descent;
  const plus = (x: number[], a: number, d: number[]): number[] => x.map((v, i) => v + a * d[i]!);
  let x = Array.from(start);
  for (let s = 0; s < steps; s++) {
    const k1 = f(x);
    const k2 = f(plus(x, h / 2, k1));
    const k3 = f(plus(x, h / 2, k2));
    const k4 = f(plus(x, h, k3));
    x = x.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  return x;
}
