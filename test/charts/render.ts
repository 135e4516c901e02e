/** Draws an option as the reports do: ECharts on the server, SVG text. */
import { init } from 'echarts';
import type { EChartsOption } from 'echarts';
import { themes, type ChartFrame } from '../../src-main/charts/index.ts';

export const frame: ChartFrame = { theme: themes.light, width: 640, height: 360 };

export function svgOf(
  option: EChartsOption,
  size: { readonly width: number; readonly height: number } = frame,
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: size.width, height: size.height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The texts of the picture. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);
}
