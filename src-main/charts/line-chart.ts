/**
 * Curves over a linear or logarithmic axis, or marks over separate things: the option of one chart. It draws what it is given
 * and says what it could not draw; it reduces, smooths and interpolates nothing.
 */
import type { EChartsOption, SeriesOption } from 'echarts';
import type { ChartedPrediction, SeriesRole } from '../api/contract.ts';
import { axisExtent, axisTicks, categoryExtent, lineAxis, wholeTicks } from './axes.ts';
import { escapeHtml, tooltipBox, tooltipHtml, type TooltipRow } from './tooltip.ts';
import { exact } from './format.ts';
import { END_LABEL_DISTANCE, END_LABEL_SIZE, endLabelShifts } from './end-labels.ts';
import { areaLayer, dotLayer, nonFiniteLayer } from './layers.ts';
import { legend, legendLack, legendSize } from './legend.ts';
import { sortPoints, noteText, type SortedPoints } from './line-data.ts';
import { markLayer, markRoom, stemLayer } from './mark-layer.ts';
import { overlayStroke, roleStroke, strokeIcon, type Stroke } from './roles.ts';
import { baseText, cornerNote, chartTitle, textWidth } from './text.ts';
import type { ChartFrame, ChartTheme } from './theme.ts';
import { layVerticals, verticalsLayer, type Vertical } from './verticals.ts';

/** Values below and above a line, at the line's own x. */
export interface Range {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface LineSeries {
  readonly name: string;
  /** Decides colour and dash; `overlay` takes the next series colour by `overlay`, the run's number from 0. */
  readonly role: SeriesRole | 'overlay';
  readonly overlay?: number;
  readonly x: ArrayLike<number>;
  /** null: there is no value here (a gap). NaN and ±∞: there is one and it is not finite (a mark at the edge). */
  readonly y: ArrayLike<number | null>;
  /** Bucket minima and maxima of the points that `y` stands for, drawn faint under the line. */
  readonly envelope?: Range;
  /** An interval (seeds, confidence), at 15 % under the line. */
  readonly band?: Range;
  /** Every point has a mark, beside the line that joins them. */
  readonly marked?: boolean;
  /** It predicts the line of its role or overlay: in that line's colour, without a label of its own; the corner names the model. */
  readonly prediction?: ChartedPrediction;
  /** How many stored points the line represents; its own length unless given. */
  readonly total?: number;
}

export interface AxisInput {
  /** Title with symbol and unit. */
  readonly label: string;
  readonly logarithmic?: boolean;
  /** x alone, from 1 in whole numbers: things that are apart, such as classes. They are drawn as marks, not as a line. */
  readonly categorical?: boolean;
  /** x alone: places 1, 2, … have these words in place of numbers. */
  readonly labels?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** What the quantity can be at all: the axis may end before, never beyond. */
  readonly within?: readonly [number, number];
}

export interface LineChartInput {
  readonly title?: string;
  readonly x: AxisInput;
  readonly y: AxisInput;
  readonly series: readonly LineSeries[];
  /** Thresholds such as R₀, and a cursor. */
  readonly verticals?: readonly Vertical[];
  /** Said in the corner, beside how many points there are. */
  readonly note?: string;
  /** Single values to dot, for instance where the cursor meets the lines. */
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly role: SeriesRole }[];
}

