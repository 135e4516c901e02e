/**
 * Turns (and mirrors, if need be) a drawing so that it lies on the one before it as well as it can: singular vectors have
 * no preferred sign or, where values are equal, direction, and a picture that spins for no reason tells a lie.
 *
 * Orthogonal Procrustes in two or three dimensions: of all orthogonal Q, max ⟨XQ, Y⟩ is met by Q = UVᵀ for XᵀY = UΣVᵀ.
 */
import { singularValueDecomposition } from '../../src-main/numerics/singular-values.ts';
import type { Drawing } from './protocol.ts';

export function alignTo(previous: Drawing | null, next: Drawing): Drawing {
  if (
    !previous ||
    previous.view !== next.view ||
    previous.dimensions !== next.dimensions ||
    previous.classifiers.length !== next.classifiers.length
  )
    return next;
  const d = next.dimensions;
  const turn = closestTurn(next.classifiers, previous.classifiers, d);
  if (turn === null) return next;
  const turned = (points: Float64Array): Float64Array => {
    const result = new Float64Array(points.length);
    for (let i = 0; i < points.length; i += d)
      for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) result[i + b]! += points[i + a]! * turn[a * d + b]!;
    return result;
  };
  return { ...next, classifiers: turned(next.classifiers), features: turned(next.features) };
}

/** Q, d×d row-major; null where the drawings have nothing in common and any Q is as good. */
function closestTurn(from: Float64Array, to: Float64Array, d: number): Float64Array | null {
  const cross = new Float64Array(d * d);
  for (let i = 0; i < from.length; i += d)
    for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) cross[a * d + b]! += from[i + a]! * to[i + b]!;
  const { left, values, right } = singularValueDecomposition(cross, d, d);
  if (!(values[0]! > 0)) return null;
  const rank = values.findIndex((value) => value <= 1e-9 * values[0]!);
  const known = rank < 0 ? d : rank;
  const [u, v] = [completed(left, d, known), completed(right, d, known)];
  // In directions that one of the drawings lacks either sign is as good; then a rotation is kept from being a reflection.
  if (known < d && determinant(u, d) * determinant(v, d) < 0) for (let a = 0; a < d; a++) v[a * d + d - 1]! *= -1;
  const turn = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) for (let k = 0; k < d; k++) turn[a * d + b]! += u[a * d + k]! * v[b * d + k]!;
  return turn;
}

/** The first `known` columns of q, and orthonormal ones after them (Gram-Schmidt on the unit vectors, the best fit first). */
function completed(q: Float64Array, d: number, known: number): Float64Array {
  const full = q.slice();
  for (let column = known; column < d; column++) {
    let best = new Float64Array(d);
    let bestNorm = 0;
    for (let axis = 0; axis < d; axis++) {
      const rest = new Float64Array(d);
      rest[axis] = 1;
      for (let k = 0; k < column; k++) {
        const along = full[axis * d + k]!;
        for (let a = 0; a < d; a++) rest[a]! -= along * full[a * d + k]!;
      }
      const norm = Math.hypot(...rest);
      if (norm > bestNorm) [best, bestNorm] = [rest, norm];
    }
    for (let a = 0; a < d; a++) full[a * d + column] = best[a]! / bestNorm;
  }
  return full;
}

/** Of an orthogonal 2×2 or 3×3 matrix. */
function determinant(q: Float64Array, d: number): number {
  const at = (i: number, j: number): number => q[i * d + j]!;
  if (d === 2) return at(0, 0) * at(1, 1) - at(0, 1) * at(1, 0);
  return (
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0))
  );
}
