/** A studio process with Peel's own kinds, for the test that kills one while it trains; says once three epochs are stored. */
import { openProject } from '../../db/open.ts';
import { getRun } from '../../db/runs.ts';
import { createQueue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { machineOf, migrationsFolder, worker } from './studio.ts';

const project = openProject(process.argv[2]!, { create: true, migrationsFolder });
createQueue({
  project,
  spawn: forkJobs(worker),
  machine: machineOf(1),
  onEvent: (event) => {
    if (event.type === 'points' && (getRun(project, event.id).metrics['train_loss']?.n ?? 0) >= 3)
      process.stdout.write('three epochs\n');
  },
});
