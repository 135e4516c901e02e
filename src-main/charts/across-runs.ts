/**
 * A metric against a parameter, one point per run: what a sweep found. Runs that differ in other parameters too are lines of
 * their own; runs that differ in their seed alone are one point, their mean, over the range that they span. A prediction
 * that the kind declares for the metric is dashed beside it. Fits nothing, and joins only what has an order.
 */
import type { ChartSpecification, JsonNumber, MetricSpecification } from '../api/contract.ts';
import type { ParameterSpecification, ParameterValue, ParameterValues } from '../parameters/specification.ts';
import type { AxisInput, LineChartInput, LineSeries } from './line-chart.ts';
import { comparedText, differ, idle } from './parameter-text.ts';
import { valueRange } from './value-range.ts';

export interface AcrossRun {
  readonly parameters: ParameterValues;
  readonly metrics: Readonly<Record<string, { readonly last: JsonNumber }>>;
}

export interface AcrossKind {
  readonly parameters: readonly ParameterSpecification[];
  readonly metrics: readonly MetricSpecification[];
  readonly charts: readonly Pick<ChartSpecification, 'y' | 'series'>[];
  readonly across?: readonly string[];
}

/** From this ratio of the largest to the least value on a linear axis would crowd. */
const LOGARITHMIC_FROM = 50;

/**
 * Parameters of what is computed in which the runs differ: those with an order first, and of them the ones with the most
 * values, along which there is most to see.
 */
export function acrossParameters(runs: readonly AcrossRun[], { parameters }: AcrossKind): ParameterSpecification[] {
  const differing = parameters.filter(
    ({ key, recording }) => recording !== true && differ(textsOf(runs, parameters, key)),
  );
  const values = ({ key }: ParameterSpecification): number =>
    new Set(textsOf(runs, parameters, key).filter((text) => text !== idle)).size;
  const ordered = differing.filter(isNumber).sort((a, b) => values(b) - values(a));
  return [...ordered, ...differing.filter((parameter) => !isNumber(parameter))];
}

/** Metrics that at least two of the runs have, without predictions and what only a curve can show. */
export function acrossMetrics(runs: readonly AcrossRun[], { metrics }: AcrossKind): MetricSpecification[] {
  return metrics.filter(
    ({ key, predicts }) => predicts === undefined && runs.filter((run) => valueOf(run, key) !== null).length > 1,
  );
}

/** Of those the ones that the kind finds most telling, in its order; the first unless it names any that the runs have. */
export function tellingMetrics(runs: readonly AcrossRun[], kind: AcrossKind): MetricSpecification[] {
  const metrics = acrossMetrics(runs, kind);
  const told = (kind.across ?? []).flatMap((key) => metrics.find((metric) => metric.key === key) ?? []);
  return told.length > 0 ? told : metrics.slice(0, 1);
}

/** Predictions of a metric, the one that most of the runs have first; of those alike, the one declared last: the closer model. */
export function acrossPredictions(
  runs: readonly AcrossRun[],
  { metrics }: AcrossKind,
  metric: string,
): MetricSpecification[] {
  const having = (key: string): number => runs.filter((run) => valueOf(run, key) !== null).length;
  return metrics
    .filter(({ key, predicts }) => predicts?.metric === metric && having(key) > 0)
    .reverse()
    .sort((a, b) => having(b.key) - having(a.key));
}

