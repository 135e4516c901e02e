/** kill -9 of the studio and of jobs at random moments: nothing acknowledged is lost, the database stays whole. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { kindsModule, machineOf, worker } from './studio.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();
const random = randomSource(2026);

/** Steps are their own numbers: none may be missing in the middle or be there twice. @returns how many there are */
function steps(id: number): number {
  const { x, y } = studio.series(id, 'step');
  expect(y.every((value, i) => value === i && x[i] === i)).toBe(true);
  return y.length;
}

/** Starts a studio process and kills it some time after its first acknowledgement. @returns points acknowledged by run */
async function killedStudio(folder: string, milliseconds: number): Promise<ReadonlyMap<number, number>> {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'host.ts'), folder], {
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
        if (acknowledged.size === 0) setTimeout(() => host.kill('SIGKILL'), milliseconds);
        acknowledged.set(id!, Math.max(acknowledged.get(id!) ?? 0, n!));
      }
    });
    host.on('close', () => resolve());
  });
  return acknowledged;
}

it('ten kills of the studio lose no acknowledged point', { timeout: 90_000 }, async () => {
  for (let round = 0; round < 10; round++) {
    if (round > 0) studio.reopen();
    const ids = [studio.add('steady'), studio.add('steady')];
    await studio.close();
    const acknowledged = await killedStudio(studio.folder, 600 * random.uniform());
    expect(acknowledged.size).toBeGreaterThan(0);

    studio.reopen();
    const { connection } = studio.project;
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const queue = studio.start({ machine: machineOf(1) });
    for (const id of ids.filter((each) => acknowledged.has(each))) {
      const run = await studio.ended(id);
      expect(run).toMatchObject({ status: 'interrupted', error: expect.stringContaining('kept; run it again') });
      expect(steps(id)).toBeGreaterThanOrEqual(acknowledged.get(id)!);
    }
    await queue.close();
    connection.exec("UPDATE run SET status = 'cancelled' WHERE status = 'queued'");
    await studio.close();
  }
});

it('five kills of a job fail it, keep what it had reported, and leave the studio at work', async () => {
  const pids: number[] = [];
  const forked = forkJobs(worker, kindsModule);
  studio.start({
    machine: machineOf(1),
    spawn: () => {
      const child = forked();
      pids.push(child.pid!);
      return child;
    },
  });
  for (let round = 0; round < 5; round++) {
    const id = studio.add('steady');
    await studio.until(id, (run) => (run.metrics['step']?.n ?? 0) > 0);
    await new Promise((resolve) => setTimeout(resolve, 300 * random.uniform()));
    const before = steps(id);
    process.kill(pids.at(-1)!, 'SIGKILL');
    const run = await studio.ended(id);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('signal SIGKILL') });
    expect(steps(id)).toBeGreaterThanOrEqual(before);
  }
  expect((await studio.ended(studio.add('quick'))).status).toBe('done');
});
