/**
 * GET /api/runs/:id/series/:metric?from&to&points: points of one series as little-endian float64, raw or in min/max/last
 * buckets; the header `peel-series` says which (contract.ts SeriesHeader).
 */
import { Hono } from 'hono';
import { toBytes } from '../../db/float64.ts';
import { getRunRow } from '../../db/runs.ts';
import { readSeries, type SeriesData } from '../../db/series-read.ts';
import type { ApiContext } from './context.ts';
import type { SeriesHeader } from './contract.ts';
import { seriesQuery } from './schemas.ts';
import { positiveId, queryOf } from './validate.ts';

/** Rows where none are asked for: about the pixels of a wide chart. */
const DEFAULT_POINTS = 2000;

export const seriesRoutes = ({ project }: ApiContext) =>
  new Hono().get('/runs/:id/series/:metric', queryOf(seriesQuery), (c) => {
    const { from, to, points } = c.req.valid('query');
    const run = getRunRow(project, positiveId('id', c.req.param('id')));
    const range = {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      maxPoints: points ?? DEFAULT_POINTS,
    };
    const data = readSeries(project, run.id, c.req.param('metric'), range);
    const columns = columnsOf(data);
    const header: SeriesHeader = {
      layout: data.layout,
      total: data.total,
      rows: columns[0]?.length ?? 0,
      nonFinite: data.nonFinite,
    };
    const body = new Uint8Array(Buffer.concat(columns.map(toBytes)));
    return new Response(body, {
      headers: { 'content-type': 'application/octet-stream', 'peel-series': JSON.stringify(header) },
    });
  });

const columnsOf = (data: SeriesData): Float64Array[] =>
  data.layout === 'raw' ? [data.x, data.y] : [data.x0, data.x1, data.min, data.max, data.last];
