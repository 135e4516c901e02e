/** On what a ridge solution rests, in words. */
import type { Basis } from '../basis.ts';
import type { RidgeSolution } from './types.ts';

export function ridgeBasis({ certified, relativeGap, problem }: RidgeSolution): Basis {
  const closed = problem.loss === 'squared' ? 'closed form, ' : '';
  const text = `${closed}Fenchel duality gap at most ${relativeGap.toExponential(1)} of the objective`;
  return { kind: certified ? 'certified' : 'numerical', text };
}
