/**
 * Norms and cosines by group from a Gram matrix that permuting the classes of a group leaves as it is: a scalar on the
 * contrasts of each group and a G×G matrix between the groups. For programs whose unknown is a Gram matrix.
 */
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import { cosineMatrix, norms, sideGram } from './side-gram.ts';

export interface GramGeometry {
  /** One per group. */
  readonly norms: Float64Array;
  /** G×G; null where a vector vanishes, and on the diagonal where the group has one class. */
  readonly cosines: readonly (readonly (number | null)[])[];
}

/**
 * @param sizes K_g
 * @param contrasts eigenvalue on the contrasts of each group, ≥ 0
 * @param between G×G row-major, positive semidefinite up to rounding, on the normalised group indicators
 */
export function gramGeometry(sizes: readonly number[], contrasts: Float64Array, between: Float64Array): GramGeometry {
  const G = sizes.length;
  const { values, vectors } = symmetricEigen(between, G);
  const left = new Float64Array(G * G);
  for (let i = 0; i < G; i++) for (let g = 0; g < G; g++) left[g * G + i] = vectors![i * G + g]!;
  const singularValues = values.map((value) => Math.max(0, value));
  const gram = { sizes, contrasts, rank: G, left, singularValues, right: left };
  const side = sideGram(gram, left, 1);
  const length = norms(gram, side);
  return { norms: length, cosines: cosineMatrix(gram, side, length) };
}
