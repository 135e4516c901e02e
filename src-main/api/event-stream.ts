/** GET /api/events: live events as NDJSON (StudioEvent per line), from now until the listener goes. */
import { Hono } from 'hono';
import type { ApiContext } from './context.ts';

export const eventRoutes = ({ events, version }: ApiContext) =>
  new Hono().get(
    '/events',
    () => new Response(events.stream(version), { headers: { 'content-type': 'application/x-ndjson' } }),
  );
