/** GET /api/health: says that the studio answers, and in which version. */
import { Hono } from 'hono';
import type { ApiContext } from './context.ts';

export const healthRoutes = ({ version }: ApiContext) => new Hono().get('/health', (c) => c.json({ version }));