/** @param prediction key of a metric that predicts the other, or null */
export function acrossRuns(
  runs: readonly AcrossRun[],
  kind: AcrossKind,
  along: ParameterSpecification,
  metric: MetricSpecification,
  prediction: MetricSpecification | null,
): LineChartInput {
  const others = acrossParameters(runs, kind).filter(({ key }) => key !== along.key);
  const placed = runs.filter((run) => comparedText(kind.parameters, run.parameters, along.key) !== idle);
  const axis = axisOf(placed, kind.parameters, along);
  const groups = Map.groupBy(placed, (run) =>
    others
      .map(({ key, label }) => ({ label, text: comparedText(kind.parameters, run.parameters, key) }))
      .filter(({ text }) => text !== idle)
      // Of one parameter the value is enough: the note names it.
      .map(({ label, text }) => (others.length === 1 ? text : `${label} ${text}`))
      .join(', '),
  );
  const joined = isNumber(along);
  const series = [...groups].flatMap(([name, members], overlay): LineSeries[] => {
    const measured = pointsOf(members, metric.key, axis.place);
    const line = { role: 'overlay', overlay, marked: true, ...measured } as const;
    const lines: LineSeries[] = [{ ...line, name: name || metric.label }];
    if (prediction?.predicts === undefined) return lines;
    const { x, y } = pointsOf(members, prediction.key, axis.place);
    const { model } = prediction.predicts;
    return [
      ...lines,
      {
        role: 'overlay',
        overlay,
        prediction: { dash: 'dashed', model },
        total: 0,
        name: name ? `${name}, ${model}` : model,
        x,
        y,
      },
    ];
  });
  return {
    x: { ...axis.input, ...(joined ? {} : { categorical: true }) },
    y: {
      label: metric.label,
      logarithmic: metric.format === 'gap',
      within: valueRange(metric, chartOf(kind, metric)),
    },
    series,
    ...(others.length === 1 && { note: `lines: ${others[0]!.label}` }),
  };
}

const chartOf = ({ charts }: AcrossKind, { key }: MetricSpecification) =>
  charts.find(({ series }) => series.some(({ metric }) => metric === key));

const isNumber = ({ type }: ParameterSpecification): boolean => type === 'number' || type === 'integer';

const textsOf = (runs: readonly AcrossRun[], parameters: readonly ParameterSpecification[], key: string) =>
  runs.map((run) => comparedText(parameters, run.parameters, key));

const numberOf = (value: ParameterValue | undefined): number => (value === 'inf' ? Infinity : Number(value ?? NaN));

function valueOf({ metrics }: AcrossRun, key: string): number | null {
  const last = metrics[key]?.last;
  return last === undefined ? null : Number(last);
}

interface Axis {
  readonly input: AxisInput;
  readonly place: (run: AcrossRun) => number;
}

/** Finite numbers stand to scale. Else, as with R = ∞, every value has its step, and the axis says so. */
function axisOf(
  runs: readonly AcrossRun[],
  parameters: readonly ParameterSpecification[],
  along: ParameterSpecification,
): Axis {
  const label = along.unit === undefined ? along.label : `${along.label} (${along.unit})`;
  const at = (run: AcrossRun): number => numberOf(run.parameters[along.key]);
  if (isNumber(along) && runs.every((run) => Number.isFinite(at(run)))) {
    const [least, largest] = [Math.min(...runs.map(at)), Math.max(...runs.map(at))];
    const wide = least > 0 && largest / least >= LOGARITHMIC_FROM;
    return { input: { label, logarithmic: wide }, place: at };
  }
  const text = (run: AcrossRun): string => comparedText(parameters, run.parameters, along.key) ?? '';
  const ordered = isNumber(along) ? [...runs].sort((a, b) => at(a) - at(b)) : runs;
  const labels = [...new Set(ordered.map(text))];
  return {
    input: { label: isNumber(along) ? `${label}, in steps` : label, labels },
    place: (run) => labels.indexOf(text(run)) + 1,
  };
}

/** One point per place, ascending; the mean of the runs that share it, and their range where several do. */
function pointsOf(
  runs: readonly AcrossRun[],
  key: string,
  place: (run: AcrossRun) => number,
): Pick<LineSeries, 'x' | 'y' | 'band' | 'total'> {
  const places = [...Map.groupBy(runs, place)].sort(([a], [b]) => a - b);
  const values = places.map(([, members]) => members.flatMap((run) => valueOf(run, key) ?? []));
  const several = values.some((found) => found.length > 1);
  return {
    x: places.map(([x]) => x),
    y: values.map((found) => (found.length === 0 ? null : found.reduce((a, b) => a + b, 0) / found.length)),
    ...(several && { band: { low: values.map((v) => Math.min(...v)), high: values.map((v) => Math.max(...v)) } }),
  };
}
