/** Which cell of a drawn grid is under a pixel, and where the keyboard goes from a cell. Reads a built option; builds none. */
import type { EChartsOption } from 'echarts';
import type { GridInput } from '../../../src-main/charts/index.ts';

export interface Cell {
  readonly column: number;
  readonly row: number;
}

interface Axis {
  readonly min: number;
  readonly max: number;
}

/** null outside the plot. */
export function cellAt(option: EChartsOption, input: GridInput, px: number, py: number): Cell | null {
  const grid = option.grid as { left: number; top: number; width: number; height: number };
  const [across, up] = [(px - grid.left) / grid.width, 1 - (py - grid.top) / grid.height];
  if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) return null;
  const along = (axis: Axis, share: number, log: boolean): number =>
    log ? axis.min * (axis.max / axis.min) ** share : axis.min + (axis.max - axis.min) * share;
  const [xLog, yLog] = [input.x.logarithmic === true, input.y.logarithmic === true];
  return {
    column: nearest(input.xs, along(option.xAxis as Axis, across, xLog), xLog),
    row: nearest(input.ys, along(option.yAxis as Axis, up, yLog), yLog),
  };
}

export function nearest(centres: readonly number[], value: number, logarithmic: boolean): number {
  const place = (v: number): number => (logarithmic ? Math.log(v) : v);
  let best = 0;
  for (let i = 1; i < centres.length; i++)
    if (Math.abs(place(centres[i]!) - place(value)) < Math.abs(place(centres[best]!) - place(value))) best = i;
  return best;
}

/** The next cell after an arrow key; null: the key means nothing. With `large`, ten cells at once. */
export function moved(cell: Cell, key: string, large: boolean, input: GridInput): Cell | null {
  const step = large ? 10 : 1;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowDown: [0, -step],
    ArrowUp: [0, step],
  };
  const change = steps[key];
  if (!change) return null;
  const within = (value: number, length: number): number => Math.min(Math.max(value, 0), length - 1);
  return {
    column: within(cell.column + change[0], input.xs.length),
    row: within(cell.row + change[1], input.ys.length),
  };
}
