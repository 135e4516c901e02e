/** Saves every chart of the runs as an SVG file: one run as its kind draws it, several overlaid, as in the report. */
import { lineChart, type LineChartInput } from '../../../src-main/charts/index.ts';
import { api, type RunDetail, type RunKind } from '../../api.ts';
import { fileStem, saveFile, svgText } from '../../charts/export.ts';
import { chartInput, hasCurve } from '../../text/chart-input.ts';
import { overlayInput, overlays } from '../../text/overlay.ts';
import { unpackSeries, type SeriesPoints } from '../../text/series.ts';

/** Enough for print at full page width. */
const POINTS = 2_000;
const SIZE = { width: 640, height: 380 };

const read = async (run: number, metric: string): Promise<SeriesPoints> =>
  unpackSeries(await api.series(run, metric, { points: POINTS }));

function save(title: string, input: LineChartInput): void {
  const svg = svgText((frame) => lineChart({ ...input, title }, frame), SIZE);
  saveFile(`${fileStem(title)}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
}

async function single(run: RunDetail, kind: RunKind): Promise<number> {
  let count = 0;
  for (const chart of kind.charts) {
    const metrics = chart.series.map(({ metric }) => metric).filter((metric) => hasCurve(run, metric));
    const points = new Map(
      await Promise.all(metrics.map(async (metric) => [metric, await read(run.id, metric)] as const)),
    );
    const input = chartInput(chart, points, run.result, null);
    if (input === null) continue;
    save(chart.title, input);
    count++;
  }
  return count;
}

/** @returns how many files were saved. */
export async function saveCharts(runs: readonly RunDetail[], kinds: readonly RunKind[]): Promise<number> {
  const kind = kinds.find((one) => one.id === runs[0]?.kind);
  if (runs.length === 1 && kind !== undefined) return single(runs[0]!, kind);
  const found = overlays(runs, kinds);
  for (const overlay of found) {
    const points = new Map(
      await Promise.all(overlay.runs.map(async (run) => [run.id, await read(run.id, overlay.metric)] as const)),
    );
    const input = overlayInput(overlay, runs, (run) => points.get(run), null);
    if (input !== null) save(overlay.title, input);
  }
  return found.length;
}
