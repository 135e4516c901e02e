/** Where a drawn chart put its x axis, and what pixels mean on it. Reads a built option; builds none. */
import type { EChartsOption } from 'echarts';
import type { Zoom } from './chart-input.ts';

export interface Plot {
  /** Pixels of the axis' ends. */
  readonly left: number;
  readonly right: number;
  readonly from: number;
  readonly to: number;
  readonly logarithmic: boolean;
}

const first = (value: unknown): Readonly<Record<string, unknown>> =>
  ((Array.isArray(value) ? value[0] : value) ?? {}) as Record<string, unknown>;

export function plotOf(option: EChartsOption, width: number): Plot | null {
  const [grid, axis] = [first(option.grid), first(option.xAxis)];
  const [left, right, from, to] = [grid['left'], grid['right'], axis['min'], axis['max']];
  if (typeof left !== 'number' || typeof right !== 'number' || typeof from !== 'number' || typeof to !== 'number')
    return null;
  return { left, right: width - right, from, to, logarithmic: axis['type'] === 'log' };
}

const up = (plot: Plot, x: number): number => (plot.logarithmic ? Math.log(x) : x);
const down = (plot: Plot, u: number): number => (plot.logarithmic ? Math.exp(u) : u);

/** The x under a pixel. */
export function xAt(plot: Plot, pixel: number): number {
  const share = (pixel - plot.left) / (plot.right - plot.left);
  const [a, b] = [up(plot, plot.from), up(plot, plot.to)];
  return down(plot, a + share * (b - a));
}

/** The range after a key: `undefined` where the key means nothing, null for everything. */
export function keyZoom(key: string, plot: Plot, zoom: Zoom | null): Zoom | null | undefined {
  const [a, b] = [up(plot, plot.from), up(plot, plot.to)];
  const span = b - a;
  const range = (from: number, to: number): Zoom => ({ from: down(plot, from), to: down(plot, to) });
  switch (key) {
    case '+':
    case '=':
      return range(a + span / 4, b - span / 4);
    case '-':
      return zoom === null ? null : range(a - span / 2, b + span / 2);
    case 'ArrowLeft':
      return zoom === null ? undefined : range(a - span / 4, b - span / 4);
    case 'ArrowRight':
      return zoom === null ? undefined : range(a + span / 4, b + span / 4);
    case '0':
      return null;
    default:
      return undefined;
  }
}
