/**
 * Sorts the points of a line into drawn, not finite, and not drawable on a logarithmic axis; counts them all, so that
 * no point is dropped without the chart saying so. Indices of `drawn` are those of the series, for hover.
 */
import { formatNumber } from './format.ts';
import type { LineSeries } from './line-chart.ts';

export interface SortedPoints {
  /** One entry per point of the series; y is null where nothing can be drawn. */
  readonly drawn: [number, number | null][];
  /** The finite drawn coordinates, for the axis extents. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly nonFinite: readonly { readonly x: number; readonly y: number }[];
  /** Values ≤ 0 on a logarithmic axis. */
  readonly nonPositive: number;
}

export function sortPoints(series: LineSeries, logarithmicX: boolean, logarithmicY: boolean): SortedPoints {
  const drawn: [number, number | null][] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  const nonFinite: { x: number; y: number }[] = [];
  let nonPositive = 0;
  for (let i = 0; i < series.x.length; i++) {
    const x = series.x[i]!;
    const y = series.y[i] ?? null;
    if (logarithmicX && x <= 0) {
      nonPositive++;
      // The entry stays so that indices agree, at a place the axis ignores.
      drawn.push([NaN, null]);
      continue;
    }
    xs.push(x);
    if (y === null) {
      drawn.push([x, null]);
    } else if (!Number.isFinite(y)) {
      nonFinite.push({ x, y });
      drawn.push([x, null]);
    } else if (logarithmicY && y <= 0) {
      nonPositive++;
      drawn.push([x, null]);
    } else {
      ys.push(y);
      drawn.push([x, y]);
    }
  }
  return { drawn, xs, ys, nonFinite, nonPositive };
}

/** `512 of 100 000 points, minima and maxima shaded · 3 values ≤ 0 not drawn (log axis) · 2 not finite (marked)` */
export function noteText(series: readonly LineSeries[], points: readonly SortedPoints[]): string {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const count = (n: number): string => formatNumber(n, 'count');
  // Where there is no value (null) there is no point either.
  const stored = sum(
    series.map((s, i) => s.total ?? points[i]!.ys.length + points[i]!.nonFinite.length + points[i]!.nonPositive),
  );
  // A line that stands for no stored point (a reference value) is not counted as one.
  const shown = sum(points.map((p, i) => (series[i]!.total === 0 ? 0 : p.ys.length)));
  const nonPositive = sum(points.map((p) => p.nonPositive));
  const nonFinite = sum(points.map((p) => p.nonFinite.length));
  const shaded = series.some((s) => s.envelope) ? ', minima and maxima shaded' : '';
  return [
    `${count(shown)} of ${count(stored)} points${shaded}`,
    nonPositive > 0 ? `${count(nonPositive)} ${nonPositive === 1 ? 'value' : 'values'} ≤ 0 not drawn (log axis)` : '',
    nonFinite > 0 ? `${count(nonFinite)} not finite (marked)` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
