/**
 * How one vector is drawn, in the plane and in space alike: classifiers as arrows, features as thin lines that end in a
 * ring, and a label where there is room for one.
 */
import type { CustomSeriesRenderItemReturn } from 'echarts';
import type { GeometryVector } from './geometry-chart.ts';
import { roleStroke } from './roles.ts';
import type { ChartTheme } from './theme.ts';

type Point = readonly [number, number];

export interface VectorPlace {
  /** Pixels. */
  readonly from: Point;
  readonly to: Point;
  readonly label: string | undefined;
  /** 0 … 1, for what lies at the back; 1 otherwise. */
  readonly nearness?: number;
}

export function vectorMark(
  vector: Pick<GeometryVector, 'role' | 'kind'>,
  { from: [cx, cy], to: [x, y], label, nearness = 1 }: VectorPlace,
  theme: ChartTheme,
): CustomSeriesRenderItemReturn {
  const color = roleStroke(vector.role, theme).color;
  const length = Math.hypot(x - cx, y - cy);
  const [ux, uy] = length > 0 ? [(x - cx) / length, (y - cy) / length] : [0, 0];
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
          lineWidth: isArrow ? 1 + nearness : 1,
          opacity: (isArrow ? 1 : 0.55) * nearness,
          lineDash: isArrow ? ('solid' as const) : [3, 2],
        },
      },
      isArrow && length > 7
        ? { type: 'polygon', shape: { points: arrowHead(x, y, ux, uy) }, style: { fill: color, opacity: nearness } }
        : {
            type: 'circle',
            shape: { cx: x, cy: y, r: isArrow ? 3 : 3.5 },
            style: {
              ...(isArrow ? { fill: color } : { fill: theme.panel, stroke: color, lineWidth: 1.5 }),
              opacity: nearness,
            },
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

/** A head on the screen in pixels from the origin; depth 0 where the drawing is flat. */
export interface Head extends Pick<GeometryVector, 'label' | 'role' | 'kind'> {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/**
 * Vectors that coincide share one label (`6–10`), given to the first of them; where heads crowd, only the first are labelled,
 * and hover names the others. Features go unlabelled.
 */
export function labelPlaces(heads: readonly Head[]): (string | undefined)[] {
  const places: (string | undefined)[] = heads.map(() => undefined);
  const groups: { readonly head: Head; readonly index: number; readonly members: string[] }[] = [];
  heads.forEach((head, index) => {
    if (head.kind === 'feature') return;
    const same = groups.find(
      ({ head: other }) =>
        other.role === head.role && Math.hypot(other.x - head.x, other.y - head.y, other.depth - head.depth) < 1,
    );
    if (same) same.members.push(head.label);
    else groups.push({ head, index, members: [head.label] });
  });
  const labelled: Head[] = [];
  for (const { head, index, members } of groups) {
    if (labelled.some((other) => Math.hypot(other.x - head.x, other.y - head.y) < 9)) continue;
    labelled.push(head);
    places[index] = joinLabels(members);
  }
  return places;
}

function joinLabels(labels: readonly string[]): string {
  const sorted = [...labels].sort((a, b) => Number(a) - Number(b));
  const consecutive = sorted.every((label, i) => i === 0 || Number(label) === Number(sorted[i - 1]) + 1);
  if (sorted.length > 2 && consecutive) return `${sorted[0]}–${sorted.at(-1)}`;
  return sorted.length > 4 ? `${sorted.slice(0, 3).join(', ')} +${sorted.length - 3}` : sorted.join(', ');
}
