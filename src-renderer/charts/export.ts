/** Saves a chart as a file: light theme and its own title, as reports and papers want it, whatever the screen shows. */
import type { EChartsOption } from 'echarts';
import { themes, type ChartFrame } from '../../src-main/charts/theme.ts';
import { init } from './echarts.ts';

export type Draw = (frame: ChartFrame) => EChartsOption;

interface Size {
  readonly width: number;
  readonly height: number;
}

export function svgText(draw: Draw, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ ...draw({ theme: themes.light, ...size }), backgroundColor: themes.light.panel });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Three pixels a point: sharp in print at column width. */
export async function pngBlob(draw: Draw, size: Size): Promise<Blob> {
  const host = document.createElement('div');
  const chart = init(host, null, { renderer: 'canvas', devicePixelRatio: 3, ...size });
  try {
    chart.setOption({ ...draw({ theme: themes.light, ...size }), backgroundColor: themes.light.panel });
    const canvas = chart.renderToCanvas({ pixelRatio: 3 });
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded'))),
        'image/png',
      ),
    );
  } finally {
    chart.dispose();
  }
}

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken the address by the next task; keeping it would keep the bytes.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** `Cosine against ratio` → `cosine-against-ratio` */
export function fileStem(label: string): string {
  return (
    label
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'chart'
  );
}
