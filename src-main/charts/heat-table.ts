/** The numbers of a heat-map: the matrix, one row per class, full precision. */
import type { HeatMapInput } from './heat-map.ts';
import type { ChartTable } from './table.ts';

export function heatTable(input: HeatMapInput): ChartTable {
  const names = input.groups.flatMap((group) => Array.from({ length: group.size }, () => group.name));
  const rows = Array.from({ length: input.size }, (_, row) => [
    row + 1,
    names[row] ?? '',
    ...Array.from({ length: input.size }, (_, column) => {
      const value = input.values[row * input.size + column] ?? null;
      return value === null || Number.isNaN(value) ? null : value;
    }),
  ]);
  return { columns: ['class', 'group', ...rows.map((_, i) => String(i + 1))], rows };
}
