/** GET /api/tags: tags in use with their counts, the most used first, for suggestions. */
import { Hono } from 'hono';
import { listTags } from '../../db/tags.ts';
import type { ApiContext } from './context.ts';

export const tagRoutes = ({ project }: ApiContext) => new Hono().get('/tags', (c) => c.json(listTags(project)));
