/** Charts as SVG text, drawn by ECharts without a browser. Light theme; vectors and text, no picture, no script. */
import type { EChartsOption } from 'echarts';
import { themes, type ChartFrame } from '../charts/index.ts';

export interface ReportChart {
  /** File name without extension, unique within the report. */
  readonly name: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Id of the claim whose evidence it is: a page shows it there. */
  readonly claim?: string;
  option(frame: ChartFrame): EChartsOption;
}

/** Loads ECharts (some tenths of a second) once somebody wants a chart. */
export async function svgRenderer(): Promise<(chart: ReportChart) => string> {
  const echarts = await import('echarts');
  return (chart) => {
    const { width, height } = chart;
    const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      instance.setOption(chart.option({ theme: themes.light, width, height }));
      return passive(instance.renderToSVGString({ useViewBox: true }));
    } finally {
      instance.dispose();
    }
  };
}

/** Removes the hover rules, their classes and the data that ECharts adds for its client side: a report has none. */
function passive(svg: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_[\w-]+|class)="[^"]*"/g, '')
    .replace(/ pointer-events="[^"]*"/g, '');
}

/** A file of its own: with the XML declaration, the ground of the light theme, and a title for readers. */
export function standaloneSvg(svg: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
}

/** For embedding in HTML, where namespaces are understood and a name is given by the figure. */
export function inlineSvg(svg: string, label: string): string {
  const bare = svg.replace(/ xmlns(?::\w+)?="[^"]*"/g, '');
  return bare.replace('<svg', `<svg role="img" aria-label="${label}"`);
}
