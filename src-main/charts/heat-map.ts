/**
 * A square matrix of cosines as a heat-map: fixed colour scale, group boundaries, hatched cells where there is no value.
 * It refuses to rescale the colours to the data.
 */
import type { CustomSeriesOption, EChartsOption, SeriesOption } from 'echarts';
import type { SeriesRole } from '../api/contract.ts';
import { divergingColor, divergingStops } from './diverging.ts';
import { exact } from './format.ts';
import { hatchLines, heatBlocks, type HeatBlock } from './heat-cells.ts';
import { roleStroke } from './roles.ts';
import { baseText, chartTitle, cornerNote } from './text.ts';
import type { ChartFrame, ChartTheme } from './theme.ts';
import { escapeHtml, tooltipBox, tooltipHtml } from './tooltip.ts';

export interface HeatGroup {
  readonly name: string;
  readonly size: number;
  readonly role: SeriesRole;
}

export interface HeatMapInput {
  readonly title?: string;
  readonly size: number;
  /** Cosines, size×size, row-major; NaN or null: no value. */
  readonly values: ArrayLike<number | null>;
  /** In class order; their sizes add up to `size`. None: every class stands for itself. */
  readonly groups: readonly HeatGroup[];
  /** What a cell is the cosine of, for hover: `w` gives `w₃ · w₇`. */
  readonly symbol: string;
  /** Why cells have no value. */
  readonly missingReason?: string;
}

export function heatMap(input: HeatMapInput, frame: ChartFrame): EChartsOption {
  const { theme } = frame;
  const blocks = heatBlocks(input.values, input.size);
  const missing = blocks.some((block) => block.value === null);
  const top = 24 + (input.title ? 24 : 0);
  const side = Math.max(40, Math.floor(Math.min(frame.width - 24 - 64, frame.height - top - (missing ? 26 : 8))));
  const left = Math.max(24, Math.floor((frame.width - side - 40) / 2));
  const axis = {
    type: 'value' as const,
    min: 0,
    max: input.size,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
  };
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: baseText(theme),
    title: [
      chartTitle(input.title ?? '', theme),
      cornerNote(missing ? (input.missingReason ?? 'hatched: no value') : '', theme),
    ],
    grid: { left, top, width: side, height: side, outerBoundsMode: 'none' },
    tooltip: { ...tooltipBox(theme), trigger: 'item', formatter: (hit) => hoverText(hit, blocks, input) },
    visualMap: colorBar(left + side + 14, top, side, theme),
    xAxis: axis,
    yAxis: { ...axis, inverse: true },
    series: [cells(blocks, theme), boundaries(input, theme), ...groupLabels(input, theme)],
  };
}

function colorBar(left: number, top: number, side: number, theme: ChartTheme) {
  return {
    type: 'continuous' as const,
    min: -1,
    max: 1,
    // It colours no series: the cells carry their colours, from the same stops.
    seriesIndex: [],
    calculable: false,
    hoverLink: false,
    left,
    top: top - 5,
    padding: 5,
    itemWidth: 8,
    itemHeight: Math.max(20, side - 32),
    text: ['1', '−1'],
    textGap: 4,
    textStyle: { color: theme.secondary, fontSize: 11 },
    inRange: { color: [...divergingStops] },
  };
}

function cells(blocks: readonly HeatBlock[], theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'cells',
    z: 1,
    data: blocks.map((block) => [block.column, block.row]),
    renderItem: (params, api) => {
      const block = blocks[params.dataIndex]!;
      // Whole pixels: neighbours meet without seams.
      const [x0, y0] = api.coord([block.column, block.row]).map(Math.round) as [number, number];
      const [x1, y1] = api.coord([block.column + block.columns, block.row + block.rows]).map(Math.round) as [
        number,
        number,
      ];
      const shape = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
      // A hovered cell keeps its colour: the colour is the value.
      if (block.value !== null)
        return { type: 'rect', shape, style: { fill: divergingColor(block.value) }, emphasisDisabled: true };
      return {
        type: 'group',
        emphasisDisabled: true,
        children: [
          { type: 'rect', shape, style: { fill: theme.missing } },
          ...hatchLines(x0, y0, x1 - x0, y1 - y0, 6).map(([ax, ay, bx, by]) => ({
            type: 'line' as const,
            shape: { x1: ax, y1: ay, x2: bx, y2: by },
            style: { stroke: theme.secondary, lineWidth: 0.75, opacity: 0.6 },
            silent: true,
          })),
        ],
      };
    },
  };
}

