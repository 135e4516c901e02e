/**
 * What kind of chart an option is, apart from its data. While it stays the same, new data is merged into the picture on
 * screen; when it changes, the picture is built anew. Merging is what keeps dragging a slider smooth.
 */
import type { EChartsOption } from 'echarts';

export function structureOf(option: EChartsOption): string {
  const parts = (value: unknown): string[] =>
    (Array.isArray(value) ? value : value ? [value] : []).map(
      (part: { id?: unknown; type?: unknown }) => `${String(part.id)}:${String(part.type)}`,
    );
  return [option.series, option.xAxis, option.yAxis, option.title, option.visualMap]
    .map((value) => parts(value).join(','))
    .join('|');
}
