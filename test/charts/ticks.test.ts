/** Ticks of linear and logarithmic axes. */
import { expect, test } from 'vitest';
import { logTicks, tickLabel } from '../../src-main/charts/ticks.ts';

test.each([
  [0, '0'],
  [0.25, '0.25'],
  [-0.5, '−0.5'],
  [10000, '10\u2009000'],
  [0.001, '0.001'],
  [1e-4, '10⁻⁴'],
  [2.5e6, '2.5×10⁶'],
  [-1e12, '−10¹²'],
])('writes the tick %d as %s', (value, text) => expect(tickLabel(value)).toBe(text));

test('a log axis has its decades labelled and 2 … 9 between them', () => {
  const { major, minor } = logTicks(1, 1e4);
  expect(major).toEqual([1, 10, 100, 1000, 10000]);
  expect(minor).toHaveLength(32);
  expect(minor).toContain(500);
});

test('many decades are labelled at even strides', () => {
  const { major } = logTicks(1e-16, 1, 5);
  expect(major.length).toBeGreaterThan(2);
  expect(major.length).toBeLessThanOrEqual(5);
  const strides = major.slice(1).map((value, i) => Math.round(Math.log10(value / major[i]!)));
  expect(new Set(strides).size).toBe(1);
});

test('less than a decade still has labels, all inside', () => {
  const { major } = logTicks(2.2, 2.9);
  expect(major.length).toBeGreaterThanOrEqual(2);
  for (const value of major) {
    expect(value).toBeGreaterThanOrEqual(2.2 * (1 - 1e-9));
    expect(value).toBeLessThanOrEqual(2.9 * (1 + 1e-9));
  }
});

test.each([
  [0.21007, 0.36573, [0.25, 0.3, 0.35]],
  [0.10358, 0.16412, [0.12, 0.14, 0.16]],
  [1001.3, 1002.7, [1001.5, 1002, 1002.5]],
])('an axis from %d to %d, almost straight in its logarithm, has round labels', (low, high, labels) =>
  expect(logTicks(low, high).major).toEqual(labels),
);