export function lineChart(input: LineChartInput, frame: ChartFrame): EChartsOption {
  const { theme } = frame;
  const strokes = input.series.map((series) => strokeOf(series, frame));
  const points = input.series.map((series) =>
    sortPoints(series, input.x.logarithmic === true, input.y.logarithmic === true),
  );
  const categorical = input.x.categorical === true;
  const xSources = points.map((p) => p.xs);
  const apart = categorical || input.x.labels !== undefined;
  const xExtent = apart ? categoryExtent(input.x, xSources) : axisExtent(input.x, xSources, 0);
  const yExtent = axisExtent(input.y, extentSources(input, points), 0.04);
  const endLabels = endLabelsFit(input, frame);
  const named = input.series.filter((s) => s.prediction === undefined).map(({ name }) => name);
  const right = endLabels ? Math.max(...named.map((name) => textWidth(name, 12)), 20) + 16 : 24;
  const listed = !endLabels && named.length > 1;
  const above = headOf(input);
  const { height: listHeight, paged } = legendSize(named, frame.width, frame.height - above - BOTTOM);
  // The verticals' labels need the plot's width, the width the y labels', those the height: so estimate, then settle.
  const head = above + (listed ? listHeight : 0);
  const yTicks = axisTicks(input.y, yExtent, frame.height - head - BOTTOM, 34);
  const left = yTicks.labelWidth + 38;
  const width = frame.width - left - right;
  const counted = points.every((p) => p.xs.every(Number.isInteger));
  const xTicks = apart
    ? { major: wholeTicks(xExtent, width), minor: [], labelWidth: 8 }
    : axisTicks(input.x, xExtent, width, 64, counted);
  const verticals = layVerticals(input.verticals ?? [], xExtent, input.x.logarithmic === true, width, right);
  const grid = { left, right, top: head + verticals.levels * 15, bottom: BOTTOM, outerBoundsMode: 'none' as const };

  const shifts = endLabelShifts(
    input.series.map((s) => (s.prediction === undefined ? s.name : null)),
    points,
    { extent: xExtent, logarithmic: input.x.logarithmic === true, pixels: width },
    { extent: yExtent, logarithmic: input.y.logarithmic === true, pixels: frame.height - grid.top - BOTTOM },
  );

  const layers: SeriesOption[] = [];
  input.series.forEach((series, i) => {
    const stroke = strokes[i]!;
    if (series.band) layers.push(areaLayer(`band:${i}`, series.x, series.band, stroke.color, 0.15, yExtent));
    if (series.envelope)
      layers.push(areaLayer(`envelope:${i}`, series.x, series.envelope, stroke.color, 0.22, yExtent));
  });
  const room = markRoom(width / (xExtent[1] - xExtent[0]), input.series.length);
  const stems = categorical && room.stems && input.y.logarithmic !== true && yExtent[0] <= 0 && yExtent[1] >= 0;
  input.series.forEach(({ name, role }, i) => {
    const labelShift = endLabels && input.series[i]!.prediction === undefined ? shifts[i]! : null;
    const mark = { name, role, color: strokes[i]!.color, index: i, count: input.series.length };
    if (stems) layers.push(stemLayer(mark, points[i]!, room));
    layers.push(
      categorical
        ? markLayer(mark, points[i]!, room, labelShift, theme)
        : lineLayer(i, input.series[i]!, points[i]!, strokes[i]!, labelShift, theme),
    );
  });
  input.series.forEach((_, i) => {
    if (points[i]!.nonFinite.length > 0)
      layers.push(nonFiniteLayer(`nonfinite:${i}`, points[i]!.nonFinite, strokes[i]!.color, yExtent[0], theme));
  });
  layers.push(
    dotLayer(
      'dots',
      (input.dots ?? []).map((dot) => ({ ...dot, color: roleStroke(dot.role, theme).color })),
      theme,
    ),
  );
  layers.push(verticalsLayer('verticals', verticals, theme));

  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: baseText(theme),
    title: [
      chartTitle(input.title ?? '', theme),
      cornerNote(
        [noteText(input.series, points), input.note, ...models(input.series)].filter(Boolean).join(' · '),
        theme,
      ),
    ],
    legend: legend(
      input.series.flatMap(({ name, prediction }, i) =>
        prediction !== undefined ? [] : [{ name, icon: categorical ? 'circle' : strokeIcon(strokes[i]!) }],
      ),
      { show: listed, paged, top: input.title ? 26 : 2 },
      theme,
    ),
    grid,
    tooltip: {
      ...tooltipBox(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.secondary, width: 1, type: 'solid' } },
      formatter: (hit) => hoverText(hit, input, strokes),
    },
    xAxis: lineAxis(input.x, xExtent, xTicks, 'x', theme),
    yAxis: lineAxis(input.y, yExtent, yTicks, 'y', theme),
    series: layers,
  };
}

/** Pixels below the plot: ticks, the axis title, the note. */
const BOTTOM = 56;

/** Pixels above the plot, less the legend. */
const headOf = ({ title }: LineChartInput): number => 14 + (title ? 24 : 0);

