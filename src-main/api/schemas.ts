/**
 * What bodies and queries may hold. The shapes are contract.ts's; a test keeps the two in step. Parameters of a run are
 * not checked here but against the specification of its kind.
 */
import * as z from 'zod';
import { notAtOnce } from '../../db/project-info.ts';

const shortText = z.string().max(500);
const longText = z.string().max(100_000);
const tags = z.array(z.string().max(100)).max(100);

/** POST /api/runs */
export const newRun = z.strictObject({
  kind: shortText,
  parameters: z.record(z.string(), z.unknown()),
  experiment: shortText.optional(),
  name: shortText.optional(),
  note: longText.optional(),
  tags: tags.optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
});

/** PATCH /api/runs/:id */
export const runPatch = z.strictObject({
  name: shortText.optional(),
  note: longText.optional(),
  tags: tags.optional(),
  archived: z.boolean().optional(),
  experiment: shortText.optional(),
});

/** POST and PATCH /api/experiments */
export const newExperiment = z.strictObject({ name: shortText, note: longText.optional() });
export const experimentPatch = z.strictObject({ name: shortText.optional(), note: longText.optional() });

/** PATCH /api/project */
export const projectPatch = z.strictObject({
  name: shortText.optional(),
  runsAtOnce: z
    .number({ error: ({ input }) => notAtOnce(input) })
    .nullable()
    .optional(),
});

/** A number written in an address: decimal digits, sign, point, exponent; not '', ' 1' or '0x10'. */
const numeric = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'must be a number')
  .transform(Number);
const natural = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a non-negative integer')
    .transform(Number)
    .refine((value) => value <= most, `must be at most ${most}`);
const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

export const PAGE_LIMIT = 1000;

/** GET /api/runs */
export const runQuery = z.strictObject({
  text: shortText.optional(),
  experiment: natural(Number.MAX_SAFE_INTEGER).optional(),
  kind: shortText.optional(),
  status: shortText.optional(),
  tag: shortText.optional(),
  shelf: z.enum(['active', 'archived', 'trash']).optional(),
  sort: shortText.optional(),
  descending: flag.optional(),
  where: list.pipe(z.array(shortText).max(50)).optional(),
  offset: natural(Number.MAX_SAFE_INTEGER).optional(),
  limit: natural(PAGE_LIMIT).optional(),
});

export const SERIES_POINTS_LIMIT = 1_000_000;

/** GET /api/runs/:id/series/:metric */
export const seriesQuery = z.strictObject({
  from: numeric.optional(),
  to: numeric.optional(),
  points: natural(SERIES_POINTS_LIMIT)
    .refine((value) => value > 0, 'must be at least 1')
    .optional(),
});

/** GET /api/runs/:id/log */
export const logQuery = z.strictObject({
  after: natural(Number.MAX_SAFE_INTEGER).optional(),
  limit: natural(10_000).optional(),
});

/** POST /api/inputs/:upload/:name */
export const inputQuery = z.strictObject({
  size: natural(Number.MAX_SAFE_INTEGER),
  at: natural(Number.MAX_SAFE_INTEGER).optional(),
});

/** POST /api/reports */
export const newReport = z
  .strictObject({
    runIds: z.array(z.int().positive()).min(1).max(200, 'a report holds at most 200 runs; choose fewer'),
    format: z.enum(['html', 'json', 'csv', 'svg']),
    title: z.string().trim().min(1).max(200).optional(),
    note: z.string().trim().min(1).max(20_000).optional(),
    system: z.boolean().optional(),
  })
  .refine(({ system, format }) => system !== true || format === 'json' || format === 'csv', {
    path: ['system'],
    message: 'samples of the machine go into the formats json and csv only',
  });
