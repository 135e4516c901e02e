/** From a kind's chart specification and the points at hand to the builder's input. Draws nothing. */
import {
  resultNumber,
  runAxis,
  type LineChartInput,
  type LineSeries,
  type Vertical,
} from '../../src-main/charts/index.ts';
import type { ChartSpecification, RunDetail, RunRow } from '../api.ts';
import type { SeriesPoints } from './series.ts';

export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** Curves need two points: single values stand in the tables. */
export const hasCurve = (run: Pick<RunRow, 'metrics'>, metric: string): boolean => (run.metrics[metric]?.n ?? 0) > 1;

const verticalsOf = (chart: ChartSpecification, result: unknown): readonly Vertical[] =>
  (chart.verticals ?? []).flatMap(({ result: key, label }) => {
    const x = resultNumber(result, key);
    return x === null ? [] : [{ x, label, kind: 'threshold' as const }];
  });

/** Thresholds that all the runs agree on; a line for every run's own would say nothing. */
export function sharedVerticals(
  chart: ChartSpecification | undefined,
  runs: readonly { readonly result: unknown }[],
): readonly Vertical[] {
  return (chart?.verticals ?? []).flatMap(({ result, label }) => {
    const [first, ...others] = runs.map((run) => resultNumber(run.result, result));
    if (first === undefined || first === null) return [];
    const same = others.every((other) => other !== null && Math.abs(other - first) <= 1e-9 * Math.abs(first));
    return same ? [{ x: first, label, kind: 'threshold' as const }] : [];
  });
}

/** Horizontal lines from one end of the drawn range to the other; they stand for no stored point. */
function referencesOf(chart: ChartSpecification, result: unknown, lines: readonly LineSeries[]): readonly LineSeries[] {
  let [low, high] = [Infinity, -Infinity];
  for (const { x } of lines)
    for (let i = 0; i < x.length; i++) [low, high] = [Math.min(low, x[i]!), Math.max(high, x[i]!)];
  if (low > high) return [];
  return (chart.references ?? []).flatMap(({ result: key, label }) => {
    const y = resultNumber(result, key);
    return y === null ? [] : [{ name: label, role: 'reference' as const, x: [low, high], y: [y, y], total: 0 }];
  });
}

/** Null while no curve of the chart has points. */
export function chartInput(
  chart: ChartSpecification,
  curves: ReadonlyMap<string, SeriesPoints>,
  run: Pick<RunDetail, 'parameters' | 'result'>,
  zoom: Zoom | null,
): LineChartInput | null {
  const lines = chart.series.flatMap(({ metric, label, role, prediction }) => {
    const points = curves.get(metric);
    return points === undefined ? [] : [{ name: label, role, ...(prediction && { prediction }), ...points }];
  });
  if (lines.length === 0) return null;
  const x = runAxis(chart, [run]);
  return {
    x: zoom === null ? x : { ...x, min: zoom.from, max: zoom.to },
    y: chart.y,
    series: [...lines, ...referencesOf(chart, run.result, lines)],
    verticals: verticalsOf(chart, run.result),
  };
}
