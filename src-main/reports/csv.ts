/**
 * Runs as tidy CSV: one row per point, nothing rounded, reduced or left out. RFC 4180 quoting and line ends.
 * Text that a spreadsheet would run as a formula is disarmed with a leading apostrophe; numbers are left alone.
 */
import type { ReportSource } from './report.ts';

const header = ['run', 'name', 'kind', 'metric', 'x', 'value'];

/** One text cell. */
export function csvText(text: string): string {
  const disarmed = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}

/** Pieces of the file: the header, then one piece per chunk of points. */
export async function* csvReport(source: ReportSource): AsyncGenerator<string> {
  yield `${header.join(',')}\r\n`;
  for (const run of source.runs) {
    const start = [String(run.id), csvText(run.name), csvText(run.kind)].join(',');
    for (const metric of Object.keys(run.metrics)) {
      const prefix = `${start},${csvText(metric)},`;
      for (const { x, y } of source.points(run.id, metric)) {
        let piece = '';
        for (let i = 0; i < x.length; i++) piece += `${prefix}${x[i]!},${y[i]!}\r\n`;
        yield piece;
      }
    }
  }
}
