/** The report formats on offer, one line each. Writers load when they are used. */
import type { ReportFormat, ReportSource } from './report.ts';

export type { Points, ReportFormat, ReportSource } from './report.ts';

async function* html(source: ReportSource): AsyncGenerator<string> {
  yield* (await import('./html/page.ts')).htmlReport(source);
}

async function* csv(source: ReportSource): AsyncGenerator<string> {
  yield* (await import('./csv.ts')).csvReport(source);
}

async function* json(source: ReportSource): AsyncGenerator<string> {
  yield* (await import('./json.ts')).jsonReport(source);
}

export const reportFormats: readonly ReportFormat[] = [
  { id: 'html', label: 'Report (HTML)', mediaType: 'text/html; charset=utf-8', extension: 'html', write: html },
  { id: 'csv', label: 'Data points (CSV)', mediaType: 'text/csv; charset=utf-8', extension: 'csv', write: csv },
  { id: 'json', label: 'Everything (JSON)', mediaType: 'application/json', extension: 'json', write: json },
];

/** Each chart of the report as a file of its own, named without extension. */
export async function* chartFiles(
  source: ReportSource,
): AsyncGenerator<{ readonly name: string; readonly svg: string }> {
  const { reportCharts } = await import('./charts.ts');
  const { standaloneSvg, svgRenderer } = await import('./svg.ts');
  const draw = await svgRenderer();
  for (const chart of reportCharts(source)) yield { name: chart.name, svg: standaloneSvg(draw(chart)) };
}
