/**
 * Counts of the long tails that the bench and the tests ask about. Two of them have the shape of known data sets, not their
 * counts: what is known of a data set is its number of classes and its largest and smallest count.
 */

/** K distinct counts, from 1,280,000 down to 5,000, even in the logarithm. */
export function exponentialTail(K: number): number[] {
  return Array.from({ length: K }, (_, k) => Math.round(1_280_000 * Math.pow(5 / 1280, k / (K - 1))));
}

/** 1,000 classes from 1,280 to 5 samples along a Pareto profile, n_k ∝ (k + 1)^{−a} rounded: the shape of ImageNet-LT. */
export function imageNetLike(): number[] {
  const exponent = Math.log(1280 / 5) / Math.log(1000);
  return Array.from({ length: 1000 }, (_, k) => Math.round(1280 * Math.pow(k + 1, -exponent)));
}

/**
 * 8,142 classes of 2 to 1,000 samples: 1,000 for the first, falling like 1/(1 + 500 k/K): several hundred distinct counts,
 * the small ones shared by many classes, as in iNaturalist 2018.
 */
export function iNaturalistLike(): number[] {
  const K = 8142;
  return Array.from({ length: K }, (_, k) => Math.max(2, Math.round(1000 / (1 + (499 * k) / (K - 1)))));
}

/** Counts as groups of equal counts. */
export function groupsOf(counts: readonly number[]): { samples: number; classes: number; weight: number }[] {
  const classes = new Map<number, number>();
  for (const count of counts) classes.set(count, (classes.get(count) ?? 0) + 1);
  return [...classes].map(([samples, size]) => ({ samples, classes: size, weight: 1 }));
}