/** Lines between groups, and the outline. */
function boundaries(input: HeatMapInput, theme: ChartTheme): SeriesOption {
  const cuts = input.groups.map((_, i) => input.groups.slice(0, i + 1).reduce((sum, group) => sum + group.size, 0));
  const ends = [...new Set([0, ...cuts, input.size])];
  return {
    type: 'custom',
    id: 'boundaries',
    silent: true,
    z: 3,
    tooltip: { show: false },
    data: ends.map((cut) => [cut, cut]),
    renderItem: (params, api) => {
      const cut = ends[params.dataIndex] ?? 0;
      const edge = cut === 0 || cut === input.size;
      const [x, y] = api.coord([cut, cut]) as [number, number];
      const [x0, y0] = api.coord([0, 0]) as [number, number];
      const [x1, y1] = api.coord([input.size, input.size]) as [number, number];
      const style = {
        stroke: edge ? theme.secondary : theme.name === 'light' ? theme.ink : theme.panel,
        lineWidth: edge ? 1 : 1.25,
      };
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: x, y1: y0, x2: x, y2: y1 }, style },
          { type: 'line', shape: { x1: x0, y1: y, x2: x1, y2: y }, style },
        ],
      };
    },
  };
}

/** Group names along the top and the left, in the group's colour; a coloured bar where a name would not fit. */
function groupLabels(input: HeatMapInput, theme: ChartTheme): SeriesOption[] {
  const starts = input.groups.map((_, i) => input.groups.slice(0, i).reduce((sum, group) => sum + group.size, 0));
  return [
    {
      type: 'custom',
      id: 'groups',
      silent: true,
      z: 4,
      tooltip: { show: false },
      data: starts.map((start) => [start, 0]),
      renderItem: (params, api) => {
        const group = input.groups[params.dataIndex]!;
        const start = starts[params.dataIndex] ?? 0;
        const [x0, y0] = api.coord([start, start]) as [number, number];
        const [x1, y1] = api.coord([start + group.size, start + group.size]) as [number, number];
        const [left, top] = api.coord([0, 0]) as [number, number];
        const fill = roleStroke(group.role, theme).color;
        const text = x1 - x0 > group.name.length * 7.2 ? group.name : '';
        const style = { text, fill, font: `11px ${theme.font}`, align: 'center' as const };
        return {
          type: 'group',
          children: [
            { type: 'rect', shape: { x: x0 + 1, y: top - 5, width: x1 - x0 - 2, height: 3 }, style: { fill } },
            { type: 'rect', shape: { x: left - 5, y: y0 + 1, width: 3, height: y1 - y0 - 2 }, style: { fill } },
            { type: 'text', x: (x0 + x1) / 2, y: top - 8, style: { ...style, verticalAlign: 'bottom' } },
            {
              type: 'text',
              x: left - 8,
              y: (y0 + y1) / 2,
              rotation: Math.PI / 2,
              style: { ...style, verticalAlign: 'bottom' },
            },
          ],
        };
      },
    },
  ];
}

function hoverText(hit: unknown, blocks: readonly HeatBlock[], input: HeatMapInput): string {
  const block = blocks[(hit as { dataIndex: number }).dataIndex];
  if (!block) return '';
  const symbol = escapeHtml(input.symbol);
  const span = (first: number, count: number): string =>
    count === 1
      ? symbol + subscript(first + 1)
      : `${symbol}${subscript(first + 1)}…${symbol}${subscript(first + count)}`;
  const value = block.value === null ? 'no value' : exact(block.value);
  const detail = block.value === null ? (input.missingReason ?? '') : '';
  const color = block.value === null ? '#8884' : divergingColor(block.value);
  return tooltipHtml(`cos(${span(block.row, block.rows)}, ${span(block.column, block.columns)})`, [
    { name: 'cosine', color, value, detail },
  ]);
}

function subscript(integer: number): string {
  return [...String(integer)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
}
