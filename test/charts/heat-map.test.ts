/** Heat-maps: every cell once, fixed colours, reasons where a cell has no value. */
import { expect, test } from 'vitest';
import { divergingColor } from '../../src-main/charts/diverging.ts';
import { heatBlocks } from '../../src-main/charts/heat-cells.ts';
import { heatMap, heatTable, type HeatMapInput } from '../../src-main/charts/index.ts';
import { frame, svgOf, textsOf } from './render.ts';

const K = 10;
const values = Float64Array.from({ length: K * K }, (_, i) => {
  const [j, k] = [Math.floor(i / K), i % K];
  return j === k ? 1 : j < 5 && k < 5 ? -0.1675 : j >= 5 && k >= 5 ? 0.5175 : -0.2013;
});
const input: HeatMapInput = {
  size: K,
  values,
  groups: [
    { name: 'majority', size: 5, role: 'majority' },
    { name: 'minority', size: 5, role: 'minority' },
  ],
  symbol: 'w',
};

test('blocks cover every cell once, with its own value', () => {
  const noisy = Array.from({ length: 49 }, (_, i) => [1, 0.5, null, -1][(i * i + 3 * i) % 4]!);
  for (const [matrix, size] of [
    [values, K],
    [noisy, 7],
  ] as const) {
    const covered = new Array<number>(size * size).fill(0);
    for (const block of heatBlocks(matrix, size)) {
      for (let row = block.row; row < block.row + block.rows; row++) {
        for (let column = block.column; column < block.column + block.columns; column++) {
          covered[row * size + column]!++;
          expect(block.value).toBe(matrix[row * size + column]);
        }
      }
    }
    expect(covered.every((count) => count === 1)).toBe(true);
  }
});

test('a block matrix costs far fewer rectangles than cells', () => {
  expect(heatBlocks(values, K).length).toBeLessThan(K * 4);
});

test('the colours are fixed: white at 0, and the ends at −1 and 1', () => {
  expect(divergingColor(0)).toBe('rgb(255,255,255)');
  expect(divergingColor(1.0000001)).toBe(divergingColor(1));
  expect(divergingColor(-1)).not.toBe(divergingColor(1));
  expect(svgOf(heatMap(input, frame))).toContain(divergingColor(0.5175));
});

test('the matrix is square and names its groups', () => {
  const option = heatMap(input, frame);
  const grid = option.grid as { width: number; height: number };
  expect(grid.width).toBe(grid.height);
  const texts = textsOf(svgOf(option));
  expect(texts.filter((text) => text === 'majority')).toHaveLength(2);
  expect(texts).toContain('−1');
});

test('cells without a value are hatched and the reason is said', () => {
  const holes = values.map((value, i) => (i % K >= 5 || i >= 5 * K ? NaN : value));
  const svg = svgOf(heatMap({ ...input, values: holes, missingReason: 'minority vanished' }, frame));
  expect(textsOf(svg)).toContain('minority vanished');
  expect(svg).not.toContain('NaN');
});

test('the table gives the matrix, null where there is no value', () => {
  const { rows } = heatTable({ ...input, values: values.map((value, i) => (i === 1 ? NaN : value)) });
  expect(rows[0]!.slice(0, 5)).toEqual([1, 'majority', 1, null, -0.1675]);
});
