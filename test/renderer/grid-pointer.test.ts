/** Pointing at a drawn grid: the cell under a pixel, and where arrow keys go. */
import { expect, test } from 'vitest';
import { gridChart, themes, type GridInput } from '../../src-main/charts/index.ts';
import { cellAt, moved, nearest } from '../../src-renderer/pages/explorer/grid-pointer.ts';

const input: GridInput = {
  x: { label: 'R', logarithmic: true },
  y: { label: 'share' },
  xs: Array.from({ length: 30 }, (_, i) => 10 ** (i / 10)),
  ys: Array.from({ length: 20 }, (_, i) => 0.1 + i / 25),
  values: new Array<number>(600).fill(0),
  scale: 'cosine',
  valueLabel: 'cos',
  contours: [],
};
const option = gridChart(input, { theme: themes.light, width: 640, height: 400 });
const grid = option.grid as { left: number; top: number; width: number; height: number };

test('equal cells lie evenly: every middle gives its own cell', () => {
  for (const [column, row] of [
    [0, 0],
    [29, 19],
    [7, 12],
  ] as const) {
    const px = grid.left + (grid.width * (column + 0.5)) / 30;
    const py = grid.top + grid.height * (1 - (row + 0.5) / 20);
    expect(cellAt(option, input, px, py)).toEqual({ column, row });
  }
});

test('outside the plot there is no cell', () => {
  expect(cellAt(option, input, grid.left - 1, grid.top + 5)).toBeNull();
  expect(cellAt(option, input, grid.left + 5, grid.top + grid.height + 1)).toBeNull();
});

test('nearest is measured as the axis is', () => {
  expect(nearest([1, 100], 20, false)).toBe(0);
  expect(nearest([1, 100], 20, true)).toBe(1);
});

test('arrows move by one cell or ten and stop at the edge', () => {
  const cell = { column: 5, row: 18 };
  expect(moved(cell, 'ArrowUp', false, input)).toEqual({ column: 5, row: 19 });
  expect(moved(cell, 'ArrowUp', true, input)).toEqual({ column: 5, row: 19 });
  expect(moved(cell, 'ArrowLeft', true, input)).toEqual({ column: 0, row: 18 });
  expect(moved(cell, 'ArrowRight', true, input)).toEqual({ column: 15, row: 18 });
  expect(moved(cell, 'Tab', false, input)).toBeNull();
});
