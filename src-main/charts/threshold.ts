/** A threshold R0 or R1 in words: a ratio, one beyond the range of numbers, or never. */
import { formatNumber } from './format.ts';

/**
 * @param ratio null where it is never reached or no double holds it; @param logRatio its natural logarithm, which tells them
 * apart; absent in documents that do not state it.
 * @example thresholdText(null, 812.3) // '5.957e+352'
 */
export function thresholdText(ratio: number | null, logRatio: number | null | undefined): string {
  if (ratio !== null) return formatNumber(ratio, 'ratio');
  if (logRatio === null || logRatio === undefined) return 'never';
  const decades = logRatio / Math.LN10;
  const exponent = Math.floor(decades);
  return `${(10 ** (decades - exponent)).toFixed(3)}e+${exponent}`;
}
