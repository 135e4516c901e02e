/**
 * An orthonormal basis of the contrasts of a group of K classes (vectors that sum to zero): Helmert's, in closed form,
 * so that no matrix is stored.
 */

/**
 * Entry k (0-based) of contrast i (1 ≤ i < K): 1/√(i(i+1)) for k < i, −i/√(i(i+1)) for k = i, else 0.
 * Outside 0 ≤ k < K the entry is 0, so callers may index across groups.
 */
export function within(size: number, i: number, k: number): number {
  if (k < 0 || k >= size || k > i) return 0;
  const root = Math.sqrt(i * (i + 1));
  return k < i ? 1 / root : -i / root;
}
