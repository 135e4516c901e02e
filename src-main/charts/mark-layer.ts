/**
 * Values of separate things (classes, claims, indices): one mark each and no line between neighbours, over a stem from zero
 * where there is room for one. Several series stand side by side within the width of one thing.
 */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import type { SeriesRole } from '../api/contract.ts';
import { END_LABEL_DISTANCE, END_LABEL_SIZE } from './end-labels.ts';
import type { SortedPoints } from './line-data.ts';
import type { ChartTheme } from './theme.ts';

/** How the series of one chart share the width that one thing has. */
export interface MarkRoom {
  /** Pixels across a mark. */
  readonly size: number;
  /** Pixels from the middle of one series' marks to the next one's. */
  readonly step: number;
  readonly stems: boolean;
  /** Pixels from the middle of the last thing to the labels: out of the way of its marks. */
  readonly toLabel: number;
}

const SMALLEST = 3;
const LARGEST = 9;
/** Part of the width of a thing that its marks take; the rest keeps it apart from its neighbours. */
const FILLED = 0.7;

/** @param room pixels from one thing to the next. */
export function markRoom(room: number, series: number): MarkRoom {
  const step = (room * FILLED) / Math.max(1, series);
  return {
    size: Math.round(Math.min(LARGEST, Math.max(SMALLEST, step))),
    step: Math.min(step, LARGEST + 3),
    stems: step >= SMALLEST,
    toLabel: room / 2 + END_LABEL_DISTANCE,
  };
}

/** Pixels by which the marks of a series stand beside the middle. */
const offsetOf = (index: number, count: number, { step }: MarkRoom): number => (index - (count - 1) / 2) * step;

export interface Mark {
  readonly name: string;
  readonly color: string;
  readonly role: SeriesRole | 'overlay';
  /** Place among the series, from 0, and their number. */
  readonly index: number;
  readonly count: number;
}

/** @param labelShift null: no label beside the last mark. */
export function markLayer(
  mark: Mark,
  points: SortedPoints,
  room: MarkRoom,
  labelShift: number | null,
  theme: ChartTheme,
): LineSeriesOption {
  const { name, color, role, index, count } = mark;
  const hollow = role === 'theory' || role === 'reference';
  return {
    type: 'line',
    id: `line:${index}`,
    name,
    data: points.drawn,
    z: 4,
    showSymbol: true,
    showAllSymbol: true,
    // Shapes tell the groups apart where colours do not.
    symbol: role === 'minority' ? 'triangle' : role === 'between' ? 'diamond' : 'circle',
    symbolSize: room.size,
    symbolOffset: [offsetOf(index, count, room), 0],
    clip: true,
    lineStyle: { width: 0, color: 'transparent' },
    itemStyle: hollow ? { color: theme.panel, borderColor: color, borderWidth: 1.25 } : { color },
    emphasis: { disabled: true },
    endLabel: {
      show: labelShift !== null,
      formatter: name,
      color,
      fontSize: END_LABEL_SIZE,
      distance: room.toLabel,
      offset: [0, labelShift ?? 0],
    },
  };
}

/** Thin lines from zero to the marks of one series. */
export function stemLayer(mark: Mark, points: SortedPoints, room: MarkRoom): CustomSeriesOption {
  const drawn = points.drawn.filter((point): point is [number, number] => point[1] !== null);
  const offset = offsetOf(mark.index, mark.count, room);
  return {
    type: 'custom',
    id: `stem:${mark.index}`,
    silent: true,
    clip: true,
    z: 2,
    tooltip: { show: false },
    data: drawn,
    renderItem: (params, api) => {
      const [x, y] = drawn[params.dataIndex]!;
      const [at, top] = api.coord([x, y]) as [number, number];
      const floor = api.coord([x, 0])[1]!;
      return {
        type: 'line',
        shape: { x1: at + offset, x2: at + offset, y1: floor, y2: top },
        style: { stroke: mark.color, lineWidth: 1.5, opacity: 0.45 },
      };
    },
  };
}
