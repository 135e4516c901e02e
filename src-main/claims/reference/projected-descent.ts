/**
 * Gradient descent with projection onto a closed set, for the slow checks: steps of Barzilai and Borwein with a nonmonotone
 * line search (Birgin, Martínez and Raydan 2000). It finds a stationary point and says nothing about others.
 */

export interface DescentProblem {
  /** Value and gradient. */
  readonly evaluate: (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array };
  /** The nearest point of the set, as a fresh array. */
  readonly project: (x: Float64Array) => Float64Array;
  readonly start: Float64Array;
  readonly steps: number;
  /** Residual at which it stops; default 1e-10. */
  readonly tolerance?: number | undefined;
}

export interface DescentPoint {
  readonly x: Float64Array;
  readonly value: number;
  /** Length of the projected gradient step of length 1: 0 at a stationary point. */
  readonly residual: number;
  readonly steps: number;
}

/** Values that the line search remembers. */
const MEMORY = 10;

/** Runs from `start` (projected first) and returns the best point met. */
export function projectedDescent({ evaluate, project, start, ...options }: DescentProblem): DescentPoint {
  let x = project(start);
  let { value, gradient } = evaluate(x);
  let best = { x, value };
  const recent = [value];
  let step = 1;
  let residual = Infinity;
  let steps = 0;
  for (; steps < options.steps; steps++) {
    const target = project(x.map((entry, i) => entry - step * gradient[i]!));
    const direction = difference(target, x);
    residual = Math.sqrt(inner(direction, direction)) / Math.min(1, step);
    if (residual <= (options.tolerance ?? 1e-10)) break;
    const slope = inner(gradient, direction);
    const ceiling = Math.max(...recent);
    let next = target;
    let there = evaluate(next);
    for (let length = 0.5; there.value > ceiling + 2e-4 * length * slope && length > 1e-12; length /= 2) {
      next = x.map((entry, i) => entry + length * direction[i]!);
      there = evaluate(next);
    }
    const moved = difference(next, x);
    const curvature = inner(moved, difference(there.gradient, gradient));
    step = Math.min(1e6, curvature > 0 ? Math.max(1e-6, inner(moved, moved) / curvature) : 2 * step);
    x = next;
    ({ value, gradient } = there);
    recent.push(value);
    if (recent.length > MEMORY) recent.shift();
    if (value < best.value) best = { x, value };
  }
  return { ...best, residual, steps };
}

/** Scales a part of a vector, in place, onto the ball of that squared radius. */
export function ontoBall(part: Float64Array, squaredRadius: number): void {
  const size = inner(part, part);
  if (size > squaredRadius) part.forEach((value, i) => (part[i] = value * Math.sqrt(squaredRadius / size)));
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

/** Cosine of rows i and j of an n×p matrix; NaN if one of them is zero. */
export function rowCosine(rows: Float64Array, p: number, i: number, j: number): number {
  const [a, b] = [rows.subarray(i * p, (i + 1) * p), rows.subarray(j * p, (j + 1) * p)];
  return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
}

/** Norm of row i of an n×p matrix. */
export function rowNorm(rows: Float64Array, p: number, i: number): number {
  const row = rows.subarray(i * p, (i + 1) * p);
  return Math.sqrt(inner(row, row));
}
