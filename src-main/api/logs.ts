/** GET /api/runs/:id/log?after&limit: log lines of a run in order (LogLine[]). */
import { Hono } from 'hono';
import { readLog } from '../../db/logs.ts';
import { getRunRow } from '../../db/runs.ts';
import type { ApiContext } from './context.ts';
import { logQuery } from './schemas.ts';
import { positiveId, queryOf } from './validate.ts';

export const logRoutes = ({ project }: ApiContext) =>
  new Hono().get('/runs/:id/log', queryOf(logQuery), (c) => {
    const { after, limit } = c.req.valid('query');
    const { id } = getRunRow(project, positiveId('id', c.req.param('id')));
    return c.json(readLog(project, id, after, limit));
  });
