/**
 * Softmax probabilities and cross-entropy of class-symmetric logits with a bias, by groups; no derivative beyond them.
 *
 * In the column of a class of group g (K_g classes alike) the logits, less the own one, are −s_g for its siblings and
 *     y_hg = M_hg/√(K_h K_g) − M_gg/K_g − (1 − 1/K_g) s_g + b_h − b_g      for each of the K_h classes of group h.
 * Probabilities of the others are sums of odds, never 1 − p, so that tiny losses keep their relative digits.
 */

export interface Columns {
  /** Probability of one class of group h in a column of group g, G×G row-major (h, g); 0 on the diagonal. */
  readonly other: Float64Array;
  /** Probability of one sibling in a column of group g (0 where K_g = 1). */
  readonly sibling: Float64Array;
  /** Cross-entropy of a column of group g. */
  readonly loss: Float64Array;
  /** Own logit less the largest other one. */
  readonly margin: Float64Array;
}

/** @param contrasts s_g of Z; between: M of Z, G×G row-major; bias: b_g of a class. */
export function softmaxColumns(
  sizes: ArrayLike<number>,
  contrasts: Float64Array,
  between: Float64Array,
  bias: Float64Array,
): Columns {
  const G = contrasts.length;
  const other = new Float64Array(G * G);
  const sibling = new Float64Array(G);
  const loss = new Float64Array(G);
  const margin = new Float64Array(G);
  const lead = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    const size = sizes[g]!;
    const own = between[g * G + g]! / size + (1 - 1 / size) * contrasts[g]! + bias[g]!;
    let top = size > 1 ? -contrasts[g]! : -Infinity;
    for (let h = 0; h < G; h++) {
      if (h === g) continue;
      lead[h] = between[h * G + g]! / Math.sqrt(sizes[h]! * size) + bias[h]! - own;
      top = Math.max(top, lead[h]!);
    }
    margin[g] = -top;
    // Odds relative to e^shift, so that neither they nor the own class overflow.
    const shift = Math.max(0, top);
    sibling[g] = size > 1 ? Math.exp(-contrasts[g]! - shift) : 0;
    let odds = (size - 1) * sibling[g]!;
    for (let h = 0; h < G; h++) {
      if (h === g) continue;
      other[h * G + g] = Math.exp(lead[h]! - shift);
      odds += sizes[h]! * other[h * G + g]!;
    }
    const total = Math.exp(-shift) + odds;
    loss[g] = shift > 0 ? shift + Math.log(total) : Math.log1p(odds);
    sibling[g] = sibling[g]! / total;
    for (let h = 0; h < G; h++) other[h * G + g] = other[h * G + g]! / total;
  }
  return { other, sibling, loss, margin };
}
