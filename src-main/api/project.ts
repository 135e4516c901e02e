/** GET and PATCH /api/project: what the project is and holds (ProjectInfo), and its name and how many runs may compute at once. */
import { Hono } from 'hono';
import { limitRunsAtOnce, projectInfo, renameProject } from '../../db/project-info.ts';
import type { ApiContext } from './context.ts';
import { projectPatch } from './schemas.ts';
import { jsonBody } from './validate.ts';

export const projectRoutes = ({ project, events, queue, version }: ApiContext) =>
  new Hono()
    .get('/project', (c) => c.json(projectInfo(project, version)))
    .patch('/project', jsonBody(projectPatch), (c) => {
      const { name, runsAtOnce } = c.req.valid('json');
      project.write(() => {
        if (name !== undefined) renameProject(project, name);
        if (runsAtOnce !== undefined) limitRunsAtOnce(project, runsAtOnce);
      });
      events.publish({ type: 'changed' });
      queue.wake();
      return c.json(projectInfo(project, version));
    });
