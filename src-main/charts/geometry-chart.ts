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
  const labels = labelPlaces(input.vectors, scale);
  return {
    type: 'custom',
    id: 'vectors',
    z: 3,
    data: input.vectors.map((vector) => [vector.x, vector.y]),
    renderItem: (params, api) => {
      const vector = input.vectors[params.dataIndex]!;
      const [cx, cy] = api.coord([0, 0]) as [number, number];
      const [x, y] = api.coord([vector.x, vector.y]) as [number, number];
      const color = roleStroke(vector.role, theme).color;
      const length = Math.hypot(x - cx, y - cy);
      const [ux, uy] = length > 0 ? [(x - cx) / length, (y - cy) / length] : [0, 0];
      const label = labels[params.dataIndex];
      const isArrow = vector.kind === 'classifier';
      const stem = isArrow ? Math.max(0, length - 7) : Math.max(0, length - 3.5);
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: cx, y1: cy, x2: cx + ux * stem, y2: cy + uy * stem },
            style: {
              stroke: color,
              lineWidth: isArrow ? 2 : 1,
              opacity: isArrow ? 1 : 0.55,
              lineDash: isArrow ? ('solid' as const) : [3, 2],
            },
          },
          isArrow && length > 7
            ? { type: 'polygon', shape: { points: arrowHead(x, y, ux, uy) }, style: { fill: color } }
            : {
                type: 'circle',
                shape: { cx: x, cy: y, r: isArrow ? 3 : 3.5 },
                style: isArrow ? { fill: color } : { fill: theme.panel, stroke: color, lineWidth: 1.5 },
              },
          {
            type: 'text',
            x: x + (length > 0 ? ux : 0.7) * 13,
            y: y + (length > 0 ? uy : -0.7) * 13,
            silent: true,
            style: {
              text: label ?? '',
              fill: color,
              stroke: theme.panel,
              lineWidth: 3,
              font: `11px ${theme.font}`,
              align: 'center',
              verticalAlign: 'middle',
            },
          },
        ],
      };
    },
  };
}

function arrowHead(x: number, y: number, ux: number, uy: number): [number, number][] {
  const back = 9;
  const half = 3.5;
  return [
    [x, y],
    [x - ux * back - uy * half, y - uy * back + ux * half],
    [x - ux * back + uy * half, y - uy * back - ux * half],
  ];
}

/**
 * Vectors that coincide share one label (`6–10`), given to the first of them; where heads crowd, only some are labelled, and
 * hover names the others. Features go unlabelled.
 */
function labelPlaces(vectors: readonly GeometryVector[], scale: number): (string | undefined)[] {
  const places: (string | undefined)[] = vectors.map(() => undefined);
  const heads: { readonly vector: GeometryVector; readonly index: number; readonly members: string[] }[] = [];
  const distance = (a: GeometryVector, b: GeometryVector): number => scale * Math.hypot(a.x - b.x, a.y - b.y);
  vectors.forEach((vector, index) => {
    if (vector.kind === 'feature') return;
    const same = heads.find((head) => head.vector.role === vector.role && distance(head.vector, vector) < 1);
    if (same) same.members.push(vector.label);
    else heads.push({ vector, index, members: [vector.label] });
  });
  const labelled: GeometryVector[] = [];
  for (const { vector, index, members } of heads) {
    if (labelled.some((other) => distance(other, vector) < 9)) continue;
    labelled.push(vector);
    places[index] = joinLabels(members);
  }
  return places;
}

function joinLabels(labels: readonly string[]): string {
  const numbers = labels.map(Number);
  const consecutive = numbers.every((n, i) => i === 0 || n === numbers[i - 1]! + 1);
  if (labels.length > 2 && consecutive) return `${labels[0]}–${labels.at(-1)}`;
  return labels.length > 4 ? `${labels.slice(0, 3).join(', ')} +${labels.length - 3}` : labels.join(', ');
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
