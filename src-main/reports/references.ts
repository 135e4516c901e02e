/**
 * Dotted horizontals of a chart, such as the cosine −1/(K−1) of the simplex ETF, laid over the builder's option.
 * They stand for no stored point and are not counted as any.
 */
import type { EChartsOption, SeriesOption } from 'echarts';
import { roleStroke, type ChartTheme } from '../charts/index.ts';

export interface Reference {
  readonly y: number;
  readonly label: string;
}

/** @returns the option with one more layer; the option itself where there is nothing to add. */
export function withReferences(
  option: EChartsOption,
  references: readonly Reference[],
  theme: ChartTheme,
): EChartsOption {
  if (references.length === 0) return option;
  const { color, width } = roleStroke('reference', theme);
  const layer: SeriesOption = {
    type: 'line',
    id: 'references',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      lineStyle: { color, width, type: 'dotted' },
      data: references.map(({ y, label }) => ({
        yAxis: y,
        label: { show: true, position: 'insideStartBottom' as const, formatter: label, color, fontSize: 11 },
      })),
    },
  };
  return { ...option, series: [...[option.series ?? []].flat(), layer] };
}
