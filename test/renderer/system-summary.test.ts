/** A run that was sampled, however seldom, says how it used the machine. */
import { expect, it } from 'vitest';
import type { MetricSummary } from '../../src-renderer/api.ts';
import { systemSummary } from '../../src-renderer/text/system-summary.ts';

const sampled = (n: number, max: number) => ({
  'system/memory': { n, max } as Partial<MetricSummary> as MetricSummary,
});

it('tells one sample from many, and none from either', () => {
  expect(systemSummary(sampled(9, 266))).toBe('Memory of the job at most 266 MB.');
  expect(systemSummary(sampled(1, 71.5))).toBe('Sampled once: memory of the job 71.5 MB.');
  expect(systemSummary({})).toBeNull();
});
