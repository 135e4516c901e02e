/** How numbers are written: digits by quantity, words for what is no number. */
import { expect, test } from 'vitest';
import { duration, exact, formatNumber } from '../../src-main/charts/format.ts';

test.each([
  [0.5174962815, 'cosine', '0.5175'],
  [-0.16749, 'cosine', '−0.1675'],
  [-0.00001, 'cosine', '0.0000'],
  [0.2616770386, 'loss', '0.261677'],
  [0.000012345678, 'loss', '0.0000123457'],
  [1e-9, 'loss', '1.00000e-9'],
  [123456.7, 'ratio', '123\u2009457'],
  [1e12, 'ratio', '1.00000e12'],
  [3.06e-12, 'gap', '3.1e-12'],
  [0, 'gap', '0'],
  [1280000, 'count', '1\u2009280\u2009000'],
  [1280, 'count', '1280'],
  [1, 'flag', 'yes'],
  [0.2134, 'milliseconds', '0.21 ms'],
] as const)('writes %d as %s: %s', (value, format, text) => expect(formatNumber(value, format)).toBe(text));

test('writes what is no number in words', () => {
  expect(formatNumber(null, 'cosine')).toBe('–');
  expect(formatNumber(undefined, 'gap')).toBe('–');
  expect(formatNumber('NaN', 'loss')).toBe('NaN');
  expect(formatNumber('Infinity', 'ratio')).toBe('∞');
  expect(formatNumber(-Infinity, 'cosine')).toBe('−∞');
});

test('six significant digits survive rounding up a decade', () => {
  expect(formatNumber(0.9999999, 'loss')).toBe('1.00000');
  expect(formatNumber(99999.96, 'loss')).toBe('100\u2009000');
});

test.each([
  [0.999, '1.00 ms'],
  [999.6, '1.0 s'],
  [59_960, '1 min 00 s'],
  [7_790_000, '2 h 10 min'],
])('says %d ms as %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

test('hover shows ten digits without noise', () => {
  expect(exact(0.1 + 0.2)).toBe('0.3');
  expect(exact(5.929384763e-16)).toBe('5.929384763e-16');
  expect(exact(-12345.678)).toBe('−12\u2009345.678');
});
