/**
 * POST /api/reports {runIds, format, title?, note?, system?}: the selected runs as one file to download (svg: a zip of one file per
 * chart; json and csv with the samples of the machine where `system` is true); the writers are src-main/reports.
 */
import { strToU8, zipSync } from 'fflate';
import { Hono } from 'hono';
import { chartFiles, reportFormats, type ReportSource } from '../reports/index.ts';
import { attachment } from './attachment.ts';
import type { ApiContext } from './context.ts';
import { reportSource } from './report-source.ts';
import { newReport } from './schemas.ts';
import { jsonBody } from './validate.ts';

export const reportRoutes = ({ project, version }: ApiContext) =>
  new Hono().post('/reports', jsonBody(newReport), async (c) => {
    const { runIds, format, title, note, system } = c.req.valid('json');
    const source = reportSource(project, runIds, version, { title, note, system });
    const day = new Date(source.createdAt).toISOString().slice(0, 10);
    if (format === 'svg') {
      const file = `${source.title} ${day} charts.zip`;
      return new Response(await chartZip(source), { headers: attachment(file, 'application/zip') });
    }
    const writer = reportFormats.find(({ id }) => id === format)!;
    return new Response(await textStream(writer.write(source)), {
      headers: {
        ...attachment(`${source.title} ${day}.${writer.extension}`, 'application/octet-stream'),
        'content-type': writer.mediaType,
      },
    });
  });

async function chartZip(source: ReportSource): Promise<Uint8Array<ArrayBuffer>> {
  const files: Record<string, Uint8Array> = {};
  for await (const { name, svg } of chartFiles(source)) files[`${name}.svg`] = strToU8(svg);
  return new Uint8Array(zipSync(files));
}

/**
 * A body that is written as it is read: a report of long series is never held whole. The first piece is waited for: what cannot
 * begin is an error response, not a file cut short.
 */
async function textStream(pieces: AsyncIterable<string>): Promise<ReadableStream<Uint8Array>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let first: IteratorResult<string, unknown> | null = await iterator.next();
  return new ReadableStream({
    async pull(controller) {
      const piece = first ?? (await iterator.next());
      first = null;
      if (piece.done) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
