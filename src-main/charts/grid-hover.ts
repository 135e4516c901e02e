/**
 * What hovering over a grid shows. One element covers the whole plot, so the cell follows from the pointer alone: ECharts
 * tells it to `position`, not to `formatter`, hence the text is written there. 40 000 elements that know their cell would
 * cost more than the picture.
 */
import { exact } from './format.ts';
import type { GridInput } from './grid-chart.ts';
import type { GridPlot } from './grid-layers.ts';
import { escapeHtml, tooltipHtml } from './tooltip.ts';

interface HoverSize {
  readonly viewSize: readonly number[];
}

export function gridHover(input: GridInput, plot: GridPlot) {
  return {
    // Not empty: an empty text would hide the box before it is placed.
    formatter: () => '<span></span>',
    position: (point: readonly number[], _params: unknown, box: unknown, _rect: unknown, { viewSize }: HoverSize) => {
      const [px, py] = [point[0] ?? 0, point[1] ?? 0];
      const element = box as { innerHTML: string; offsetWidth: number; offsetHeight: number };
      element.innerHTML = hoverHtml(input, plot, px, py);
      const [width, height] = [element.offsetWidth, element.offsetHeight];
      const beside = px + 16 + width <= viewSize[0]! ? px + 16 : px - 16 - width;
      return [Math.max(0, beside), Math.min(Math.max(0, py + 16), Math.max(0, viewSize[1]! - height))];
    },
  };
}

/** @param px, py pixels in the chart. */
export function hoverHtml(input: GridInput, plot: GridPlot, px: number, py: number): string {
  const column = cellAt(plot.xEdges, along(plot.xExtent, input.x.logarithmic, (px - plot.left) / plot.width));
  const row = cellAt(plot.yEdges, along(plot.yExtent, input.y.logarithmic, 1 - (py - plot.top) / plot.height));
  const value = input.values[row * input.xs.length + column] ?? null;
  const place = plot.scale.place(value);
  const missing = value === null || Number.isNaN(value);
  const title = [
    `${escapeHtml(input.x.label)} ${exact(input.xs[column])}`,
    `${escapeHtml(input.y.label)} ${exact(input.ys[row])}`,
  ].join('<br>');
  return tooltipHtml(title, [
    {
      name: input.valueLabel,
      color: place === null ? '#8884' : plot.scale.color(place),
      value: missing ? 'no value' : exact(value),
    },
  ]);
}

/** The value at a share of an axis. */
function along([low, high]: readonly [number, number], logarithmic: boolean | undefined, share: number): number {
  return logarithmic ? low * (high / low) ** share : low + (high - low) * share;
}

/** The cell that holds a value; the outer ones hold what lies beyond. */
function cellAt(edges: readonly number[], value: number): number {
  const next = edges.findIndex((edge, i) => i > 0 && value < edge);
  return next < 0 ? edges.length - 2 : next - 1;
}
