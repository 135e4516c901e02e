/**
 * The legend of a line chart, where names do not fit at the lines' ends: as many rows as leave the plot its room, else pages
 * of names, which nobody can turn in print.
 */
import type { LegendComponentOption } from 'echarts';
import { textWidth } from './text.ts';
import type { ChartTheme } from './theme.ts';

const ROW = 24;
/** Pixels beside the legend. */
const MARGIN = { left: 36, right: 12 };
const GAP = 10;
const MARK = 22;
/** Pixels that the plot keeps, and those that it is given where there is a choice. */
const LEAST_PLOT = 110;
const GOOD_PLOT = 180;

export interface LegendEntry {
  readonly name: string;
  readonly icon: string;
}

/** Rows that names take when they are set one after the other, each behind its stroke. */
function rowsOf(names: readonly string[], width: number): number {
  const most = width - MARGIN.left - MARGIN.right;
  let [rows, used] = [1, 0];
  for (const name of names) {
    const needed = MARK + 5 + textWidth(name, 12) + GAP;
    if (used > 0 && used + needed > most) [rows, used] = [rows + 1, 0];
    used += needed;
  }
  return rows;
}

/** Pixels that the names take, and whether they are turned in pages for want of `room` for them and the plot. */
export function legendSize(
  names: readonly string[],
  width: number,
  room: number,
): { readonly height: number; readonly paged: boolean } {
  const height = rowsOf(names, width) * ROW;
  return height <= room - LEAST_PLOT ? { height, paged: false } : { height: ROW, paged: true };
}

/** What a picture must be higher by so that all the names stand in it, over a plot of a good height. */
export function legendLack(names: readonly string[], width: number, room: number): number {
  return legendSize(names, width, room).paged ? rowsOf(names, width) * ROW + GOOD_PLOT - room : 0;
}

export function legend(
  entries: readonly LegendEntry[],
  { show, paged, top }: { readonly show: boolean; readonly paged: boolean; readonly top: number },
  theme: ChartTheme,
): LegendComponentOption {
  return {
    show,
    type: paged ? 'scroll' : 'plain',
    top,
    ...MARGIN,
    itemWidth: MARK,
    itemGap: GAP,
    // As high as the text: a paged legend cuts off what is above and below its marks.
    itemHeight: 14,
    data: [...entries],
    textStyle: { color: theme.ink, fontSize: 12 },
    pageTextStyle: { color: theme.secondary },
    pageIconColor: theme.accent,
    pageIconInactiveColor: theme.hairline,
  };
}
