/**
 * Vectors from the origin in three dimensions, by orthographic projection: the outline of a sphere, its equator, and what
 * is at the back fainter. A fixed view where nothing can turn it (reports), any other on screen.
 */
import type { CustomSeriesOption, EChartsOption } from 'echarts';
import { exact } from './format.ts';
import type { GeometryVector } from './geometry-chart.ts';
import { roleStroke } from './roles.ts';
import { baseText, chartTitle, cornerNote } from './text.ts';
import type { ChartFrame, ChartTheme } from './theme.ts';
import { escapeHtml, tooltipBox, tooltipHtml } from './tooltip.ts';
import { labelPlaces, vectorMark } from './vector-marks.ts';

export interface SpaceVector extends GeometryVector {
  readonly z: number;
}

export interface SpaceInput {
  readonly title?: string;
  readonly vectors: readonly SpaceVector[];
  /** For instance `exact: rank 3` or `best 3-D projection: 43 % of squared norm`. */
  readonly projection: string;
  /** Half side of the square shown; the longest vector's length otherwise. A fixed one keeps frames comparable. */
  readonly reach?: number;
  /** Radius of the sphere drawn; another one than 1 is written beside it. */
  readonly sphere?: number;
}

/** Where the viewer stands, in radians: turned about the z axis, and risen above the x-y plane. */
export interface Turn {
  readonly azimuth: number;
  readonly elevation: number;
}

/** From the front, a little from above and from the right: no axis lies in line with another. */
export const defaultTurn: Turn = { azimuth: 0.45, elevation: 0.35 };

/** Coordinates on the screen (right, up) and towards the viewer. */
export function project(
  { x, y, z }: { readonly x: number; readonly y: number; readonly z: number },
  turn: Turn,
): readonly [right: number, up: number, depth: number] {
  const [ca, sa] = [Math.cos(turn.azimuth), Math.sin(turn.azimuth)];
  const [ce, se] = [Math.cos(turn.elevation), Math.sin(turn.elevation)];
  const forward = ca * x + sa * y;
  return [ca * y - sa * x, ce * z - se * forward, ce * forward + se * z];
}

export function spaceChart(input: SpaceInput, frame: ChartFrame, turn: Turn = defaultTurn): EChartsOption {
  const { theme } = frame;
  const top = 8 + (input.title ? 24 : 0);
  const side = Math.max(40, Math.floor(Math.min(frame.width - 16, frame.height - top - 24)));
  const reach = input.reach ?? Math.max(1, ...input.vectors.map((v) => Math.hypot(v.x, v.y, v.z))) * 1.15;
  const scale = side / 2 / reach;
  const axis = { type: 'value' as const, show: false, min: -reach, max: reach };
  // The nearest last, so that it lies on top.
  const placed = input.vectors
    .map((vector) => ({ vector, at: project(vector, turn) }))
    .sort((a, b) => a.at[2] - b.at[2]);
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: baseText(theme),
    title: [chartTitle(input.title ?? '', theme), cornerNote(input.projection, theme)],
    grid: { left: Math.floor((frame.width - side) / 2), top, width: side, height: side, outerBoundsMode: 'none' },
    tooltip: {
      ...tooltipBox(theme),
      trigger: 'item',
      formatter: (hit) => hoverText(placed[(hit as unknown as { dataIndex: number }).dataIndex]?.vector, theme),
    },
    xAxis: axis,
    yAxis: axis,
    series: [scaffold(reach, input.sphere ?? 1, scale, turn, theme), vectorLayer(placed, scale, theme)],
  };
}

type Pixel = [number, number];

/** Outline and equator of the sphere, and the three axes: what is behind is dotted. */
function scaffold(reach: number, radius: number, scale: number, turn: Turn, theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'scaffold',
    silent: true,
    z: 1,
    tooltip: { show: false },
    data: [[0, 0]],
    renderItem: (_, api) => {
      const [cx, cy] = api.coord([0, 0]) as Pixel;
      const pixel = (x: number, y: number, z: number): Pixel => {
        const [right, up] = project({ x, y, z }, turn);
        return [cx + scale * right, cy - scale * up];
      };
      /** Half of the equator, the viewer's or the other. */
      const half = (start: number): Pixel[] =>
        Array.from({ length: 49 }, (_, i) => {
          const angle = turn.azimuth + start + (Math.PI * i) / 48;
          return pixel(radius * Math.cos(angle), radius * Math.sin(angle), 0);
        });
      const line = (points: Pixel[], stroke: string, lineDash: 'solid' | number[]) => ({
        type: 'polyline' as const,
        shape: { points },
        style: { stroke, fill: 'none', lineWidth: 1, lineDash },
      });
      const axes = [
        [reach, 0, 0],
        [0, reach, 0],
        [0, 0, reach],
      ] as const;
      return {
        type: 'group',
        children: [
          ...axes.map(([x, y, z]) => line([pixel(-x, -y, -z), pixel(x, y, z)], theme.hairline, 'solid')),
          line(half(-Math.PI / 2), theme.secondary, [2, 3]),
          line(half(Math.PI / 2), theme.hairline, [2, 3]),
          {
            type: 'circle',
            shape: { cx, cy, r: scale * radius },
            style: { stroke: theme.secondary, fill: 'none', lineWidth: 1, lineDash: [2, 3] },
          },
          {
            type: 'text',
            x: cx + scale * radius * Math.SQRT1_2 + 4,
            y: cy + scale * radius * Math.SQRT1_2 + 4,
            style: { text: radius === 1 ? '' : `radius ${radius}`, fill: theme.secondary, font: `11px ${theme.font}` },
          },
        ],
      };
    },
  };
}

interface Placed {
  readonly vector: SpaceVector;
  readonly at: readonly [number, number, number];
}

function vectorLayer(placed: readonly Placed[], scale: number, theme: ChartTheme): CustomSeriesOption {
  const heads = placed.map(({ vector, at: [x, y, depth] }) => ({
    ...vector,
    x: scale * x,
    y: scale * y,
    depth: scale * depth,
  }));
  // Where heads crowd, the nearer one keeps its label.
  const labels = labelPlaces([...heads].reverse()).reverse();
  const deepest = Math.max(1e-9, ...placed.map(({ at }) => Math.abs(at[2])));
  return {
    type: 'custom',
    id: 'vectors',
    z: 3,
    data: placed.map(({ at }) => [at[0], at[1]]),
    renderItem: (params, api) => {
      const { vector, at } = placed[params.dataIndex]!;
      const from = api.coord([0, 0]) as Pixel;
      const to = api.coord([at[0], at[1]]) as Pixel;
      const nearness = 0.7 + (0.3 * at[2]) / deepest;
      return vectorMark(vector, { from, to, label: labels[params.dataIndex], nearness }, theme);
    },
  };
}

function hoverText(vector: SpaceVector | undefined, theme: ChartTheme): string {
  if (!vector) return '';
  const color = roleStroke(vector.role, theme).color;
  return tooltipHtml(`${vector.kind === 'classifier' ? 'Classifier' : 'Class mean'} ${escapeHtml(vector.label)}`, [
    { name: 'length in these dimensions', color, value: exact(Math.hypot(vector.x, vector.y, vector.z)) },
    { name: 'coordinates', color, value: [vector.x, vector.y, vector.z].map(exact).join(', ') },
  ]);
}
