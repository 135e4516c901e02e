/** The numbers of a grid, long format: one row per cell, full precision, null where there is no value. */
import type { GridInput } from './grid-chart.ts';
import type { ChartTable } from './table.ts';

export function gridTable(input: GridInput): ChartTable {
  return {
    columns: [input.x.label, input.y.label, input.valueLabel],
    rows: input.ys.flatMap((y, row) =>
      input.xs.map((x, column) => {
        const value = input.values[row * input.xs.length + column] ?? null;
        return [x, y, value === null || Number.isNaN(value) ? null : value];
      }),
    ),
  };
}
