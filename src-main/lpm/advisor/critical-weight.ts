/**
 * Where something stops being so as the minority's weight grows: two weights, close together, with a certified solve at
 * each that says "still" and "no longer". It finds one crossing and does not prove that there is no other.
 */

export interface Bracket {
  /** The largest weight at which it still held. */
  readonly below: number;
  /** The smallest weight at which it no longer held. */
  readonly above: number;
}

const LARGEST = 1e12;

/**
 * @param holds is it so at this weight? Expected to be so below the crossing.
 * @param precision relative width of the final bracket
 * @returns null where it holds at 1e12, or nowhere down to 1e-12. Yields between solves.
 */
export function* bracketWeight(
  holds: (weight: number) => boolean,
  precision: number,
): Generator<undefined, Bracket | null> {
  let [below, above] = [1, 1];
  if (holds(1)) {
    for (let factor = 2; ; factor = Math.min(factor * factor, 256)) {
      yield;
      above *= factor;
      if (above > LARGEST) return null;
      if (!holds(above)) break;
      below = above;
    }
  } else {
    for (let factor = 2; ; factor = Math.min(factor * factor, 256)) {
      yield;
      below /= factor;
      if (below < 1 / LARGEST) return null;
      if (holds(below)) break;
      above = below;
    }
  }
  while (above / below - 1 > precision) {
    yield;
    const middle = Math.sqrt(above * below);
    if (holds(middle)) below = middle;
    else above = middle;
  }
  return { below, above };
}
