/** POST /api/runs/:id/purge and POST /api/trash/empty: remove trashed runs for good, with their files. */
import { Hono } from 'hono';
import { getRunRow } from '../../db/runs.ts';
import { purgeRuns } from '../../db/trash.ts';
import type { ApiContext } from './context.ts';
import { Refusal } from './errors.ts';
import { positiveId } from './validate.ts';

export const trashRoutes = ({ project, events }: ApiContext) =>
  new Hono()
    .post('/runs/:id/purge', async (c) => {
      const run = getRunRow(project, positiveId('id', c.req.param('id')));
      if (!run.trashed)
        throw new Refusal(409, `run ${run.id} is not in the trash; move it there first, nothing was removed`);
      const purged = await purgeRuns(project, [run.id]);
      if (purged.length === 0)
        throw new Refusal(409, `run ${run.id} is still stopping; nothing was removed, try again in a moment`);
      events.publish({ type: 'changed' });
      return c.body(null, 204);
    })
    .post('/trash/empty', async (c) => {
      await purgeRuns(project);
      events.publish({ type: 'changed' });
      return c.body(null, 204);
    });
