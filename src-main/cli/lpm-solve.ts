/** `peel lpm solve`: one problem, solved here and printed; nothing is stored unless --save asks for it. */
import { lpmSolve, problemFromValues, solutionDocument } from '../jobs/kinds/lpm-solve.ts';
import { has, valueOf, type Command } from './command.ts';
import { countsFileFlags } from './counts-file.ts';
import { flagsOf } from './parameter-flags.ts';
import { solutionText } from './solution-text.ts';
import { solveInterruptibly } from './solve-interruptibly.ts';
import { valuesGiven } from './values-given.ts';
import { checkWritable, writeFile } from './write-file.ts';

export const command: Command = {
  path: 'lpm solve',
  summary: 'Solve one Layer-Peeled Model exactly, with a certificate.',
  flags: [
    ...flagsOf(lpmSolve.parameters),
    ...countsFileFlags(lpmSolve.parameters),
    {
      name: 'save',
      placeholder: 'FILE.npz',
      help: 'Write classifiers (K×p) and features (p×K) of one optimum, counts, weights and certificate for numpy.load. Without --p, p is the rank.',
      group: 'Output',
    },
    { name: 'force', help: 'Let --save replace a file that exists.', group: 'Output' },
  ],
  notes: [
    'Ctrl-C stops a long solve and prints the best point so far with its certificate; the exit code is then 1.',
    'In JSON a cosine that does not exist (one class, or a vanished vector) is null; crossCosines is null for more than 200 groups.',
  ],
  examples: [
    'peel lpm solve --counts 1000x5,10x5 --eh 5 --ew 1',
    'peel lpm solve --counts 1000x5,10x5 --weights 1,100 --json',
    'peel lpm solve --counts-file counts.txt --save optimum.npz',
  ],
  async run(given, io) {
    const problem = problemFromValues(valuesGiven(lpmSolve.parameters, given));
    const save = valueOf(given, 'save');
    const force = has(given, 'force');
    if (save !== undefined) await checkWritable(save, force);
    const solution = await solveInterruptibly(problem, io.interactive);
    if (save !== undefined) {
      const { solutionNpz } = await import('./solution-npz.ts');
      const bytes = await writeFile(save, [solutionNpz(solution, problem.dimension)], force);
      if (!io.json) io.note(`wrote ${save} (${bytes} bytes)`);
    }
    await io.result(solutionDocument(solution), () => solutionText(solution));
    return solution.status === 'cancelled' ? 1 : 0;
  },
};
