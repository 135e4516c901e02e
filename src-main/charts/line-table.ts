/** The numbers of a line chart, long format: one row per point, nothing rounded, nothing left out. */
import type { LineChartInput } from './line-chart.ts';
import type { ChartTable } from './table.ts';

export function lineTable(input: LineChartInput): ChartTable {
  const ranged = input.series.some((s) => s.envelope ?? s.band);
  const rows = input.series.flatMap((series) =>
    Array.from({ length: series.x.length }, (_, i) => {
      const x = series.x[i]!;
      const row = [series.name, input.x.labels?.[x - 1] ?? x, series.y[i] ?? null];
      const range = series.envelope ?? series.band;
      return ranged ? [...row, range?.low[i] ?? null, range?.high[i] ?? null] : row;
    }),
  );
  return { columns: ['series', input.x.label, input.y.label, ...(ranged ? ['low', 'high'] : [])], rows };
}
