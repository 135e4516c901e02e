/** What a grid's picture is made of, from below: cells, contours, marks, the colour bar, and the element that feels the pointer. */
import type { CustomSeriesOption } from 'echarts';
import { cellPaths, hatchPath } from './grid-cells.ts';
import type { GridInput } from './grid-chart.ts';
import { LEVELS, type GridScale } from './grid-scale.ts';
import type { ChartTheme } from './theme.ts';
import { tickLabel } from './ticks.ts';

/** Where the plot stands in the chart, in pixels, and what its axes span. */
export interface GridPlot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly xExtent: readonly [number, number];
  readonly yExtent: readonly [number, number];
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
  readonly scale: GridScale;
  readonly theme: ChartTheme;
}

/** Ink over the cells, the same in both themes, for the cells' colours are. */
const INK = '#1C2127';
const HALO = '#FFFFFF';

const silent = (id: string, z: number) =>
  ({ type: 'custom', id, silent: true, z, tooltip: { show: false }, clip: false }) as const;

export function cellLayer(input: GridInput, plot: GridPlot): CustomSeriesOption {
  const levels = Int16Array.from({ length: input.xs.length * input.ys.length }, (_, i) => {
    const place = plot.scale.place(input.values[i] ?? null);
    return place === null ? -1 : Math.round(place * (LEVELS - 1));
  });
  return {
    ...silent('cells', 1),
    clip: true,
    data: [[plot.xExtent[0], plot.yExtent[0]]],
    renderItem: (_, api) => {
      // Whole pixels: neighbours meet without seams.
      const x = plot.xEdges.map((edge) => Math.round(api.coord([edge, plot.yExtent[0]])[0]!));
      const y = plot.yEdges.map((edge) => Math.round(api.coord([plot.xExtent[0], edge])[1]!));
      const children = [...cellPaths(levels, x, y)].map(([level, pathData]) => ({
        type: 'path' as const,
        shape: { pathData },
        style: { fill: level < 0 ? plot.theme.missing : plot.scale.color(level / (LEVELS - 1)) },
      }));
      const hatch = hatchPath(levels, x, y, 8);
      return {
        type: 'group',
        children: [
          ...children,
          ...(hatch === ''
            ? []
            : [
                {
                  type: 'path' as const,
                  shape: { pathData: hatch },
                  style: { stroke: plot.theme.secondary, fill: 'none', lineWidth: 0.75, opacity: 0.6 },
                },
              ]),
        ],
      };
    },
  };
}

type Point = [number, number];

export function contourLayer(input: GridInput, plot: GridPlot): CustomSeriesOption {
  return {
    ...silent('contours', 3),
    clip: true,
    data: input.contours.map(() => [plot.xExtent[0], plot.yExtent[0]]),
    renderItem: (params, api) => {
      const contour = input.contours[params.dataIndex]!;
      const pieces = piecesOf(contour.x, contour.y).map((piece) => piece.map((point) => api.coord(point) as Point));
      const line = (points: Point[], stroke: string, lineWidth: number, opacity: number) => ({
        type: 'polyline' as const,
        shape: { points },
        style: { stroke, lineWidth, opacity, fill: 'none', lineJoin: 'round' as const },
      });
      const marks = (input.marks ?? []).map((mark) => api.coord([mark.x, mark.y]) as Point);
      const label = labelPlace(pieces.flat(), marks, plot, params.dataIndex);
      return {
        type: 'group',
        children: [
          ...pieces.map((points) => line(points, HALO, 4, 0.55)),
          ...pieces.map((points) => line(points, INK, 1.5, 1)),
          ...(label ? [text(contour.label, label, plot)] : []),
        ],
      };
    },
  };
}

function piecesOf(x: readonly number[], y: readonly number[]): Point[][] {
  const pieces: Point[][] = [[]];
  x.forEach((at, i) => {
    if (Number.isFinite(at) && Number.isFinite(y[i])) pieces.at(-1)!.push([at, y[i]!]);
    else if (pieces.at(-1)!.length > 0) pieces.push([]);
  });
  return pieces.filter((piece) => piece.length > 1);
}

