/** One chart per metric with the runs overlaid: which there are, and the builder's input once the points are here. */
import type { LineChartInput } from '../../src-main/charts/index.ts';
import type { ChartSpecification, RunDetail, RunKind } from '../api.ts';
import { hasCurve, type Zoom } from './chart-input.ts';
import { resultNumber } from './result.ts';
import type { SeriesPoints } from './series.ts';

export interface Overlay {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly x: ChartSpecification['x'];
  readonly y: ChartSpecification['y'];
  readonly verticals: NonNullable<ChartSpecification['verticals']>;
  /** Runs with a curve of it. */
  readonly runs: readonly RunDetail[];
}

/** A short name that tells runs of the same name apart. */
export function runLabel(run: RunDetail, runs: readonly RunDetail[]): string {
  const letters = [...run.name];
  const short = letters.length > 28 ? `${letters.slice(0, 27).join('')}…` : run.name;
  return runs.some((other) => other.id !== run.id && other.name === run.name) ? `${short} (${run.id})` : short;
}

/** The charts of the runs' kinds metric by metric, then metrics that no chart declares. */
export function overlays(runs: readonly RunDetail[], kinds: readonly RunKind[]): readonly Overlay[] {
  const found = new Map<string, Overlay>();
  for (const kind of kinds.filter((one) => runs.some((run) => run.kind === one.id))) {
    for (const chart of kind.charts) {
      for (const { metric, label } of chart.series) {
        const drawn = runs.filter((run) => hasCurve(run, metric));
        if (drawn.length === 0 || found.has(metric)) continue;
        const { x, y, verticals = [] } = chart;
        found.set(metric, { id: metric, title: `${chart.title}: ${label}`, metric, x, y, verticals, runs: drawn });
      }
    }
  }
  const rest = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))]
    .filter((metric) => !found.has(metric))
    .sort();
  for (const metric of rest) {
    const drawn = runs.filter((run) => hasCurve(run, metric));
    const axis = { label: metric, logarithmic: false };
    if (drawn.length > 0) {
      found.set(metric, {
        id: metric,
        title: metric,
        metric,
        x: { label: 'x', logarithmic: false },
        y: axis,
        verticals: [],
        runs: drawn,
      });
    }
  }
  return [...found.values()];
}

/** A threshold where the runs agree on it; thresholds of their own would need a line per run and say nothing. */
function verticalsOf(overlay: Overlay): LineChartInput['verticals'] {
  return overlay.verticals.flatMap(({ result, label }) => {
    const [first, ...others] = overlay.runs.map((run) => resultNumber(run.result, result));
    if (first === undefined || first === null) return [];
    const same = others.every((other) => other !== null && Math.abs(other - first) <= 1e-9 * Math.abs(first));
    return same ? [{ x: first, label, kind: 'threshold' as const }] : [];
  });
}

/** @param all every run compared: its place there is its colour, in every chart and table */
export function overlayInput(
  overlay: Overlay,
  all: readonly RunDetail[],
  pointsOf: (run: number, metric: string) => SeriesPoints | undefined,
  zoom: Zoom | null,
): LineChartInput | null {
  const series = overlay.runs.flatMap((run) => {
    const points = pointsOf(run.id, overlay.metric);
    const place = all.findIndex((one) => one.id === run.id);
    return points === undefined
      ? []
      : [{ name: runLabel(run, all), role: 'overlay' as const, overlay: place, ...points }];
  });
  if (series.length === 0) return null;
  const verticals = verticalsOf(overlay);
  return {
    x: zoom === null ? overlay.x : { ...overlay.x, min: zoom.from, max: zoom.to },
    y: overlay.y,
    series,
    ...(verticals === undefined ? {} : { verticals }),
  };
}
