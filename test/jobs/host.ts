/** A studio process for the tests that kill one: hosts a queue on a folder and prints every acknowledged step. */
import { openProject } from '../../db/open.ts';
import { createQueue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { kindsModule, machineOf, migrationsFolder, worker } from './studio.ts';

const project = openProject(process.argv[2]!, { create: true, migrationsFolder });
createQueue({
  project,
  spawn: forkJobs(worker, kindsModule),
  machine: machineOf(2),
  onEvent: (event) => {
    if (event.type !== 'points') return;
    const row = project.prepare<[number], { n: number }>('SELECT n FROM series WHERE run_id = ?').get(event.id);
    process.stdout.write(`${event.id} ${row?.n ?? 0}\n`);
  },
});
