/**
 * A quantity over two parameters as coloured cells, with contours and a colour bar: phase diagrams. The colours of cosines
 * are fixed; other quantities run from their least to their greatest value. It interpolates nothing between cells.
 */
import type { EChartsOption } from 'echarts';
import { axisTicks, lineAxis } from './axes.ts';
import { cellEdges } from './grid-cells.ts';
import { barLayer, cellLayer, contourLayer, hoverLayer, markLayer, type GridPlot } from './grid-layers.ts';
import { gridHover } from './grid-hover.ts';
import { gridScale } from './grid-scale.ts';
import { formatNumber } from './format.ts';
import type { AxisInput } from './line-chart.ts';
import { baseText, chartTitle, cornerNote, textWidth } from './text.ts';
import type { ChartFrame } from './theme.ts';
import { tickLabel } from './ticks.ts';
import { tooltipBox } from './tooltip.ts';

export interface GridInput {
  readonly title?: string;
  readonly x: AxisInput;
  readonly y: AxisInput;
  /** Centres of the columns and rows, ascending; positive on a logarithmic axis. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** ys×xs, row-major; null or NaN: no value. */
  readonly values: ArrayLike<number | null>;
  /** cosine: the fixed scale of −1 … 1. sequential: least to greatest. sequential-log: the same in decades, positive values only. */
  readonly scale: 'cosine' | 'sequential' | 'sequential-log';
  /** Ends of a sequential scale, to keep pictures comparable; values beyond take the end's colour. */
  readonly domain?: readonly [number, number];
  /** Name of the quantity, with symbol and unit. */
  readonly valueLabel: string;
  /** Lines over the cells; a NaN parts a line. */
  readonly contours: readonly {
    readonly label: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
  }[];
  readonly marks?: readonly { readonly x: number; readonly y: number; readonly label: string }[];
  /** Why cells have no value. */
  readonly missingReason?: string;
}

/** Pixels between plot and colour bar, and the bar's own width. */
const BAR = { gap: 14, width: 10 };

export function gridChart(input: GridInput, frame: ChartFrame): EChartsOption {
  const { theme } = frame;
  const scale = gridScale(input);
  const xEdges = cellEdges(input.xs, input.x.logarithmic === true);
  const yEdges = cellEdges(input.ys, input.y.logarithmic === true);
  const xExtent = [input.x.min ?? xEdges[0]!, input.x.max ?? xEdges.at(-1)!] as const;
  const yExtent = [input.y.min ?? yEdges[0]!, input.y.max ?? yEdges.at(-1)!] as const;
  const top = 14 + (input.title ? 24 : 0);
  const bottom = 56;
  const yTicks = axisTicks(input.y, yExtent, frame.height - top - bottom, 34);
  const left = yTicks.labelWidth + 38;
  const barLabels = Math.max(...scale.ticks.map((tick) => textWidth(tickLabel(tick), 11)), 12);
  const right = BAR.gap + BAR.width + barLabels + 30;
  const xTicks = axisTicks(input.x, xExtent, frame.width - left - right, 64);
  const plot: GridPlot = {
    left,
    top,
    width: Math.max(20, frame.width - left - right),
    height: Math.max(20, frame.height - top - bottom),
    xExtent,
    yExtent,
    xEdges,
    yEdges,
    scale,
    theme,
  };
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: baseText(theme),
    title: [chartTitle(input.title ?? '', theme), cornerNote(noteText(input), theme)],
    grid: { left, top, width: plot.width, height: plot.height, outerBoundsMode: 'none' },
    tooltip: { ...tooltipBox(theme), trigger: 'item', ...gridHover(input, plot) },
    xAxis: lineAxis(input.x, xExtent, xTicks, 'x', theme),
    yAxis: { ...lineAxis(input.y, yExtent, yTicks, 'y', theme), splitLine: { show: false } },
    series: [
      cellLayer(input, plot),
      contourLayer(input, plot),
      markLayer(input, plot),
      barLayer(input, plot, plot.left + plot.width + BAR.gap, BAR.width, barLabels),
      hoverLayer(plot),
    ],
  };
}

/** What cannot be shown in colour, in numbers: `hatched: no cosine · 3 infinite, at the end of the scale`. */
function noteText(input: GridInput): string {
  let [missing, notPositive, infinite] = [0, 0, 0];
  for (let i = 0; i < input.values.length; i++) {
    const value = input.values[i] ?? NaN;
    if (Number.isNaN(value)) missing++;
    else if (input.scale === 'sequential-log' && value <= 0) notPositive++;
    else if (!Number.isFinite(value)) infinite++;
  }
  const count = (n: number): string => formatNumber(n, 'count');
  return [
    missing > 0 ? (input.missingReason ?? 'hatched: no value') : '',
    notPositive > 0 ? `${count(notPositive)} ${notPositive === 1 ? 'value' : 'values'} ≤ 0 hatched (log scale)` : '',
    infinite > 0 ? `${count(infinite)} infinite, at the end of the scale` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
