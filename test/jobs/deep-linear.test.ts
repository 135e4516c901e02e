/** The run kinds of deep linear networks, executed: documents, points, refusals, and a cancelled descent. */
import { expect, it } from 'vitest';
import { deepLinear } from '../../src-main/jobs/kinds/deep-linear.ts';
import { deepLinearDescent } from '../../src-main/jobs/kinds/deep-linear-descent.ts';
import { deepLinearSweep } from '../../src-main/jobs/kinds/deep-linear-sweep.ts';
import { JobCancelled } from '../../src-main/jobs/kinds/kind.ts';
import { execute, nothingReported, refusedFields } from './execute.ts';

it('deep-linear: the checked values arrive in document and points', async () => {
  const { document, points } = await execute(deepLinear, { counts: '200,100,50x2', depth: 1 });
  expect(document).toMatchObject({ basis: { kind: 'exact' }, frame: 'general orthogonal frame', rank: 4, tied: false });
  expect((document['objective'] as number).toFixed(8)).toBe('0.01894214');
  expect(points['class_norm_w']!.y.map((w) => (w * w).toFixed(6))).toEqual([
    '13.942136',
    '9.800000',
    '6.871068',
    '6.871068',
  ]);
  expect(document['classifierCosines']).toEqual([0, 1, 2, 3].map((k) => [0, 1, 2, 3].map((j) => (j === k ? 1 : 0))));
  const classes = document['classes'] as { readonly vanishingDecay: number }[];
  // M = 1: n = N² λ_W λ_H f².
  expect(classes[0]!.vanishingDecay).toBeCloseTo(Math.sqrt(200) / (400 * 5e-4), 8);
  expect(JSON.stringify(document)).not.toMatch(/NaN|Infinity/);
});

it('deep-linear with cross-entropy: certified at depth 1', async () => {
  const { document } = await execute(deepLinear, { counts: '40x4', loss: 'ce', depth: 1, bias: true });
  expect(document).toMatchObject({ basis: { kind: 'certified' }, frame: 'simplex ETF', directions: [] });
});

it('deep-linear with cross-entropy lets messages in while it works', async () => {
  // Many seconds of starts: it is stopped at the third breath.
  const setting = { counts: '40x16', loss: 'ce', depth: 3, starts: 1000 };
  await expect(execute(deepLinear, setting, { breaths: 3 })).rejects.toThrow(JobCancelled);
});

it('deep-linear-sweep: both sides of the threshold', async () => {
  const { document, points } = await execute(deepLinearSweep, { range: '1:1000:61' });
  const threshold = document['minority'] as number;
  const { x, y } = points['norm_w_minority']!;
  x.forEach((R, i) => expect(y[i]! > 0).toBe(R < threshold));
  expect(points['objective']!.x).toHaveLength(61);
  const depths = await execute(deepLinearSweep, { variable: 'depth', range: '1:8:20' });
  expect(depths.points['norm_w_majority']!.x).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(depths.document['minority']).toBeNull();
});

it('deep-linear-descent: reaches the closed form, layer by layer', async () => {
  const { document, points } = await execute(deepLinearDescent, {
    counts: '30,20,10',
    depth: 2,
    widths: '4',
    decay: '2e-3',
    featureDecay: 2e-3,
    method: 'nesterov',
  });
  expect(document).toMatchObject({ outcome: 'global minimum reached', basis: { kind: 'numerical' } });
  expect(Object.keys(points)).toEqual(expect.arrayContaining(['nc1_1', 'nc1_2', 'gram_h_2', 'gram_w_1', 'imbalance']));
  expect(points['nc1_3']).toBeUndefined();
  const excess = points['excess']!.y;
  expect(excess[0]!).toBeGreaterThan(1);
  expect(Math.abs(excess.at(-1)!)).toBeLessThan(1e-9);
  expect(points['nc1_2']!.y.at(-1)).toBeLessThan(1e-6);
});

it('deep-linear-descent: a rate that is too large is said, a cancel ends it', async () => {
  const wild = await execute(deepLinearDescent, { rate: 1000, steps: 100 });
  expect(wild.document['outcome']).toContain('diverged');
  const reported = nothingReported();
  const cancelled = execute(deepLinearDescent, { tolerance: 0, steps: 1_000_000 }, { breaths: 2, reported });
  await expect(cancelled).rejects.toThrow(JobCancelled);
  expect(reported.points['objective']!.x.length).toBeGreaterThan(5);
});

it.each([
  [deepLinear, { counts: '5,0' }, ['counts']],
  [deepLinear, { counts: '5' }, ['counts']],
  [deepLinear, { decay: '0' }, ['decay']],
  [deepLinear, { depth: 2, decay: '1e-3,1e-3,1e-3', widths: '2,2,2' }, ['decay', 'widths']],
  [deepLinear, { counts: '5x33', loss: 'ce' }, ['counts']],
  [deepLinearDescent, { counts: '5x33', widths: '500' }, ['counts', 'widths']],
  [deepLinearDescent, { depth: 7 }, ['depth']],
  [deepLinearSweep, { range: '10:1' }, ['range']],
  [deepLinearSweep, { variable: 'depth', range: '0.1:4:3' }, ['range']],
  [deepLinearSweep, { ka: 150, kb: 150 }, ['kb']],
])('%#: wrong input is refused, naming the fields', (kind, input, fields) => {
  expect(refusedFields(kind, input)).toEqual(fields);
});
