/** What lies under and over the lines of a chart: bands, envelopes, marks of non-finite values, dots. */
import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts';
import type { Range } from './line-chart.ts';
import type { ChartTheme } from './theme.ts';

interface PlotArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * One polygon per run of finite values between `low` and `high`. A custom series, for stacked areas are wrong on a
 * logarithmic axis. Values beyond the axis are held at its ends, so a lower bound of 0 reaches a log axis's floor.
 */
export function areaLayer(
  id: string,
  x: ArrayLike<number>,
  range: Range,
  color: string,
  opacity: number,
  extent: readonly [number, number],
): CustomSeriesOption {
  const pieces = finitePieces(x, range);
  const hold = (value: number): number => Math.min(Math.max(value, extent[0]), extent[1]);
  return {
    type: 'custom',
    id,
    silent: true,
    clip: true,
    z: 1,
    tooltip: { show: false },
    data: pieces.map((piece) => [x[piece[0]!]!, hold(range.low[piece[0]!]!)]),
    renderItem: (params, api) => {
      const piece = pieces[params.dataIndex] ?? [];
      const upper = piece.map((i) => api.coord([x[i]!, hold(range.high[i]!)]));
      const lower = piece.map((i) => api.coord([x[i]!, hold(range.low[i]!)])).reverse();
      return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill: color, opacity } };
    },
  };
}

/** Index runs over which both ends are finite; a run of one point has no area. */
function finitePieces(x: ArrayLike<number>, range: Range): number[][] {
  const pieces: number[][] = [[]];
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i]) && Number.isFinite(range.low[i]) && Number.isFinite(range.high[i]))
      pieces.at(-1)!.push(i);
    else if (pieces.at(-1)!.length > 0) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 1);
}

/** NaN as a cross at the floor, +∞ and −∞ as arrows at the edge they left by. */
export function nonFiniteLayer(
  id: string,
  points: readonly { readonly x: number; readonly y: number }[],
  color: string,
  floor: number,
  theme: ChartTheme,
): CustomSeriesOption {
  return {
    type: 'custom',
    id,
    silent: true,
    z: 5,
    tooltip: { show: false },
    data: points.map((point) => [point.x, floor]),
    renderItem: (params, api) => {
      const area = params.coordSys as unknown as PlotArea;
      const value = points[params.dataIndex]?.y ?? NaN;
      const bottom = area.y + area.height;
      const x = api.coord([api.value(0), floor])[0] ?? NaN;
      const path = Number.isNaN(value)
        ? `M${x - 4},${bottom - 10}L${x + 4},${bottom - 2}M${x + 4},${bottom - 10}L${x - 4},${bottom - 2}`
        : value > 0
          ? `M${x - 4},${area.y + 9}L${x},${area.y + 2}L${x + 4},${area.y + 9}Z`
          : `M${x - 4},${bottom - 9}L${x},${bottom - 2}L${x + 4},${bottom - 9}Z`;
      return {
        type: 'path',
        shape: { pathData: path },
        style: {
          stroke: Number.isNaN(value) ? theme.ink : color,
          fill: Number.isNaN(value) ? 'none' : color,
          lineWidth: 1.5,
        },
      };
    },
  };
}

export function dotLayer(
  id: string,
  dots: readonly { readonly x: number; readonly y: number; readonly color: string }[],
  theme: ChartTheme,
): ScatterSeriesOption {
  return {
    type: 'scatter',
    id,
    silent: true,
    z: 6,
    symbolSize: 8,
    tooltip: { show: false },
    data: dots.map((dot) => ({
      value: [dot.x, dot.y],
      itemStyle: { color: dot.color, borderColor: theme.panel, borderWidth: 1.5 },
    })),
  };
}
