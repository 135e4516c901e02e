/**
 * `peel run add KIND`: stores a run and computes it here, in a process of its own as the studio does; with --queue it
 * only stores it for a studio that has the project open. Flags of the kind come from its specification.
 */
import { getRun } from '../../db/runs.ts';
import type { NewRun } from '../api/contract.ts';
import { storeRun } from '../api/store-run.ts';
import { programPaths } from '../host/paths.ts';
import { has, valueOf, type Command, type Flag } from './command.ts';
import { computeRun } from './compute-run.ts';
import { countsFileFlags } from './counts-file.ts';
import { kindNamed, kindNames, seedOf } from './kind-argument.ts';
import { flagsOf } from './parameter-flags.ts';
import { projectFlag, withProject } from './project.ts';
import { runText } from './run-text.ts';
import { valuesGiven } from './values-given.ts';

const ownFlags: readonly Flag[] = [
  { name: 'name', parameter: 'name', placeholder: 'TEXT', help: 'Name of the run.', group: 'Run' },
  {
    name: 'experiment',
    parameter: 'experiment',
    placeholder: 'TEXT',
    help: 'Experiment it belongs to; made if new.',
    group: 'Run',
  },
  { name: 'tag', parameter: 'tags', placeholder: 'TEXT', help: 'A tag.', repeatable: true, group: 'Run' },
  { name: 'note', parameter: 'note', placeholder: 'TEXT', help: 'A note.', group: 'Run' },
  { name: 'seed', placeholder: 'INTEGER', help: 'Seed of its random numbers.', default: 'random', group: 'Run' },
  { name: 'queue', help: 'Only queue it for a running studio.', group: 'Run' },
  projectFlag,
];

/** The command for the kind named first in `rest`; without one, the command that says which there are. */
export function commandFor(rest: readonly string[]): Command {
  const kind = kindNamed(rest);
  const specifications = kind?.parameters ?? [];
  return {
    path: 'run add',
    summary: 'Compute a run and keep it in the project, or queue it for a running studio.',
    positionals: kind?.id ?? 'KIND',
    arity: [1, 1],
    flags: [...flagsOf(specifications), ...countsFileFlags(specifications), ...ownFlags],
    notes: kind ? [kind.description] : [`Kinds: ${kindNames()}. peel run add KIND --help lists the parameters of one.`],
    examples: kind
      ? [`peel run add ${kind.id} --name "My run" --queue`]
      : [
          'peel run add lpm-sweep --ka 5 --kb 5 --name "Curve"',
          'peel run add train --ratio 10 --majority 0,1,2,3,4 --queue',
        ],
    run: (given, io) =>
      withProject(given, true, async (project) => {
        const seed = seedOf(valueOf(given, 'seed'));
        const [name, experiment, note] = ['name', 'experiment', 'note'].map((flag) => valueOf(given, flag));
        const { version } = programPaths();
        const run: NewRun = {
          kind: kind!.id,
          parameters: valuesGiven(specifications, given),
          tags: given.values.get('tag') ?? [],
          ...(seed !== undefined && { seed }),
          ...(name !== undefined && { name }),
          ...(experiment !== undefined && { experiment }),
          ...(note !== undefined && { note }),
        };
        const id = storeRun(project, run, version);
        if (!has(given, 'queue')) await computeRun(project, id, io);
        const stored = getRun(project, id);
        await io.result(stored, () => runText(stored));
        return stored.status === 'done' || stored.status === 'queued' ? 0 : 1;
      }),
  };
}
