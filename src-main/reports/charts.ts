/**
 * Which charts a report holds, as input for the chart builders. One run of a kind: the kind's charts as they are.
 * Several runs of a kind: one chart per metric with the runs overlaid. A chart without a line to draw is left out.
 */
import type { EChartsOption } from 'echarts';
import type { ChartSpecification, RunDetail, RunKind } from '../api/contract.ts';
import {
  acrossParameters,
  acrossPredictions,
  acrossRuns,
  heightWithLegend,
  lineChart,
  mostOverlays,
  predictionsOf,
  resultNumber,
  runAxis,
  runLabel,
  tellingMetrics,
  themes,
  type ChartFrame,
  type LineChartInput,
  type LineSeries,
} from '../charts/index.ts';
import { claimCharts, claimsOf } from './claims.ts';
import { cosineMaps } from './cosine-maps.ts';
import { reduceSeries } from './reduce-series.ts';
import { withReferences } from './references.ts';
import { usedKinds, type ReportSource } from './report.ts';
import { resultCharts } from './result-charts.ts';
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

/** A line chart that is as high as its legend needs: in print nobody turns pages of names. */
function drawing(
  name: string,
  input: LineChartInput & { readonly title: string },
  finish: (option: EChartsOption, frame: ChartFrame) => EChartsOption = (option) => option,
): ReportChart {
  const height = heightWithLegend(input, { theme: themes.light, ...lineSize });
  const option = (frame: ChartFrame): EChartsOption => finish(lineChart(input, frame), frame);
  return { name, title: input.title, width: lineSize.width, height, option };
}

/** Marks of more runs than this hide the curves; the comparison table states the numbers of every run. */
const mostMarks = 3;

/**
 * Numbers of the results that a chart marks (R₀, R₁, −1/(K−1)): one where the runs agree, otherwise one per run with its
 * number, unless those are many. A run without the number has no mark.
 */
function marks(
  runs: readonly RunDetail[],
  marked: readonly { readonly result: string; readonly label: string }[],
): readonly { readonly at: number; readonly label: string }[] {
  return marked.flatMap(({ result, label }) => {
    const found = runs.flatMap((run) => {
      const at = resultNumber(run.result, result);
      return at === null ? [] : [{ run, at }];
    });
    const same = found.every(({ at }) => Math.abs(at - found[0]!.at) <= 1e-9 * Math.abs(at));
    if (same && found.length === runs.length) return found.slice(0, 1).map(({ at }) => ({ at, label }));
    if (runs.length > mostMarks) return [];
    return found.map(({ run, at }) => ({ at, label: `${label} of run ${run.id}` }));
  });
}

function lines(
  name: string,
  title: string,
  chart: ChartSpecification,
  runs: readonly RunDetail[],
  series: readonly LineSeries[],
  note?: string,
): ReportChart {
  const verticals = marks(runs, chart.verticals ?? []).map(({ at, label }) => ({
    x: at,
    label,
    kind: 'threshold' as const,
  }));
  const references = marks(runs, chart.references ?? []).map(({ at, label }) => ({ y: at, label }));
  const input = { title, x: runAxis(chart, runs), y: chart.y, series, verticals, ...(note && { note }) };
  return drawing(name, input, (option, { theme }) => withReferences(option, references, theme));
}

/** Only a line needs drawing: single values stand in the tables. */
function hasLine(run: RunDetail, metric: string): boolean {
  return (run.metrics[metric]?.n ?? 0) > 1;
}

function single(source: ReportSource, run: RunDetail, kind: RunKind): readonly ReportChart[] {
  return kind.charts.flatMap((chart) => {
    const drawn = chart.series.filter((series) => hasLine(run, series.metric));
    if (drawn.length === 0) return [];
    const series = drawn.map(({ metric, label, role, prediction }) => ({
      name: label,
      role,
      ...(prediction && { prediction }),
      ...points(source, run, metric),
    }));
    return [lines(`run-${run.id}-${chart.id}`, chart.title, chart, [run], series)];
  });
}

function overlaid(source: ReportSource, runs: readonly RunDetail[], kind: RunKind): readonly ReportChart[] {
  return kind.charts.flatMap((chart) =>
    chart.series.flatMap(({ metric, label, prediction }) => {
      const having = runs.filter((run) => hasLine(run, metric));
      if (having.length === 0 || prediction !== undefined) return [];
      const drawn = having.slice(0, mostOverlays(themes.light));
      const note = drawn.length < having.length ? `first ${drawn.length} of ${having.length} runs` : undefined;
      const line = (run: RunDetail, of: string, predicting?: LineSeries['prediction']): LineSeries => ({
        name: predicting === undefined ? runLabel(run, runs) : `${runLabel(run, runs)}, ${predicting.model}`,
        role: 'overlay',
        overlay: runs.indexOf(run),
        ...(predicting && { prediction: predicting }),
        ...points(source, run, of),
      });
      const predicted = predictionsOf(chart, metric).flatMap((one) =>
        drawn.filter((run) => hasLine(run, one.metric)).map((run) => line(run, one.metric, one.prediction)),
      );
      const title = `${chart.title}: ${label}`;
      const series = [...drawn.map((run) => line(run, metric)), ...predicted];
      return [lines(`${kind.id}-${chart.id}-${metric}`, title, chart, drawn, series, note)];
    }),
  );
}

/** Last values against the parameter that the runs differ in first, one chart per telling metric. */
function across(runs: readonly RunDetail[], kind: RunKind): readonly ReportChart[] {
  const [along] = acrossParameters(runs, kind);
  if (along === undefined) return [];
  return tellingMetrics(runs, kind).map((metric) => {
    const title = `${metric.label} against ${along.label}`;
    const input = acrossRuns(runs, kind, along, metric, acrossPredictions(runs, kind, metric.key)[0] ?? null);
    return drawing(`${kind.id}-across-${metric.key}`, { ...input, title });
  });
}

/** Pictures of the result document itself. */
function drawnResults(run: RunDetail, kind: RunKind, runs: readonly RunDetail[]): readonly ReportChart[] {
  return kind.results === undefined ? cosineMaps(run, runs) : resultCharts(run, kind, runs);
}

/** Every chart of the report, in the order of kinds and of their charts. */
export function reportCharts(source: ReportSource): readonly ReportChart[] {
  return usedKinds(source).flatMap((kind) => {
    const runs = source.runs.filter((run) => run.kind === kind.id);
    // What a claim found is drawn with the claim; error over tolerance stands in the table of verdicts.
    if (runs.some((run) => claimsOf(run) !== null)) return runs.flatMap(claimCharts);
    const curves = runs.length === 1 ? single(source, runs[0]!, kind) : overlaid(source, runs, kind);
    return [
      ...(runs.length > 1 ? across(runs, kind) : []),
      ...curves,
      ...runs.flatMap((run) => drawnResults(run, kind, source.runs)),
    ];
  });
}
