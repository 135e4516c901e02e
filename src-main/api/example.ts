/**
 * POST /api/example: queues the runs of the example project, computed on the spot and never shipped: the authors'
 * setting solved at three imbalance ratios, and the curve along all of them.
 */
import { Hono } from 'hono';
import type { ApiContext } from './context.ts';
import type { NewRun } from './contract.ts';
import { queueRun } from './runs.ts';

const EXPERIMENT = 'Minority Collapse';
const NOTE = 'Ten classes, five of them with R times fewer samples (Fang, He, Long, Su 2021), E_H = 5, E_W = 1.';

/** Ten classes, K_A = 5; 1000 samples in each of the larger. */
export const exampleRuns: readonly NewRun[] = [
  ...[1, 10, 100].map((ratio) => ({
    kind: 'lpm-solve',
    experiment: EXPERIMENT,
    name: `Ratio R = ${ratio}`,
    note: NOTE,
    tags: ['example'],
    parameters: { counts: ratio === 1 ? '1000x10' : `1000x5,${1000 / ratio}x5`, eh: 5, ew: 1 },
    seed: 0,
  })),
  {
    kind: 'lpm-sweep',
    experiment: EXPERIMENT,
    name: 'Cosines along the ratio',
    note: NOTE,
    tags: ['example'],
    parameters: { ka: 5, kb: 5, eh: 5, ew: 1, ratios: '1:10000:41' },
    seed: 0,
  },
];

export const exampleRoutes = (context: ApiContext) =>
  new Hono().post('/example', (c) =>
    c.json(
      exampleRuns.map((run) => queueRun(context, run)),
      201,
    ),
  );
