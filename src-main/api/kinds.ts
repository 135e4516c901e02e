/** GET /api/kinds: the run kinds with parameters, metrics and charts (RunKind[]), less the function that computes. */
import { Hono } from 'hono';
import { kinds } from '../jobs/kinds/index.ts';
import type { RunKind } from './contract.ts';

/** What of a kind crosses the boundary. */
export const kindDocuments: readonly RunKind[] = kinds.map(
  ({ id, label, description, parameters, metrics, charts, across, results, resumable, random }) => ({
    id,
    label,
    description,
    parameters,
    metrics,
    charts,
    ...(across && { across }),
    ...(results && { results }),
    ...(resumable && { resumable }),
    ...(random && { random }),
  }),
);

export const kindRoutes = () => new Hono().get('/kinds', (c) => c.json(kindDocuments));
