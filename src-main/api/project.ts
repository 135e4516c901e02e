/** GET and PATCH /api/project: what the project is and holds (ProjectInfo), and its name. */
import { Hono } from 'hono';
import { projectInfo, renameProject } from '../../db/project-info.ts';
import type { ApiContext } from './context.ts';
import { projectPatch } from './schemas.ts';
import { jsonBody } from './validate.ts';

export const projectRoutes = ({ project, events, version }: ApiContext) =>
  new Hono()
    .get('/project', (c) => c.json(projectInfo(project, version)))
    .patch('/project', jsonBody(projectPatch), (c) => {
      renameProject(project, c.req.valid('json').name);
      events.publish({ type: 'changed' });
      return c.json(projectInfo(project, version));
    });
