/** `peel run list`: the runs of the project, filtered and sorted as in the studio. */
import { queryRuns } from '../../db/run-query.ts';
import type { RunQuery } from '../api/contract.ts';
import { has, valueOf, type Command, type Given } from './command.ts';
import { BadUsage } from './errors.ts';
import { projectFlag, withProject } from './project.ts';
import { table } from './table.ts';

const SHELVES = ['active', 'archived', 'trash'] as const;

function queryOf(given: Given): RunQuery {
  const shelf = valueOf(given, 'shelf') ?? 'active';
  if (!SHELVES.includes(shelf as (typeof SHELVES)[number]))
    throw new BadUsage(`--shelf ${shelf}: must be one of ${SHELVES.join(', ')}`);
  const limit = valueOf(given, 'limit') ?? '50';
  if (!/^[1-9]\d{0,4}$/.test(limit)) throw new BadUsage(`--limit ${limit}: must be a whole number from 1 to 99999`);
  const [text, sort, tag, kind, status] = ['text', 'sort', 'tag', 'kind', 'status'].map((flag) => valueOf(given, flag));
  return {
    shelf: shelf as (typeof SHELVES)[number],
    limit: Number(limit),
    ...(text !== undefined && { text }),
    ...(sort !== undefined && { sort }),
    ...(tag !== undefined && { tag }),
    ...(kind !== undefined && { kind }),
    ...(status !== undefined && { status }),
    ...(has(given, 'descending') && { descending: true }),
    ...(has(given, 'where') && { where: given.values.get('where')! }),
  };
}

export const command: Command = {
  path: 'run list',
  summary: 'List the runs of the project.',
  flags: [
    { name: 'text', placeholder: 'TEXT', help: 'Only runs whose name, note, tags or parameters hold this.' },
    {
      name: 'where',
      placeholder: 'CONDITION',
      help: 'A condition such as p:eh>=5, m:objective<0.3 or status=done; all must hold.',
      repeatable: true,
    },
    { name: 'kind', placeholder: 'KIND', help: 'Only runs of this kind.' },
    { name: 'status', parameter: 'status', placeholder: 'STATUS', help: 'Only runs of this status.' },
    { name: 'tag', placeholder: 'TAG', help: 'Only runs with this tag.' },
    { name: 'shelf', placeholder: SHELVES.join('|'), help: 'Which runs.', default: 'active' },
    {
      name: 'sort',
      placeholder: 'COLUMN',
      help: 'name, status, kind, experiment, createdAt, duration, p:KEY or m:KEY.',
    },
    { name: 'descending', help: 'Sort from the largest down.' },
    { name: 'limit', placeholder: 'INTEGER', help: 'At most this many.', default: '50' },
    projectFlag,
  ],
  examples: ['peel run list --where "m:objective<0.3" --sort m:objective'],
  run: async (given, io) => {
    const query = queryOf(given);
    return withProject(given, false, async (project) => {
      const page = queryRuns(project, query);
      const columns = [
        { title: 'run', numeric: true },
        ...['status', 'kind', 'experiment', 'name', 'tags'].map((title) => ({ title })),
      ];
      const rows = page.runs.map((run) => [
        String(run.id),
        run.status,
        run.kind,
        run.experiment,
        run.name,
        run.tags.join(', '),
      ]);
      await io.result(page, () =>
        rows.length === 0 ? 'no runs' : `${table(columns, rows)}\n${rows.length} of ${page.total}`,
      );
      return 0;
    });
  },
};
