/** The run kind of ratio sweeps, executed: what the document holds for short and long ranges, what the series hold. */
import { expect, it } from 'vitest';
import { lpmSweep } from '../../src-main/jobs/kinds/lpm-sweep.ts';
import { sweepResult } from '../../src-renderer/text/result.ts';
import { execute } from './execute.ts';

it('lists the points of a short sweep in the document', async () => {
  const { document, points } = await execute(lpmSweep, { ratios: '1:10000:41' });
  expect(document['points']).toHaveLength(41);
  expect(document['r0']).toBeCloseTo(12.192447, 6);
  expect(document['r1']).toBeNull();
  expect(document['logR1']).toBeNull();
  expect(points['objective']!.x).toHaveLength(41);
  expect(sweepResult(document)).toMatchObject({ count: 41, r0: document['r0'] });
});

it('leaves the points of a long sweep to the series', async () => {
  const { document, points } = await execute(lpmSweep, { ratios: '1:10000:20000' });
  expect(points['objective']!.x).toHaveLength(20_000);
  expect(document).not.toHaveProperty('points');
  expect(JSON.stringify(document).length).toBeLessThan(500);
  expect(document['worstRelativeGap']).toBeLessThan(1e-9);
  expect(sweepResult(document)).toMatchObject({ count: 20_000 });
});

it('says so where a threshold is beyond the range of numbers', async () => {
  const { document, lines } = await execute(lpmSweep, { ratios: '1:10:3', ew: 1e6, eh: 1 });
  expect(document['r0']).toBeNull();
  expect(document['logR0']).toBeGreaterThan(710);
  expect(lines.at(-1)).toMatch(/R0 \d\.\d{3}e\+\d+, R1 never/);
});

it('reads documents of older versions, which hold every point and no count', () => {
  expect(sweepResult({ points: [{}, {}], r0: 2, r1: null, worstRelativeGap: 0 })).toMatchObject({ count: 2 });
  expect(sweepResult({ r0: 2, r1: null })).toBeNull();
});