/** Pixels that a picture of this size needs so that no name of its legend is on another page. */
export function heightWithLegend(input: LineChartInput, frame: ChartFrame): number {
  if (endLabelsFit(input, frame)) return frame.height;
  const named = input.series.filter((s) => s.prediction === undefined).map(({ name }) => name);
  return frame.height + legendLack(named, frame.width, frame.height - headOf(input) - BOTTOM);
}

function strokeOf({ role, overlay = 0, prediction }: LineSeries, { theme }: ChartFrame): Stroke {
  const stroke = role === 'overlay' ? overlayStroke(overlay, theme) : roleStroke(role, theme);
  return prediction === undefined ? stroke : { ...stroke, width: 1.5, type: prediction.dash };
}

/** `dashed: LPM`: which dash is whose prediction. */
function models(series: readonly LineSeries[]): string[] {
  return [
    ...new Set(series.flatMap(({ prediction }) => (prediction ? [`${prediction.dash}: ${prediction.model}`] : []))),
  ];
}

function extentSources(input: LineChartInput, points: readonly SortedPoints[]): ArrayLike<number>[] {
  const ranges = input.series.flatMap((s) => [s.envelope, s.band]).filter((range) => range !== undefined);
  return [...points.map((p) => p.ys), ...ranges.flatMap((range) => [range.low, range.high])];
}

/** Labels at the line's end are read faster than a legend, as long as they neither crowd each other nor the plot. */
function endLabelsFit(input: LineChartInput, frame: ChartFrame): boolean {
  const named = input.series.filter(({ prediction }) => prediction === undefined);
  const widest = Math.max(0, ...named.map((s) => textWidth(s.name, 12)));
  return named.length <= 8 && widest <= frame.width * 0.28 && named.length * 16 <= frame.height - 80;
}

/** @param labelShift null: no label at the end. */
function lineLayer(
  index: number,
  { name, marked = false, prediction }: LineSeries,
  points: SortedPoints,
  stroke: Stroke,
  labelShift: number | null,
  theme: ChartTheme,
): SeriesOption {
  const type = typeof stroke.type === 'string' ? stroke.type : [...stroke.type];
  // A lone point has no line to be seen by, nor a dash that says that it is predicted.
  const lone = points.ys.length === 1;
  const hollow = lone && prediction !== undefined;
  return {
    type: 'line',
    id: `line:${index}`,
    name,
    data: points.drawn,
    z: 3,
    showSymbol: marked || lone,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: 6,
    clip: true,
    connectNulls: false,
    lineStyle: { color: stroke.color, width: stroke.width, type, join: 'round' },
    itemStyle: hollow
      ? { color: theme.panel, borderColor: stroke.color, borderWidth: stroke.width }
      : { color: stroke.color },
    emphasis: { disabled: true },
    endLabel: {
      show: labelShift !== null,
      formatter: name,
      color: stroke.color,
      fontSize: END_LABEL_SIZE,
      distance: END_LABEL_DISTANCE,
      offset: [0, labelShift ?? 0],
    },
  };
}

interface Hit {
  readonly seriesId?: string;
  readonly dataIndex: number;
  readonly value: readonly (number | null)[];
}

function hoverText(hit: unknown, input: LineChartInput, strokes: readonly Stroke[]): string {
  const hits = (Array.isArray(hit) ? hit : [hit]) as Hit[];
  const lines = hits.filter((h) => h.seriesId?.startsWith('line:'));
  const first = lines[0];
  if (!first) return '';
  const rows = lines.map((h): TooltipRow => {
    const index = Number(h.seriesId!.slice('line:'.length));
    const series = input.series[index]!;
    const raw = series.y[h.dataIndex] ?? null;
    const range = series.envelope ?? series.band;
    const spread = range ? `${exact(range.low[h.dataIndex])} … ${exact(range.high[h.dataIndex])}` : undefined;
    // Curves on different grids: name this one's own x rather than pretend it is the first one's.
    const ownX = h.value[0] === first.value[0] ? undefined : `at ${exact(h.value[0])}`;
    return {
      name: series.name,
      color: strokes[index]!.color,
      value: exact(raw),
      detail: [spread, ownX].filter(Boolean).join(', '),
    };
  });
  const at = input.x.labels?.[first.value[0]! - 1] ?? exact(first.value[0]);
  return tooltipHtml(`${escapeHtml(input.x.label)} ${escapeHtml(at)}`, rows);
}
