/** Thresholds in words. */
import { expect, it } from 'vitest';
import { thresholdText } from '../../src-main/charts/threshold.ts';

it('tells a ratio, one that no double holds, and never apart', () => {
  expect(thresholdText(12.192447, Math.log(12.192447))).toMatch(/^12\.19/);
  expect(thresholdText(null, null)).toBe('never');
  expect(thresholdText(null, undefined)).toBe('never');
  expect(thresholdText(null, 352 * Math.LN10 + Math.log(6))).toBe('6.000e+352');
});
