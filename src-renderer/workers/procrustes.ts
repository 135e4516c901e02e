/**
 * Turns (and mirrors, if need be) a drawing so that it lies on the one before it as well as it can: singular vectors have
 * no preferred sign or, where values are equal, direction, and a picture that spins for no reason tells a lie.
 */
import type { PlaneVectors } from './protocol.ts';

export function alignTo(previous: PlaneVectors | null, next: PlaneVectors): PlaneVectors {
  if (!previous || previous.view !== next.view || previous.classifiers.length !== next.classifiers.length) return next;
  const [a, b, c, d] = crossProducts(next.classifiers, previous.classifiers);
  // The best rotation and the best reflection in closed form; the better of the two.
  const rotation = Math.hypot(a + d, b - c);
  const reflection = Math.hypot(a - d, b + c);
  if (Math.max(rotation, reflection) === 0) return next;
  const mirrored = reflection > rotation * (1 + 1e-9);
  const [cos, sin] = mirrored ? [(a - d) / reflection, (b + c) / reflection] : [(a + d) / rotation, (b - c) / rotation];
  const turn = (points: Float64Array): Float64Array => {
    const turned = new Float64Array(points.length);
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      turned[i] = cos * x + (mirrored ? sin : -sin) * y;
      turned[i + 1] = sin * x + (mirrored ? -cos : cos) * y;
    }
    return turned;
  };
  return { ...next, classifiers: turn(next.classifiers), features: turn(next.features) };
}

/** Entries of Σ next·previousᵀ. */
function crossProducts(next: Float64Array, previous: Float64Array): [number, number, number, number] {
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (let i = 0; i < next.length; i += 2) {
    xx += next[i]! * previous[i]!;
    xy += next[i]! * previous[i + 1]!;
    yx += next[i + 1]! * previous[i]!;
    yy += next[i + 1]! * previous[i + 1]!;
  }
  return [xx, xy, yx, yy];
}
