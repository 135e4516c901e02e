/**
 * The smallest eigenvalue of a symmetric operator that is only known by its products with vectors: Lanczos's process with
 * full reorthogonalisation (Golub and Van Loan, 10.1 and 10.3), optionally on the complement of given unit vectors. One
 * eigenvalue; no deflation, so of a multiple eigenvalue it finds one vector.
 */
import { symmetricEigen } from './symmetric-eigen.ts';
import { addScaled, dot, norm, scale } from './vector.ts';

export interface LanczosOptions {
  /** Not orthogonal to the eigenvector sought; a random vector does. Length n. */
  readonly start: Float64Array;
  /** Orthonormal vectors; the operator is taken as P A P with P the projection off them. */
  readonly orthogonalTo?: readonly Float64Array[];
  /** Stops once the residual is below this times the largest |Ritz value|; default 1e-10. */
  readonly tolerance?: number;
  /** Default 200. */
  readonly maxIterations?: number;
}

export interface SmallestEigenvalue {
  readonly value: number;
  /** Unit vector, length n. */
  readonly vector: Float64Array;
  /** ‖P A P u − θ u‖, computed anew: an eigenvalue lies within this distance of `value`. */
  readonly residual: number;
  readonly iterations: number;
}

/** Ritz values are looked at this often. */
const EVERY = 5;

type Operator = (v: Float64Array, out: Float64Array) => void;

/** All steps at once. @param apply as below */
export function smallestEigenvalue(apply: Operator, options: LanczosOptions): SmallestEigenvalue | null {
  const steps = lanczosSteps(apply, options);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * Yields after every product, so that a caller can breathe or stop.
 * @param apply writes A v into the second argument.
 * @returns null where the complement is empty (start projects to zero).
 */
export function* lanczosSteps(apply: Operator, options: LanczosOptions): Generator<void, SmallestEigenvalue | null> {
  const { start, orthogonalTo = [], tolerance = 1e-10, maxIterations = 200 } = options;
  const n = start.length;
  const project = (v: Float64Array, basis: readonly Float64Array[]): void => {
    for (let repeat = 0; repeat < 2; repeat++) for (const u of basis) addScaled(v, -dot(u, v), u);
  };
  let v = Float64Array.from(start);
  project(v, orthogonalTo);
  if (!(norm(v) > 1e-12 * norm(start))) return null;
  scale(v, 1 / norm(v));
  const basis: Float64Array[] = [];
  const alpha: number[] = [];
  const beta: number[] = [];
  const work = new Float64Array(n);
  for (;;) {
    basis.push(v);
    apply(v, work);
    project(work, orthogonalTo);
    alpha.push(dot(work, v));
    project(work, [...orthogonalTo, ...basis]);
    const length = norm(work);
    const size = Math.max(...alpha.map(Math.abs), ...beta);
    const exhausted = basis.length >= Math.min(n - orthogonalTo.length, maxIterations) || length <= tolerance * size;
    if (exhausted || basis.length % EVERY === 0) {
      const { theta, ritz, largest } = smallestRitz(alpha, beta);
      if (exhausted || Math.abs(length * ritz.at(-1)!) <= tolerance * largest)
        return conclude(apply, project, orthogonalTo, basis, theta, ritz);
    }
    beta.push(length);
    v = work.map((value) => value / length);
    yield;
  }
}

function smallestRitz(alpha: readonly number[], beta: readonly number[]) {
  const m = alpha.length;
  const T = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    T[i * m + i] = alpha[i]!;
    if (i + 1 < m) T[i * m + i + 1] = T[(i + 1) * m + i] = beta[i]!;
  }
  const { values, vectors } = symmetricEigen(T, m);
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values[m - 1]!));
  return { theta: values[m - 1]!, ritz: vectors!.subarray((m - 1) * m), largest };
}

function conclude(
  apply: Operator,
  project: (v: Float64Array, basis: readonly Float64Array[]) => void,
  orthogonalTo: readonly Float64Array[],
  basis: readonly Float64Array[],
  theta: number,
  ritz: Float64Array,
): SmallestEigenvalue {
  const vector = new Float64Array(basis[0]!.length);
  basis.forEach((u, i) => addScaled(vector, ritz[i]!, u));
  const image = new Float64Array(vector.length);
  apply(vector, image);
  project(image, orthogonalTo);
  addScaled(image, -theta, vector);
  return { value: theta, vector, residual: norm(image), iterations: basis.length };
}
