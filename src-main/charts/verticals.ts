/** Thin labelled verticals: thresholds, and the cursor. Labels that would collide climb to a level of their own. */
import type { SeriesOption } from 'echarts';
import { textWidth } from './text.ts';
import type { ChartTheme } from './theme.ts';

export interface Vertical {
  readonly x: number;
  readonly label: string;
  readonly kind: 'threshold' | 'cursor';
}

export interface LaidVerticals {
  /** `shift`: pixels that the label stands beside its line, so as not to leave the picture. */
  readonly lines: readonly (Vertical & { readonly level: number; readonly shift: number })[];
  /** Rows of labels above the plot. */
  readonly levels: number;
}

/**
 * Leaves out what lies beyond the axis: a line at its edge would be a wrong place.
 * @param right pixels beside the plot that labels may reach into.
 */
export function layVerticals(
  verticals: readonly Vertical[],
  extent: readonly [number, number],
  log: boolean,
  pixels: number,
  right: number,
): LaidVerticals {
  const scale = (x: number): number => (log ? Math.log(x) : x);
  const [low, high] = [scale(extent[0]), scale(extent[1])];
  const place = (x: number): number => ((scale(x) - low) / (high - low)) * pixels;
  const inside = verticals.filter((v) => Number.isFinite(v.x) && v.x >= extent[0] && v.x <= extent[1]);
  const taken: number[][] = [];
  const lines = [...inside]
    .sort((a, b) => a.x - b.x)
    .map((vertical) => {
      const half = textWidth(vertical.label, 11) / 2 + 4;
      const wanted = place(vertical.x);
      // At the left, the labels of the y axis are in the way.
      const at = Math.max(half - 4, Math.min(wanted, pixels + right - half));
      let level = taken.findIndex((ends) => (ends.at(-1) ?? -Infinity) <= at - half);
      if (level < 0) level = taken.push([]) - 1;
      taken[level]!.push(at + half);
      return { ...vertical, level, shift: Math.round(at - wanted) };
    });
  return { lines, levels: taken.length };
}

export function verticalsLayer(id: string, verticals: LaidVerticals, theme: ChartTheme): SeriesOption {
  return {
    type: 'line',
    id,
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      // Where it is, not rounded to the two decimals that ECharts would keep.
      precision: -1,
      z: 2,
      data: verticals.lines.map((line) => {
        const color = line.kind === 'cursor' ? theme.accent : theme.secondary;
        return {
          xAxis: line.x,
          name: line.label,
          lineStyle: { color, width: line.kind === 'cursor' ? 1.5 : 1, type: 'solid' as const },
          label: {
            show: true,
            position: 'end' as const,
            formatter: line.label,
            color,
            fontSize: 11,
            distance: 4,
            offset: [line.shift, -15 * line.level],
          },
        };
      }),
    },
  };
}
