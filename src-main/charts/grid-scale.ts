/**
 * From a value of a grid to its colour: the fixed scale of cosines, or cividis from the least value to the greatest, in
 * equal steps or in decades. Colours come in levels, so that cells of one colour can be drawn as one shape.
 */
import { sequentialColor } from './color-scale.ts';
import { divergingColor } from './diverging.ts';
import type { GridInput } from './grid-chart.ts';
import { logTicks, multiples, roundStep } from './ticks.ts';

/** As many as eight bits tell apart, and odd, so that the cosine 0 is white. */
export const LEVELS = 255;

export interface GridScale {
  /** Ends of the colour bar. */
  readonly low: number;
  readonly high: number;
  /** Values with a label beside the bar. */
  readonly ticks: readonly number[];
  /** Place of a value on the bar, 0 … 1; null: the value has no place there. */
  place(value: number | null): number | null;
  /** @param t place on the bar. */
  color(t: number): string;
}

export function gridScale(input: GridInput): GridScale {
  if (input.scale === 'cosine') return linear(-1, 1, [-1, -0.5, 0, 0.5, 1], (t) => divergingColor(2 * t - 1));
  const [low, high] = input.domain ?? extentOf(input.values, input.scale === 'sequential-log');
  if (input.scale === 'sequential') {
    const ticks = multiples(low, high, roundStep((high - low) / 4));
    return linear(low, high, ticks, sequentialColor);
  }
  const decades = Math.log(high / low);
  return {
    low,
    high,
    ticks: logTicks(low, high, 5).major,
    place: (value) =>
      value === null || !(value > 0) ? null : Math.min(Math.max(Math.log(value / low) / decades, 0), 1),
    color: sequentialColor,
  };
}

function linear(low: number, high: number, ticks: readonly number[], color: (t: number) => string): GridScale {
  return {
    low,
    high,
    ticks,
    place: (value) =>
      value === null || Number.isNaN(value) ? null : Math.min(Math.max((value - low) / (high - low), 0), 1),
    color,
  };
}

/** Of the finite values; widened where all are equal, a unit where there are none. */
function extentOf(values: ArrayLike<number | null>, positive: boolean): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value) || (positive && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return positive ? [0.1, 1] : [0, 1];
  if (low < high) return [low, high];
  return positive ? [low / 2, high * 2] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
}
