/**
 * Learning-rate schedules: the factor on the initial rate as a function of the fraction t in [0, 1] of training that is done.
 *
 *     constant   1
 *     step       1, then 1/10 from a third, then 1/100 from two thirds; at the epochs ⌊E/3⌋ and ⌊2E/3⌋, which are
 *                116 and 233 of 350 in Fang, He, Long, Su 2021
 *     cosine     (1 + cos πs)/2,  s = (t − w)/(1 − w)
 *
 * With a warm-up w > 0 there is also a factor t/w up to t = w. Give t as of the start of a step: then the step schedule
 * changes exactly where an epoch starts, and the first step of a warm-up has rate 0.
 */
import { InvalidInput } from '../../parameters/specification.ts';

export interface ScheduleSpecification {
  readonly kind: 'constant' | 'step' | 'cosine';
  /** w in [0, 1), the share of training that warms up. */
  readonly warmUp: number;
}

/** @param epochs E ≥ 1, the length of training. @throws InvalidInput naming warmUp or epochs */
export function scheduleOf({ kind, warmUp }: ScheduleSpecification, epochs: number): (fraction: number) => number {
  if (!(warmUp >= 0 && warmUp < 1))
    throw new InvalidInput([{ field: 'warmUp', value: warmUp, message: 'must be from 0 to below 1' }]);
  if (!(Number.isInteger(epochs) && epochs >= 1))
    throw new InvalidInput([{ field: 'epochs', value: epochs, message: 'must be a whole number from 1' }]);
  // Fewer than three epochs have no such epochs: thirds of the training then.
  const milestone = (share: number): number => (epochs < 3 ? share : Math.floor(share * epochs) / epochs);
  const [first, second] = [milestone(1 / 3), milestone(2 / 3)];
  const shape = (t: number): number => {
    if (kind === 'constant') return 1;
    if (kind === 'step') return t < first ? 1 : t < second ? 0.1 : 0.01;
    return (1 + Math.cos((Math.PI * Math.max(0, t - warmUp)) / (1 - warmUp))) / 2;
  };
  return (t) => shape(t) * (t < warmUp ? t / warmUp : 1);
}
