/**
 * How far two geometries are apart, whatever their scale and rotation (science of the measures: docs/frames.md).
 *
 *     nc2   ‖X Xᵀ/‖X Xᵀ‖_F − Y Yᵀ/‖Y Yᵀ‖_F‖_F, between 0 and √2 for Gram matrices
 *     nc3   ‖W/‖W‖_F − M_c/‖M_c‖_F‖_F, M_c the class means less their mean; 0: classifiers and class means are dual
 *
 * Both are sums of squared differences, never 2 − 2 cos: a distance of 1e-12 is reported as such.
 */
import { centred, squaredSize, type FramePair, type GroupGram } from './class-frame.ts';

/** nc2 between two Gram matrices of the same groups; null if one of them is zero, for then it has no direction. */
export function gramDistance(a: GroupGram, b: GroupGram): number | null {
  const [sizeA, sizeB] = [gramSize(a), gramSize(b)];
  if (!(sizeA > 0 && sizeB > 0)) return null;
  let sum = 0;
  a.sizes.forEach((size, g) => (sum += (size - 1) * (a.contrasts[g]! / sizeA - b.contrasts[g]! / sizeB) ** 2));
  a.between.forEach((value, i) => (sum += (value / sizeA - b.between[i]! / sizeB) ** 2));
  return Math.sqrt(sum);
}

function gramSize(gram: GroupGram): number {
  let sum = 0;
  gram.sizes.forEach((size, g) => (sum += (size - 1) * gram.contrasts[g]! ** 2));
  for (const value of gram.between) sum += value * value;
  return Math.sqrt(sum);
}

/** nc3_dual of a pair; null if the classifiers or the centred class means are all zero. */
export function dualDistance({ classifier, feature }: FramePair): number | null {
  const means = centred(feature);
  const w = Math.sqrt(squaredSize(classifier));
  const m = Math.sqrt(squaredSize(means));
  if (!(w > 0 && m > 0)) return null;
  let sum = 0;
  classifier.sizes.forEach(
    (size, g) => (sum += (size - 1) * (classifier.contrasts[g]! / w - means.contrasts[g]! / m) ** 2),
  );
  classifier.between.forEach((value, i) => (sum += (value / w - means.between[i]! / m) ** 2));
  return Math.sqrt(sum);
}
