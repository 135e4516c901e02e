/** GET /api/backends and POST /api/backends/measure (both BackendInfo[]): the compute backends of training and their speeds. */
import { Hono } from 'hono';
import { backendList } from '../doctor/backend-list.ts';
import type { ApiContext } from './context.ts';

export const backendRoutes = ({ measureBackends }: ApiContext) =>
  new Hono()
    .get('/backends', (c) => c.json(backendList()))
    .post('/backends/measure', async (c) => {
      await measureBackends();
      return c.json(backendList());
    });
