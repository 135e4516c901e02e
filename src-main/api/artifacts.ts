/**
 * GET /api/runs/:id/artifacts/:artifact: a file of a run, always as a download: what a run stored is never shown as a
 * page of the studio.
 */
import { openAsBlob } from 'node:fs';
import { Hono } from 'hono';
import { findArtifact, listArtifacts } from '../../db/artifacts.ts';
import type { ApiContext } from './context.ts';
import { notFound } from './errors.ts';
import { attachment } from './attachment.ts';
import { positiveId } from './validate.ts';

export const artifactRoutes = ({ project }: ApiContext) =>
  new Hono().get('/runs/:id/artifacts/:artifact', async (c) => {
    const run = positiveId('id', c.req.param('id'));
    const id = positiveId('artifact', c.req.param('artifact'));
    const known = listArtifacts(project, run).find((artifact) => artifact.id === id);
    if (!known) throw notFound('artifact', id);
    const { artifact, path } = findArtifact(project, run, known.name);
    const blob = await openAsBlob(path);
    return new Response(blob.stream(), {
      headers: { ...attachment(artifact.name, artifact.mediaType), 'content-length': String(blob.size) },
    });
  });
