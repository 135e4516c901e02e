/** kill -9 of the studio and of jobs at random moments: nothing acknowledged is lost, the database stays whole. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createQueue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { add, freshFolder, hasEnded, kindsModule, open, until, worker } from './studio.ts';

/** Deterministic moments, 150 to 900 ms after the first acknowledged point. */
const moments = [150, 410, 275, 900, 520, 190, 640, 333];

it('loses no acknowledged point over eight kills of the studio', { timeout: 90_000 }, async () => {
  const place = freshFolder();
  for (const moment of moments) {
    let project = open(place.folder);
    const ids = [add(project, 'steady'), add(project, 'steady')];
    project.close();
    const host = spawn(process.execPath, [join(import.meta.dirname, 'host.ts'), place.folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged = new Map<number, number>();
    let rest = '';
    await new Promise<void>((resolve) => {
      host.stdout.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          const [id, n] = line.split(' ').map(Number);
          if (acknowledged.size === 0) setTimeout(() => host.kill('SIGKILL'), moment);
          acknowledged.set(id!, Math.max(acknowledged.get(id!) ?? 0, n!));
        }
      });
      host.on('close', () => resolve());
    });
    expect(acknowledged.size).toBeGreaterThan(0);

    project = open(place.folder);
    expect(project.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const queue = createQueue({ project, spawn: forkJobs(worker, kindsModule), concurrency: 1 });
    for (const id of ids) {
      const run = await until(project, id, (one) => one.status !== 'running');
      if (run.status === 'queued') continue;
      expect(run.status).toBe('interrupted');
      expect(run.metrics['step']?.n ?? 0).toBeGreaterThanOrEqual(acknowledged.get(id) ?? 0);
      // Steps are their own numbers: none is missing in the middle.
      expect(run.metrics['step']?.last ?? 0).toBe((run.metrics['step']?.n ?? 1) - 1);
    }
    await queue.close();
    project.connection.exec("DELETE FROM run WHERE status IN ('queued', 'interrupted')");
    project.close();
  }
  place.remove();
});

it('a job killed from outside fails and keeps what it had reported', async () => {
  const place = freshFolder();
  const project = open(place.folder);
  const pids: number[] = [];
  const forked = forkJobs(worker, kindsModule);
  const queue = createQueue({
    project,
    concurrency: 1,
    spawn: () => {
      const child = forked();
      pids.push(child.pid!);
      return child;
    },
  });
  const id = add(project, 'steady');
  await until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 20);
  process.kill(pids[0]!, 'SIGKILL');
  const run = await until(project, id, hasEnded);
  expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('SIGKILL') });
  expect(run.metrics['step']!.n).toBeGreaterThan(20);
  await queue.close();
  project.close();
  place.remove();
});
