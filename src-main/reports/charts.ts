/**
 * Which charts a report holds, as input for the chart builders. One run of a kind: the kind's charts as they are.
 * Several runs of a kind: one chart per metric with the runs overlaid. A chart without a line to draw is left out.
 */
import type { ChartSpecification, RunDetail, RunKind } from '../api/contract.ts';
import { lineChart, type LineChartInput, type LineSeries, type Vertical } from '../charts/index.ts';
import { cosineMaps } from './cosine-maps.ts';
import { reduceSeries } from './reduce-series.ts';
import type { ReportSource } from './report.ts';
import { runLabel } from './run-label.ts';
import { resultNumber } from './solve-document.ts';
import type { ReportChart } from './svg.ts';

/** Drawn about as large as it is shown, so that type keeps its size. */
const lineSize = { width: 520, height: 330 };

function points(
  source: ReportSource,
  run: RunDetail,
  metric: string,
): Pick<LineSeries, 'x' | 'y' | 'total' | 'envelope'> {
  return reduceSeries(source.points(run.id, metric), run.metrics[metric]?.n ?? 0);
}

function axes(chart: ChartSpecification): Pick<LineChartInput, 'x' | 'y'> {
  return { x: chart.x, y: chart.y };
}

/** A chart's verticals (R₀, R₁): one line where the runs agree, otherwise one per run with its number. */
function verticals(runs: readonly RunDetail[], chart: ChartSpecification): readonly Vertical[] {
  return (chart.verticals ?? []).flatMap(({ result, label }) => {
    const found = runs.flatMap((run) => {
      const x = resultNumber(run.result, result);
      return x === null ? [] : [{ run, x }];
    });
    const same = found.every(({ x }) => Math.abs(x - found[0]!.x) <= 1e-9 * Math.abs(x));
    if (same && found.length === runs.length)
      return found.slice(0, 1).map(({ x }) => ({ x, label, kind: 'threshold' as const }));
    return found.map(({ run, x }) => ({ x, label: `${label} of run ${run.id}`, kind: 'threshold' as const }));
  });
}

function lines(name: string, input: LineChartInput): ReportChart {
  return { name, title: input.title ?? name, ...lineSize, option: (frame) => lineChart(input, frame) };
}

/** Only a line needs drawing: single values stand in the tables. */
function hasLine(run: RunDetail, metric: string): boolean {
  return (run.metrics[metric]?.n ?? 0) > 1;
}

function single(source: ReportSource, run: RunDetail, kind: RunKind): readonly ReportChart[] {
  return kind.charts.flatMap((chart) => {
    const drawn = chart.series.filter((series) => hasLine(run, series.metric));
    if (drawn.length === 0) return [];
    const series = drawn.map(({ metric, label, role }) => ({ name: label, role, ...points(source, run, metric) }));
    const input = { title: chart.title, ...axes(chart), series, verticals: verticals([run], chart) };
    return [lines(`run-${run.id}-${chart.id}`, input)];
  });
}

function overlaid(source: ReportSource, runs: readonly RunDetail[], kind: RunKind): readonly ReportChart[] {
  return kind.charts.flatMap((chart) =>
    chart.series.flatMap(({ metric, label }) => {
      const drawn = runs.filter((run) => hasLine(run, metric));
      if (drawn.length === 0) return [];
      const series = drawn.map((run): LineSeries => {
        const overlay = runs.indexOf(run);
        return { name: runLabel(run, runs), role: 'overlay', overlay, ...points(source, run, metric) };
      });
      const title = `${chart.title}: ${label}`;
      const input = { title, ...axes(chart), series, verticals: verticals(drawn, chart) };
      return [lines(`${kind.id}-${chart.id}-${metric}`, input)];
    }),
  );
}

/** Every chart of the report, in the order of kinds and of their charts. */
export function reportCharts(source: ReportSource): readonly ReportChart[] {
  return source.kinds.flatMap((kind) => {
    const runs = source.runs.filter((run) => run.kind === kind.id);
    const curves = runs.length === 1 ? single(source, runs[0]!, kind) : overlaid(source, runs, kind);
    return [...curves, ...runs.flatMap((run) => cosineMaps(run, source.runs))];
  });
}
