/**
 * The API: one handler (Request) → Promise<Response>, the same behind the window's scheme and behind HTTP. One file per
 * resource; this one only puts them together. Computes nothing itself: solves and sweeps are runs of the queue.
 */
import { Hono } from 'hono';
import type { ApiContext } from './context.ts';
import { errorResponse } from './errors.ts';
import { failure } from './failure.ts';
import { jsonOnly, shortBodies } from './guard.ts';
import { doctorRoutes } from './doctor.ts';
import { eventRoutes } from './event-stream.ts';
import { healthRoutes } from './health.ts';
import { methodsAt } from './methods.ts';

/** Builds the API on an open project. */
export function createApi(context: ApiContext) {
  const app = new Hono()
    .basePath('/api')
    .use(jsonOnly)
    .use(shortBodies)
    .route('/', healthRoutes(context))
    .route('/', doctorRoutes(context))
    .route('/', eventRoutes(context));
  app.onError((error) => errorResponse(error, context.report));
  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path);
    if (allowed.length === 0) return failure(404, 'not-found', `there is nothing at ${c.req.path}`);
    return failure(405, 'method-not-allowed', `${c.req.method} is not possible at ${c.req.path}, only ${allowed.join(', ')}`, undefined, {
      allow: allowed.join(', '),
    });
  });
  return app;
}

/** The routes with their types, for typed clients (`hc<AppType>`). */
export type AppType = ReturnType<typeof createApi>;
