/**
 * Value axes of line charts: exact extents, titles in the middle, hairlines, and logarithmic ticks where they belong.
 */
import type { AxisInput } from './line-chart.ts';
import { textWidth } from './text.ts';
import { logTicks, multiples, roundStep, tickLabel } from './ticks.ts';
import type { ChartTheme } from './theme.ts';

/** Relative difference from which two values have labels of their own (ticks.ts writes nine digits). */
const SAME = 1e-9;
/** What an axis shows on each side of a single value, as part of the value. */
const AROUND = 0.1;

/**
 * The given ends, else the data's. x axes end exactly at the data; y axes get a margin, in decades on a log axis, but not
 * beyond what the quantity can be.
 * Without any data: a unit interval, so that an empty chart still has its axes.
 */
export function axisExtent(
  axis: AxisInput,
  sources: readonly ArrayLike<number>[],
  margin: number,
): readonly [number, number] {
  const log = axis.logarithmic === true;
  let low = Infinity;
  let high = -Infinity;
  for (const source of sources) {
    for (let i = 0; i < source.length; i++) {
      const value = source[i]!;
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) [low, high] = log ? [0.1, 10] : [0, 1];
  // What differs by rounding alone is one value: its ticks would read alike.
  if (high - low <= SAME * Math.max(Math.abs(low), Math.abs(high))) {
    const around = (Math.abs(low) || 1) * AROUND;
    [low, high] = log ? [low / 2, high * 2] : [low - around, high + around];
  }
  if (log) {
    const factor = (high / low) ** margin;
    [low, high] = [low / factor, high * factor];
  } else if (margin > 0) {
    [low, high] = niceExtent(low, high);
  }
  const { within: [least, greatest] = [-Infinity, Infinity] } = axis;
  return [axis.min ?? Math.max(low, least), axis.max ?? Math.min(high, greatest)];
}

/** The given ends, else half a thing's width before the first and after the last. */
export function categoryExtent(axis: AxisInput, sources: readonly ArrayLike<number>[]): readonly [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const source of sources)
    for (let i = 0; i < source.length; i++) [first, last] = [Math.min(first, source[i]!), Math.max(last, source[i]!)];
  if (first > last) [first, last] = [1, 1];
  return [axis.min ?? first - 0.5, axis.max ?? last + 0.5];
}

/** The first thing, and multiples of a round step. */
export function wholeTicks([from, to]: readonly [number, number], pixels: number): number[] {
  const most = Math.max(2, Math.floor(pixels / Math.max(28, textWidth(tickLabel(Math.floor(to)), 12) + 10)));
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((one) => (to - from) / one <= most) ?? to - from;
  const [first, last] = [Math.ceil(from / step), Math.floor(to / step)];
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  // 1 and 2 stand too close where every second thing has a label.
  return step > 2 && from > 0 && from <= 1 ? [1, ...ticks] : ticks.filter((tick) => tick >= 1);
}

/** Widens to multiples of a round step, about five of which span the data. */
function niceExtent(low: number, high: number): [number, number] {
  const step = roundStep((high - low) / 5);
  // Number(toPrecision) takes the noise of the product away: 3 × 0.1 is 0.3.
  return [
    Number((Math.floor(low / step + 1e-9) * step).toPrecision(12)),
    Number((Math.ceil(high / step - 1e-9) * step).toPrecision(12)),
  ];
}

export interface AxisTicks {
  readonly major: readonly number[];
  readonly minor: readonly number[];
  /** Pixels of the widest label. */
  readonly labelWidth: number;
}

/**
 * @param spacing least distance of labels in pixels.
 * @param whole the axis counts something: no label between whole numbers.
 */
export function axisTicks(
  axis: AxisInput,
  extent: readonly [number, number],
  pixels: number,
  spacing: number,
  whole = false,
): AxisTicks {
  const most = Math.max(2, Math.floor(pixels / spacing));
  const { major, minor } =
    axis.logarithmic === true ? logTicks(extent[0], extent[1], most) : linearTicks(extent, Math.min(most, 6), whole);
  return { major, minor, labelWidth: Math.max(...major.map((value) => textWidth(tickLabel(value), 12)), 8) };
}

function linearTicks(
  extent: readonly [number, number],
  most: number,
  whole: boolean,
): { major: number[]; minor: number[] } {
  const round = roundStep((extent[1] - extent[0]) / most);
  const step = whole ? Math.ceil(round) : round;
  return { major: multiples(extent[0], extent[1], step), minor: [] };
}

export function lineAxis(
  axis: AxisInput,
  extent: readonly [number, number],
  ticks: AxisTicks,
  side: 'x' | 'y',
  theme: ChartTheme,
) {
  const log = axis.logarithmic === true;
  return {
    type: log ? ('log' as const) : ('value' as const),
    min: extent[0],
    max: extent[1],
    ...(log ? {} : { interval: (ticks.major[1] ?? extent[1]) - (ticks.major[0] ?? extent[0]) }),
    name: axis.label,
    nameLocation: 'middle' as const,
    nameGap: side === 'x' ? 26 : ticks.labelWidth + 12,
    nameTextStyle: { color: theme.ink, fontSize: 12 },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.secondary, width: 1 } },
    axisTick: {
      show: true,
      length: 4,
      lineStyle: { color: theme.secondary },
      customValues: [...ticks.major, ...ticks.minor],
    },
    minorTick: { show: false },
    axisLabel: {
      color: theme.secondary,
      fontSize: 12,
      margin: side === 'x' ? 9 : 8,
      formatter: (value: number) => axis.labels?.[value - 1] ?? tickLabel(value),
      customValues: [...ticks.major],
    },
    splitLine: { show: side === 'y' && !log, lineStyle: { color: theme.hairline, width: 1 } },
  };
}
