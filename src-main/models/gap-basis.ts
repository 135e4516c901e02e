/** The basis of a number that comes with a duality gap: certified where the gap meets its tolerance, numerical otherwise. */
import type { Basis } from './basis.ts';

/** @example gapBasis(3e-13, 1e-9) // { kind: 'certified', text: 'relative gap 3.0e-13' } */
export function gapBasis(relativeGap: number, tolerance: number): Basis {
  return {
    kind: relativeGap <= tolerance ? 'certified' : 'numerical',
    text: `relative gap ${relativeGap.toExponential(1)}`,
  };
}
