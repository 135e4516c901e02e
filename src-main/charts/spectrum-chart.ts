/**
 * Singular values in descending order as stems over their index, each in the colour of where it lives, with a key that
 * counts equal ones. It draws values; finding them, and zeros, is the caller's.
 */
import type { CustomSeriesOption, EChartsOption } from 'echarts';
import type { SeriesRole } from '../api/contract.ts';
import { axisTicks, lineAxis, wholeTicks } from './axes.ts';
import { exact } from './format.ts';
import { roleStroke } from './roles.ts';
import type { ChartTable } from './table.ts';
import { baseText, chartTitle, cornerNote, textWidth } from './text.ts';
import type { ChartFrame, ChartTheme } from './theme.ts';
import { tooltipBox, tooltipHtml } from './tooltip.ts';

export interface SpectrumPart {
  /** For instance `majority`. */
  readonly name: string;
  readonly role: SeriesRole;
  readonly value: number;
  /** How many equal ones. */
  readonly multiplicity: number;
}

export interface SpectrumInput {
  readonly title?: string;
  /** Title of the value axis, with symbol. */
  readonly label: string;
  /** Descending. */
  readonly parts: readonly SpectrumPart[];
  /** Length of the index axis, zeros included. */
  readonly size: number;
  /** Top of the value axis; the greatest value otherwise. A fixed one keeps frames comparable. */
  readonly top?: number;
  readonly note?: string;
}

export function spectrumChart(input: SpectrumInput, frame: ChartFrame): EChartsOption {
  const { theme } = frame;
  const stems = stemsOf(input);
  const top = 8 + (input.title ? 24 : 0);
  const bottom = 56;
  const y = { label: input.label };
  const x = { label: 'Index' };
  const yExtent = [0, input.top ?? Math.max(stems[0]?.value ?? 0, 1e-300) * 1.08] as const;
  const xExtent = [0.4, input.size + 0.6] as const;
  const yTicks = axisTicks(y, yExtent, frame.height - top - 20 - bottom, 34);
  const left = yTicks.labelWidth + 38;
  const width = Math.max(20, frame.width - left - 16);
  const key = keyOf(input, frame.width - 20);
  const head = top + 18 * key.rows + 6;
  const xTicks = wholeTicks(xExtent, width);
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: baseText(theme),
    title: [chartTitle(input.title ?? '', theme), cornerNote(input.note ?? '', theme)],
    grid: { left, right: 16, top: head, bottom, outerBoundsMode: 'none' },
    tooltip: {
      ...tooltipBox(theme),
      trigger: 'item',
      formatter: (hit) => hoverText(stems[(hit as unknown as { dataIndex: number }).dataIndex], input, theme),
    },
    xAxis: lineAxis(x, xExtent, { major: xTicks, minor: [], labelWidth: 8 }, 'x', theme),
    yAxis: lineAxis(y, yExtent, yTicks, 'y', theme),
    series: [stemLayer(stems, width / input.size, theme), keyLayer(key.entries, top + 8, theme)],
  };
}

interface Stem extends SpectrumPart {
  /** From 1. */
  readonly index: number;
}

function stemsOf({ parts }: SpectrumInput): Stem[] {
  let index = 0;
  return parts.flatMap((part) => Array.from({ length: part.multiplicity }, () => ({ ...part, index: ++index })));
}

/** @param room pixels a stem may take. */
function stemLayer(stems: readonly Stem[], room: number, theme: ChartTheme): CustomSeriesOption {
  const width = Math.max(1, Math.min(14, Math.round(room * 0.55)));
  return {
    type: 'custom',
    id: 'stems',
    z: 3,
    data: stems.map((stem) => [stem.index, stem.value]),
    renderItem: (params, api) => {
      const stem = stems[params.dataIndex]!;
      const [x, y] = api.coord([stem.index, stem.value]) as [number, number];
      const floor = api.coord([stem.index, 0])[1]!;
      return {
        type: 'rect',
        emphasisDisabled: true,
        shape: { x: Math.round(x - width / 2), y, width, height: Math.max(1, floor - y) },
        style: { fill: roleStroke(stem.role, theme).color },
      };
    },
  };
}

interface KeyEntry {
  readonly text: string;
  readonly role: SeriesRole;
  readonly x: number;
  readonly row: number;
}

/** Names with their counts, side by side, in rows as wide as the chart. */
function keyOf({ parts }: SpectrumInput, width: number): { entries: KeyEntry[]; rows: number } {
  const counts = new Map<string, { role: SeriesRole; count: number }>();
  for (const { name, role, multiplicity } of parts)
    counts.set(name, { role, count: (counts.get(name)?.count ?? 0) + multiplicity });
  const entries: KeyEntry[] = [];
  let [x, row] = [0, 0];
  for (const [name, { role, count }] of counts) {
    const text = count > 1 ? `${name} × ${count}` : name;
    const needed = textWidth(text, 12) + 12;
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1];
    entries.push({ text, role, x: 12 + x, row });
    x += needed;
  }
  return { entries, rows: row + 1 };
}

function keyLayer(entries: readonly KeyEntry[], top: number, theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'key',
    silent: true,
    z: 4,
    tooltip: { show: false },
    data: [[1, 0]],
    renderItem: () => ({
      type: 'group',
      children: entries.map(({ text, role, x, row }) => ({
        type: 'text' as const,
        x,
        y: top + 18 * row,
        style: {
          text,
          fill: roleStroke(role, theme).color,
          font: `12px ${theme.font}`,
          verticalAlign: 'middle' as const,
        },
      })),
    }),
  };
}

function hoverText(stem: Stem | undefined, input: SpectrumInput, theme: ChartTheme): string {
  if (!stem) return '';
  const detail = stem.multiplicity > 1 ? `${stem.multiplicity} equal` : '';
  return tooltipHtml(`${input.label}, index ${stem.index}`, [
    { name: stem.name, color: roleStroke(stem.role, theme).color, value: exact(stem.value), detail },
  ]);
}

export function spectrumTable(input: SpectrumInput): ChartTable {
  const rows = stemsOf(input).map((stem) => [stem.index, stem.value, stem.name]);
  const zeros = Array.from({ length: Math.max(0, input.size - rows.length) }, (_, i) => [
    rows.length + i + 1,
    0,
    'zero',
  ]);
  return { columns: ['index', input.label, 'where'], rows: [...rows, ...zeros] };
}
