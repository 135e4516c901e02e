/**
 * /api/runs: list, queue, read, edit, stop, pause, resume, repeat, trash and restore runs. Computes none of them: a new run is a row
 * that the queue picks up. Removing for good is trash.ts.
 */
import { Hono } from 'hono';
import { queryRuns, selectRunIds } from '../../db/run-query.ts';
import { getRun, getRunRow, patchRun } from '../../db/runs.ts';
import { restoreRuns, trashRuns } from '../../db/trash.ts';
import { findKind } from '../jobs/kinds/index.ts';
import { pauseRun } from '../jobs/pause.ts';
import { resumeRun } from '../jobs/resume.ts';
import { valuesThatMatter } from '../parameters/relevance.ts';
import type { ApiContext } from './context.ts';
import type { NewRun, RunRow } from './contract.ts';
import { given } from './given.ts';
import { newRun, runPatch, runQuery } from './schemas.ts';
import { stopRun } from './stop-run.ts';
import { storeRun } from './store-run.ts';
import { jsonBody, positiveId, queryOf } from './validate.ts';
import { withWaiting } from './waiting.ts';

/** Stores a run as queued and tells whom it concerns. Throws InvalidInput with every field at fault. */
export function queueRun(context: ApiContext, run: NewRun): RunRow {
  return announce(context, storeRun(context.project, run, context.version));
}

/** Tells listeners and the queue about a run that changed, and returns it as it is now. */
function announce(context: ApiContext, id: number): RunRow {
  const { project, events, queue } = context;
  const row = withWaiting(context, getRunRow(project, id));
  events.publish({ type: 'run', id, status: row.status, progress: row.progress });
  events.publish({ type: 'changed' });
  queue.wake();
  return row;
}

export const runRoutes = (context: ApiContext) => {
  const { project } = context;
  return (
    new Hono()
      .get('/runs', queryOf(runQuery), (c) => {
        const page = queryRuns(project, given(c.req.valid('query')));
        return c.json({ ...page, runs: page.runs.map((run) => withWaiting(context, run)) });
      })
      // Every match, whatever offset and limit say: ten thousand ids are a tenth of one page of rows.
      .get('/runs/ids', queryOf(runQuery), (c) => c.json(selectRunIds(project, given(c.req.valid('query')))))
      .post('/runs', jsonBody(newRun), (c) => c.json(queueRun(context, given(c.req.valid('json'))), 201))
      .get('/runs/:id', (c) => c.json(withWaiting(context, getRun(project, positiveId('id', c.req.param('id'))))))
      .patch('/runs/:id', jsonBody(runPatch), (c) => {
        const id = positiveId('id', c.req.param('id'));
        patchRun(project, id, given(c.req.valid('json')));
        return c.json(announce(context, id));
      })
      .delete('/runs/:id', (c) => {
        const { id } = getRunRow(project, positiveId('id', c.req.param('id')));
        trashRuns(project, [id]);
        announce(context, id);
        return c.body(null, 204);
      })
      .post('/runs/:id/restore', (c) => {
        const { id } = getRunRow(project, positiveId('id', c.req.param('id')));
        restoreRuns(project, [id]);
        announce(context, id);
        return c.body(null, 204);
      })
      .post('/runs/:id/cancel', (c) => {
        const id = positiveId('id', c.req.param('id'));
        stopRun(project, id);
        announce(context, id);
        return c.body(null, 204);
      })
      .post('/runs/:id/pause', (c) => {
        const { id } = getRunRow(project, positiveId('id', c.req.param('id')));
        pauseRun(project, id, findKind);
        return c.json(announce(context, id));
      })
      .post('/runs/:id/resume', (c) => {
        const { id } = getRunRow(project, positiveId('id', c.req.param('id')));
        resumeRun(project, id);
        return c.json(announce(context, id));
      })
      .post('/runs/:id/duplicate', (c) => {
        const { kind, experiment, name, note, tags, seed, ...run } = getRunRow(
          project,
          positiveId('id', c.req.param('id')),
        );
        // Older runs may hold values of parameters that do not matter beside the others; new ones may not name them.
        const parameters = valuesThatMatter(findKind(kind)?.parameters ?? [], run.parameters);
        return c.json(
          queueRun(context, { kind, parameters, experiment, name: `${name} (again)`.slice(0, 200), note, tags, seed }),
          201,
        );
      })
  );
};
