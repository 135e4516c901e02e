/** A studio process with Peel's own kinds, for the test that kills one while it trains; says when points were stored. */
import { openProject } from '../../db/open.ts';
import { createQueue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { migrationsFolder, worker } from './studio.ts';

createQueue({
  project: openProject(process.argv[2]!, { create: true, migrationsFolder }),
  spawn: forkJobs(worker),
  concurrency: 1,
  onEvent: (event) => void (event.type === 'points' && process.stdout.write('points\n')),
});
