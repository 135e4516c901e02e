/** Spectra: one stem a singular value, equal ones counted in the key, zeros in the table. */
import { expect, test } from 'vitest';
import { spectrumChart, spectrumTable, type SpectrumInput } from '../../src-main/charts/index.ts';
import { frame, svgOf, textsOf } from './render.ts';

const input: SpectrumInput = {
  label: 'σ',
  parts: [
    { name: 'majority', role: 'majority', value: 4, multiplicity: 2 },
    { name: 'between', role: 'between', value: 3, multiplicity: 1 },
    { name: 'minority', role: 'minority', value: 1, multiplicity: 2 },
  ],
  size: 6,
  note: '1 of 6 are zero',
};

test('draws a stem for every value, as high as it is', () => {
  const option = spectrumChart(input, frame);
  const [stems] = option.series as { data: number[][] }[];
  expect(stems!.data).toEqual([
    [1, 4],
    [2, 4],
    [3, 3],
    [4, 1],
    [5, 1],
  ]);
  expect((option.yAxis as { min: number }).min).toBe(0);
  expect(textsOf(svgOf(option))).toEqual(
    expect.arrayContaining(['majority × 2', 'between', 'minority × 2', '1 of 6 are zero', '6']),
  );
});

test('a narrow chart breaks its key instead of writing over the stems', () => {
  const heads = [640, 200].map((width) => (spectrumChart(input, { ...frame, width }).grid as { top: number }).top);
  expect(heads[1]).toBeGreaterThan(heads[0]!);
});

test('parts of one name are counted together, and nothing at all is still a chart', () => {
  const split = { ...input, parts: [3, 2, 1].map((value) => ({ ...input.parts[0]!, value, multiplicity: 1 })) };
  expect(textsOf(svgOf(spectrumChart(split, frame)))).toContain('majority × 3');
  expect(svgOf(spectrumChart({ ...input, parts: [] }, frame))).not.toContain('NaN');
});

test('the table gives all values, zeros too', () => {
  const { rows } = spectrumTable(input);
  expect(rows).toHaveLength(6);
  expect(rows[2]).toEqual([3, 3, 'between']);
  expect(rows[5]).toEqual([6, 0, 'zero']);
});
