/** POST /api/reports {runIds, format}: the selected runs as one file to download; the writers are src-main/reports. */
import { Hono } from 'hono';
import { projectInfo } from '../../db/project-info.ts';
import { getRun } from '../../db/runs.ts';
import { readChunks } from '../../db/series-read.ts';
import { reportFormats, type ReportSource } from '../reports/index.ts';
import { attachment } from './attachment.ts';
import type { ApiContext } from './context.ts';
import { kindDocuments } from './kinds.ts';
import { newReport } from './schemas.ts';
import { jsonBody } from './validate.ts';

export const reportRoutes = ({ project, version }: ApiContext) =>
  new Hono().post('/reports', jsonBody(newReport), (c) => {
    const { runIds, format } = c.req.valid('json');
    const writer = reportFormats.find(({ id }) => id === format)!;
    const { name } = projectInfo(project, version);
    const source: ReportSource = {
      title: name,
      project: name,
      createdAt: Date.now(),
      version,
      runs: [...new Set(runIds)].map((id) => getRun(project, id)),
      kinds: kindDocuments,
      points: (run, metric) => readChunks(project, run, metric),
    };
    const day = new Date(source.createdAt).toISOString().slice(0, 10);
    return new Response(textStream(writer.write(source)), {
      headers: {
        ...attachment(`${name} ${day}.${writer.extension}`, 'application/octet-stream'),
        'content-type': writer.mediaType,
      },
    });
  });

/** A body that is written as it is read: a report of long series is never held whole. */
function textStream(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
