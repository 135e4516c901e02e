/**
 * The API: one handler (Request) → Promise<Response>, the same behind the window's scheme and behind HTTP. One file per
 * resource; this one only puts them together. Computes nothing itself: solves and sweeps are runs of the queue.
 */
import { Hono } from 'hono';
import { artifactRoutes } from './artifacts.ts';
import { backendRoutes } from './backends.ts';
import { claimRoutes } from './claims.ts';
import type { ApiContext } from './context.ts';
import { doctorRoutes } from './doctor.ts';
import { errorResponse } from './errors.ts';
import { eventRoutes } from './event-stream.ts';
import { exampleRoutes } from './example.ts';
import { experimentRoutes } from './experiments.ts';
import { failure } from './failure.ts';
import { jsonOnly, shortBodies } from './guard.ts';
import { healthRoutes } from './health.ts';
import { inputRoutes } from './inputs.ts';
import { kindRoutes } from './kinds.ts';
import { logRoutes } from './logs.ts';
import { methodsAt } from './methods.ts';
import { projectRoutes } from './project.ts';
import { reportRoutes } from './reports.ts';
import { runRoutes } from './runs.ts';
import { seriesRoutes } from './series.ts';
import { tagRoutes } from './tags.ts';
import { trashRoutes } from './trash.ts';

/** Builds the API on an open project. */
export function createApi(context: ApiContext) {
  const app = new Hono()
    .basePath('/api')
    // Before the rules for bodies: its own are bytes, of any length, with rules of their own.
    .route('/', inputRoutes(context))
    .use(jsonOnly)
    .use(shortBodies)
    .route('/', healthRoutes(context))
    .route('/', projectRoutes(context))
    .route('/', kindRoutes())
    .route('/', claimRoutes())
    .route('/', experimentRoutes(context))
    .route('/', tagRoutes(context))
    .route('/', runRoutes(context))
    .route('/', seriesRoutes(context))
    .route('/', logRoutes(context))
    .route('/', artifactRoutes(context))
    .route('/', trashRoutes(context))
    .route('/', reportRoutes(context))
    .route('/', exampleRoutes(context))
    .route('/', eventRoutes(context))
    .route('/', doctorRoutes(context))
    .route('/', backendRoutes(context));
  app.onError((error) => errorResponse(error, context.report));
  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path);
    if (allowed.length === 0) return failure(404, 'not-found', `there is nothing at ${c.req.path}`);
    return failure(
      405,
      'method-not-allowed',
      `${c.req.method} is not possible at ${c.req.path}, only ${allowed.join(', ')}`,
      undefined,
      {
        allow: allowed.join(', '),
      },
    );
  });
  return app;
}

/** The routes with their types, for typed clients (`hc<AppType>`). */
export type AppType = ReturnType<typeof createApi>;
