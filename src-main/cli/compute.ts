/** `peel compute KIND`: computes a run kind right here and prints its result; no project is opened, nothing is stored. */
import { randomInt } from 'node:crypto';
import { encodeJson } from '../../db/json.ts';
import { checkedValues } from '../jobs/kinds/index.ts';
import { valueOf, type Command } from './command.ts';
import { computeHere, summaries } from './compute-here.ts';
import { countsFileFlags } from './counts-file.ts';
import { Failed } from './errors.ts';
import { kindNamed, kindNames, seedOf } from './kind-argument.ts';
import { flagsOf } from './parameter-flags.ts';
import { resultText } from './result-text.ts';
import { valuesGiven } from './values-given.ts';

/** The command for the kind named first in `rest`; without one, the command that says which there are. */
export function commandFor(rest: readonly string[]): Command {
  const kind = kindNamed(rest);
  const specifications = kind?.parameters ?? [];
  return {
    path: 'compute',
    summary: 'Compute any kind of run right here and print its result; nothing is stored.',
    positionals: kind?.id ?? 'KIND',
    arity: [1, 1],
    flags: [
      ...flagsOf(specifications),
      ...countsFileFlags(specifications),
      { name: 'seed', placeholder: 'INTEGER', help: 'Seed of its random numbers.', default: 'random', group: 'Run' },
    ],
    notes: kind
      ? [kind.description, 'Ctrl-C stops it; peel run add keeps what a run reports, with points and files.']
      : [`Kinds: ${kindNames()}. peel compute KIND --help lists the parameters of one.`],
    examples: kind
      ? [`peel compute ${kind.id} --json`]
      : ['peel compute lpm-sweep --ka 3 --kb 7 --json', 'peel compute lpm-solve --counts 1000x5,10x5'],
    async run(given, io) {
      const values = checkedValues(kind!, valuesGiven(specifications, given));
      const seed = seedOf(valueOf(given, 'seed')) ?? randomInt(2 ** 31);
      const { result, points, artifacts } = await computeHere((context) => kind!.execute(values, context), seed, io);
      if (result === null) throw new Failed('cancelled', 'stopped before it was done; nothing was stored');
      if (artifacts.length > 0 && !io.json)
        io.note(`not kept: ${artifacts.join(', ')} (peel run add ${kind!.id} keeps files)`);
      const document: unknown = JSON.parse(encodeJson(result));
      await io.result(document, () => resultText(kind!, document, summaries(points)));
      return 0;
    },
  };
}
