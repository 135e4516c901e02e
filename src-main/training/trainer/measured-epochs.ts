/** At which epochs collapse is measured. The last one always is: the verdict is given there. */

export type Measured = 'logarithmic' | 'every' | 'last';

/** Mantissas of the logarithmic schedule: 1, 2, 3, 5, 7, 10, 20, … */
const MANTISSAS = [1, 2, 3, 5, 7];

export function isMeasured(schedule: Measured, epoch: number, epochs: number): boolean {
  if (epoch === epochs || schedule === 'every') return true;
  if (schedule === 'last') return false;
  const mantissa = epoch / 10 ** Math.floor(Math.log10(epoch) + 1e-9);
  return MANTISSAS.includes(mantissa);
}