/** On the visible part of the line and clear of the marks, each contour at another share of it, so that labels do not meet. */
function labelPlace(points: readonly Point[], marks: readonly Point[], plot: GridPlot, index: number): Point | null {
  const inside = points.filter(
    ([x, y]) =>
      x > plot.left + 20 &&
      x < plot.left + plot.width - 20 &&
      y > plot.top + 12 &&
      y < plot.top + plot.height - 12 &&
      marks.every(([mx, my]) => Math.hypot(mx - x, my - y) > 40),
  );
  return inside[Math.floor(inside.length * (0.35 + 0.3 * (index % 2)))] ?? null;
}

function text(label: string, [x, y]: Point, plot: GridPlot) {
  return {
    type: 'text' as const,
    x: x + 6,
    y,
    style: {
      text: label,
      fill: INK,
      stroke: HALO,
      lineWidth: 3,
      font: `12px ${plot.theme.font}`,
      align: 'left' as const,
      verticalAlign: 'middle' as const,
    },
  };
}

export function markLayer(input: GridInput, plot: GridPlot): CustomSeriesOption {
  const marks = input.marks ?? [];
  return {
    ...silent('marks', 5),
    clip: true,
    data: marks.map((mark) => [mark.x, mark.y]),
    renderItem: (params, api) => {
      const mark = marks[params.dataIndex]!;
      const [cx, cy] = api.coord([mark.x, mark.y]) as Point;
      const ring = (r: number, stroke: string, lineWidth: number) => ({
        type: 'circle' as const,
        shape: { cx, cy, r },
        style: { stroke, lineWidth, fill: 'none' },
      });
      // A label that would leave the plot at the right stands at the left.
      const width = mark.label.length * 7;
      const x = cx + 6 + width > plot.left + plot.width ? cx - 14 - width : cx + 4;
      return {
        type: 'group',
        children: [ring(5, HALO, 4), ring(5, INK, 2), ...(mark.label ? [text(mark.label, [x, cy - 12], plot)] : [])],
      };
    },
  };
}

/** @param x left edge of the bar, pixels. */
export function barLayer(
  input: GridInput,
  plot: GridPlot,
  x: number,
  width: number,
  labelWidth: number,
): CustomSeriesOption {
  const { scale, theme, top, height } = plot;
  const steps = 64;
  const edge = (i: number): number => Math.round(top + height * (1 - i / steps));
  return {
    ...silent('bar', 2),
    data: [[plot.xExtent[0], plot.yExtent[0]]],
    renderItem: () => ({
      type: 'group',
      children: [
        ...Array.from({ length: steps }, (_, i) => ({
          type: 'rect' as const,
          shape: { x, y: edge(i + 1), width, height: edge(i) - edge(i + 1) },
          style: { fill: scale.color((i + 0.5) / steps) },
        })),
        {
          type: 'rect',
          shape: { x, y: top, width, height },
          style: { fill: 'none', stroke: theme.secondary, lineWidth: 0.5 },
        },
        ...scale.ticks.flatMap((tick) => {
          const y = top + height * (1 - (scale.place(tick) ?? 0));
          return [
            {
              type: 'line' as const,
              shape: { x1: x + width, y1: y, x2: x + width + 3, y2: y },
              style: { stroke: theme.secondary, lineWidth: 1 },
            },
            {
              type: 'text' as const,
              x: x + width + 6,
              y,
              style: {
                text: tickLabel(tick),
                fill: theme.secondary,
                font: `11px ${theme.font}`,
                verticalAlign: 'middle' as const,
              },
            },
          ];
        }),
        {
          type: 'text',
          x: x + width + labelWidth + 12,
          y: top + height / 2,
          rotation: Math.PI / 2,
          style: {
            text: input.valueLabel,
            fill: theme.ink,
            font: `12px ${theme.font}`,
            align: 'center',
            verticalAlign: 'top',
          },
        },
      ],
    }),
  };
}

/** Invisible, over the whole plot. */
export function hoverLayer(plot: GridPlot): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'hover',
    z: 9,
    data: [[plot.xExtent[0], plot.yExtent[0]]],
    renderItem: () => ({
      type: 'rect',
      emphasisDisabled: true,
      shape: { x: plot.left, y: plot.top, width: plot.width, height: plot.height },
      style: { fill: 'transparent' },
    }),
  };
}
