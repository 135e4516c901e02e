/** `peel run show ID`: one run with its parameters, metrics and log. */
import { readLog } from '../../db/logs.ts';
import { getRun } from '../../db/runs.ts';
import type { Command } from './command.ts';
import { projectFlag, runIds, withProject } from './project.ts';
import { runText } from './run-text.ts';

export const command: Command = {
  path: 'run show',
  summary: 'Show one run: parameters, results, metrics, log.',
  positionals: 'ID',
  arity: [1, 1],
  flags: [projectFlag],
  run: async (given, io) => {
    const [id] = runIds(given);
    return withProject(given, false, async (project) => {
      const run = getRun(project, id!);
      const log = readLog(project, id!);
      const lines = log.map(
        (line) =>
          `${new Date(line.at).toISOString().slice(11, 19)}  ${line.level === 'info' ? '' : `${line.level}: `}${line.text}`,
      );
      await io.result({ ...run, log }, () => [runText(run), ...(lines.length > 0 ? ['', ...lines] : [])].join('\n'));
      return 0;
    });
  },
};
