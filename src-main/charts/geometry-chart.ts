/**
 * Classifiers and class means as vectors from the origin: equal scales, unit circle, group colours, class labels, and
 * the projection by its name. It draws coordinates; choosing the projection is the caller's.
 */
import type { CustomSeriesOption, EChartsOption } from 'echarts';
import type { SeriesRole } from '../api/contract.ts';
import { exact } from './format.ts';
import { roleStroke } from './roles.ts';
import { baseText, chartTitle, cornerNote } from './text.ts';
import type { ChartFrame, ChartTheme } from './theme.ts';
import { escapeHtml, tooltipBox, tooltipHtml } from './tooltip.ts';
import { labelPlaces, vectorMark } from './vector-marks.ts';

export interface GeometryVector {
  readonly label: string;
  readonly role: SeriesRole;
  /** classifier: an arrow; feature: a thin line that ends in a ring. */
  readonly kind: 'classifier' | 'feature';
  readonly x: number;
  readonly y: number;
}

export interface GeometryInput {
  readonly title?: string;
  readonly vectors: readonly GeometryVector[];
  /** For instance `exact: rank 2` or `principal components 1 and 2: 43 % of the squared norm`. */
  readonly projection: string;
  /** Half side of the square shown; the longest vector's length otherwise. A fixed one keeps frames comparable. */
  readonly reach?: number;
  /** Radius of the circle drawn; another one than 1 is written beside it. */
  readonly circle?: number;
}

export function geometryChart(input: GeometryInput, frame: ChartFrame): EChartsOption {
  const { theme } = frame;
  const top = 8 + (input.title ? 24 : 0);
  const side = Math.max(40, Math.floor(Math.min(frame.width - 16, frame.height - top - 24)));
  const reach = input.reach ?? Math.max(1, ...input.vectors.map((v) => Math.hypot(v.x, v.y))) * 1.15;
  const axis = { type: 'value' as const, show: false, min: -reach, max: reach };
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: baseText(theme),
    title: [chartTitle(input.title ?? '', theme), cornerNote(input.projection, theme)],
    grid: { left: Math.floor((frame.width - side) / 2), top, width: side, height: side, outerBoundsMode: 'none' },
    tooltip: { ...tooltipBox(theme), trigger: 'item', formatter: (hit) => hoverText(hit, input, theme) },
    xAxis: axis,
    yAxis: axis,
    series: [scaffold(reach, input.circle ?? 1, theme), vectorLayer(input, side / 2 / reach, theme)],
  };
}

/** Axes through the origin and the circle. */
function scaffold(reach: number, circle: number, theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'scaffold',
    silent: true,
    z: 1,
    tooltip: { show: false },
    data: [[0, 0]],
    renderItem: (_, api) => {
      const [cx, cy] = api.coord([0, 0]) as [number, number];
      const radius = api.coord([circle, 0])[0]! - cx;
      const extent = api.coord([reach, 0])[0]! - cx;
      const hairline = { stroke: theme.hairline, lineWidth: 1 };
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: cx - extent, y1: cy, x2: cx + extent, y2: cy }, style: hairline },
          { type: 'line', shape: { x1: cx, y1: cy - extent, x2: cx, y2: cy + extent }, style: hairline },
          {
            type: 'text',
            x: cx + radius * Math.SQRT1_2 + 4,
            y: cy + radius * Math.SQRT1_2 + 4,
            style: { text: circle === 1 ? '' : `radius ${circle}`, fill: theme.secondary, font: `11px ${theme.font}` },
          },
          {
            type: 'circle',
            shape: { cx, cy, r: radius },
            style: { stroke: theme.secondary, fill: 'none', lineWidth: 1, lineDash: [2, 3] },
          },
        ],
      };
    },
  };
}

/** @param scale pixels per unit. */
function vectorLayer(input: GeometryInput, scale: number, theme: ChartTheme): CustomSeriesOption {
  const labels = labelPlaces(input.vectors.map((v) => ({ ...v, x: scale * v.x, y: scale * v.y, depth: 0 })));
  return {
    type: 'custom',
    id: 'vectors',
    z: 3,
    data: input.vectors.map((vector) => [vector.x, vector.y]),
    renderItem: (params, api) => {
      const vector = input.vectors[params.dataIndex]!;
      const from = api.coord([0, 0]) as [number, number];
      const to = api.coord([vector.x, vector.y]) as [number, number];
      return vectorMark(vector, { from, to, label: labels[params.dataIndex] }, theme);
    },
  };
}

function hoverText(hit: unknown, input: GeometryInput, theme: ChartTheme): string {
  const vector = input.vectors[(hit as { dataIndex: number }).dataIndex];
  if (!vector) return '';
  const color = roleStroke(vector.role, theme).color;
  return tooltipHtml(`${vector.kind === 'classifier' ? 'Classifier' : 'Class mean'} ${escapeHtml(vector.label)}`, [
    { name: 'length in this plane', color, value: exact(Math.hypot(vector.x, vector.y)) },
    { name: 'coordinates', color, value: `${exact(vector.x)}, ${exact(vector.y)}` },
  ]);
}
