/** /api/experiments: named groups of runs. Deleting one never takes runs along. */
import { Hono } from 'hono';
import { createExperiment, deleteExperiment, listExperiments, patchExperiment } from '../../db/experiments.ts';
import type { ApiContext } from './context.ts';
import { experimentPatch, newExperiment } from './schemas.ts';
import { jsonBody, positiveId } from './validate.ts';
import { given } from './given.ts';

export const experimentRoutes = ({ project, events }: ApiContext) =>
  new Hono()
    .get('/experiments', (c) => c.json(listExperiments(project)))
    .post('/experiments', jsonBody(newExperiment), (c) => {
      const experiment = createExperiment(project, given(c.req.valid('json')));
      events.publish({ type: 'changed' });
      return c.json(experiment, 201);
    })
    .patch('/experiments/:id', jsonBody(experimentPatch), (c) => {
      const experiment = patchExperiment(project, positiveId('id', c.req.param('id')), given(c.req.valid('json')));
      events.publish({ type: 'changed' });
      return c.json(experiment);
    })
    .delete('/experiments/:id', (c) => {
      deleteExperiment(project, positiveId('id', c.req.param('id')));
      events.publish({ type: 'changed' });
      return c.body(null, 204);
    });
