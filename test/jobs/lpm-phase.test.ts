/** The run kind of phase diagrams, executed: document, artifact and refusals. */
import { expect, it } from 'vitest';
import { readNpz } from '../../src-main/interop/npz.ts';
import { lpmPhase } from '../../src-main/jobs/kinds/lpm-phase.ts';
import { thresholds } from '../../src-main/lpm/thresholds.ts';
import { execute, refusedFields } from './execute.ts';

interface Document {
  readonly basis: { readonly kind: string };
  readonly grid: {
    readonly xs: number[];
    readonly ys: number[];
    readonly values: (number | null)[];
    readonly contours: { readonly label: string; readonly x: number[]; readonly y: number[] }[];
  };
}

it('stores the diagram as a document, as arrays and as summary metrics', async () => {
  const input = { xs: '1:10000:41', ys: '1:5:2' };
  const { document, points, files, fractions } = await execute<Document>(lpmPhase, input);
  expect(document.basis.kind).toBe('certified');
  const { xs, ys, values } = document.grid;
  // The published curve at E_H = 5, K = 10, K_A = 5: R = 10 and R = 100.
  const at = (R: number): number => values[xs.length + xs.findIndex((x) => Math.abs(x / R - 1) < 1e-9)]!;
  expect(ys).toEqual([1, 5]);
  expect(at(10).toFixed(6)).toBe('0.517496');
  expect(at(100)).toBe(1);
  expect(points['cells']!.y).toEqual([82]);
  expect(points['missing']!.y).toEqual([values.filter((value) => value === null).length]);
  expect(fractions.at(-1)).toBe(1);
  const stored = readNpz(files['phase.npz']!);
  expect(stored['values']!.shape).toEqual([2, 41]);
  expect(stored['values']!.data[xs.length + 20]).toBe(values[xs.length + 20]);
  const { r0 } = thresholds({ majorityClasses: 5, minorityClasses: 5, featureBudget: 5, classifierBudget: 1 });
  const curve = document.grid.contours.find(({ label }) => label === 'R₀')!;
  expect(curve.x[curve.y.indexOf(5)]!).toBeCloseTo(r0!, 8);
  expect(JSON.stringify(document)).not.toContain('NaN');
});

it.each([
  [{ y: 'ratio' }, ['y']],
  [{ xs: '10:1:5' }, ['xs']],
  [{ x: 'share', xs: '0.1:2:5' }, ['xs']],
  [{ ys: '1:2:401' }, ['ys']],
  [{ share: 1 }, ['share']],
  [{ x: 'classes', xs: '1.5:100:5' }, ['xs']],
])('refuses %j, naming the field', (input, fields) => {
  expect(refusedFields(lpmPhase, input)).toEqual(fields);
});
