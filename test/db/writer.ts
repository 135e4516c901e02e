/**
 * A process that works on a project like a studio or the command line, for a given time; several of them at once must
 * not stand in each other's way. Prints one JSON line: transactions done and the longest of them in milliseconds.
 * Arguments: folder, milliseconds, `points` or `runs`.
 */
import { appendLog } from '../../db/logs.ts';
import { queryRuns } from '../../db/run-query.ts';
import { createRun, patchRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import { trashRuns, purgeRuns } from '../../db/trash.ts';
import { open } from '../jobs/studio.ts';

const [folder, milliseconds, role] = process.argv.slice(2) as [string, string, 'points' | 'runs'];
const project = open(folder);
const create = (): number =>
  createRun(project, { kind: role, parameters: { pid: process.pid }, seed: 1, versions: {} });
const id = create();
let done = 0;
let longest = 0;

for (const end = performance.now() + Number(milliseconds); performance.now() < end; done++) {
  const start = performance.now();
  if (role === 'points') {
    project.write(() => {
      for (const metric of ['a', 'b', 'c']) appendPoints(project, id, metric, [done], [Math.sin(done)]);
      appendLog(project, id, [{ at: done, level: 'info', text: `step ${done}` }]);
    });
  } else {
    const extra = create();
    patchRun(project, extra, { tags: ['new'], note: 'from another process' });
    queryRuns(project, { sort: 'm:a' });
    trashRuns(project, [extra]);
    if (done % 10 === 9) await purgeRuns(project);
  }
  longest = Math.max(longest, performance.now() - start);
  await new Promise((resolve) => setTimeout(resolve, 2));
}
project.close();
process.stdout.write(`${JSON.stringify({ id, done, longest })}\n`);
