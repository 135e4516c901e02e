/** The sampling thread: its pace, what it hands over late, and graphics cards through a stand-in for NVIDIA's program. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSampler } from '../../../src-main/jobs/system/sampler.ts';

/** A timer may fire a little early by the clock that the samples are read from. */
const EARLY = 0.002;
const fresh = { seconds: 0, samples: 0 };
const pace = { interval: 10, doubling: 1000, gpu: 0 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peel-sampler-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Samples until a series has so many points and something else holds. @returns the points by series */
async function sample(
  soFar: typeof fresh,
  with_: typeof pace,
  metric: string,
  least: number,
  and: () => boolean = () => true,
): Promise<Map<string, [number, number][]>> {
  const found = new Map<string, [number, number][]>();
  let over = false;
  await new Promise<void>((resolve) => {
    const sampler = startSampler(
      soFar,
      (key, x, y) => {
        found.set(key, [...(found.get(key) ?? []), [x, y]]);
        if (!over && key === metric && found.get(key)!.length >= least && and()) {
          over = true;
          setImmediate(() => {
            sampler.end();
            resolve();
          });
        }
      },
      with_,
    );
  });
  return found;
}

const gaps = (points: readonly [number, number][]): number[] => points.slice(1).map(([x], i) => x - points[i]![0]);

it('doubles its interval after so many samples, and goes on from those of earlier jobs', async () => {
  const slower = { ...pace, interval: 20, doubling: 3 };
  const first = (await sample(fresh, slower, 'system/memory', 8)).get('system/memory')!;
  expect(first[0]![0]).toBeGreaterThan(0.02 - EARLY);
  for (const [i, gap] of gaps(first).entries())
    expect(gap).toBeGreaterThan([0.02, 0.04, 0.08][Math.floor((i + 1) / 3)]! - EARLY);
  const later = (await sample({ seconds: 100, samples: 6 }, slower, 'system/memory', 2)).get('system/memory')!;
  expect(later[0]![0]).toBeGreaterThan(100.08 - EARLY);
  expect(gaps(later)[0]).toBeGreaterThan(0.08 - EARLY);
});

it('hands over at the end what it read while nothing was let in, no more of the processor than was used', () => {
  const found: [number, number][] = [];
  // Longer each time: how soon the thread gets its turn is the machine's matter.
  for (let milliseconds = 200; found.length < 4 && milliseconds < 60_000; milliseconds *= 2) {
    found.length = 0;
    const used = process.cpuUsage();
    const sampler = startSampler(fresh, (metric, x, y) => metric === 'system/cpu' && found.push([x, y]), pace);
    for (const end = performance.now() + milliseconds; performance.now() < end;);
    expect(found).toEqual([]);
    sampler.end();
    const { user, system } = process.cpuUsage(used);
    const sampled = gaps([[0, 0], ...found]).reduce((sum, gap, i) => sum + (gap * found[i]![1]) / 100, 0);
    expect(sampled).toBeLessThan(((user + system) / 1e6) * 1.05 + 0.05);
  }
  expect(found.length).toBeGreaterThanOrEqual(4);
});

it.skipIf(process.platform === 'win32')('asks for graphics cards where there is a driver', async () => {
  const answer = '#!/bin/sh\nprintf "12, 1000\\n97, 40000\\n[N/A], 81000\\n"\n';
  writeFileSync(join(folder, 'nvidia-smi'), answer, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
  const found = await sample(fresh, pace, 'system/gpu-memory', 2);
  expect(found.get('system/gpu')![0]![1]).toBe(97);
  // 81,000 MiB
  expect(found.get('system/gpu-memory')![0]![1]).toBeCloseTo(84_934.656, 3);
});

it.skipIf(process.platform === 'win32')('asks a driver that fails only once', async () => {
  const log = join(folder, 'asked');
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\necho asked >> ${log}\nexit 9\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
  // Enough samples for the answer to come back, however long the program takes to start.
  const found = await sample(fresh, pace, 'system/cpu', 5, () => existsSync(log));
  expect(found.has('system/gpu')).toBe(false);
  expect(readFileSync(log, 'utf8')).toBe('asked\n');
});

it('says nothing of cards where there is no driver', async () => {
  vi.stubEnv('PATH', folder);
  const found = await sample(fresh, pace, 'system/cpu', 5);
  expect([...found.keys()].filter((key) => key.startsWith('system/gpu'))).toEqual([]);
});
