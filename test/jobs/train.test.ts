/**
 * The run kind that trains, in real processes: kill -9 of the studio in the middle and a resume give the same bits as a run that
 * was left alone; stopping is prompt; kept features measure the same elsewhere; what does not go together is refused by name.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findArtifact, readArtifact } from '../../db/artifacts.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import { createRun, getRun } from '../../db/runs.ts';
import { metricKeys } from '../../src-main/collapse/keys.ts';
import { measure } from '../../src-main/collapse/measure.ts';
import { openFeatureFile } from '../../src-main/interop/tensors/feature-file.ts';
import { checkedValues, findKind } from '../../src-main/jobs/kinds/index.ts';
import { trainKind } from '../../src-main/jobs/kinds/train.ts';
import { pauseRun } from '../../src-main/jobs/pause.ts';
import type { Queue } from '../../src-main/jobs/queue.ts';
import { resumeRun } from '../../src-main/jobs/resume.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { decodeCheckpoint } from '../../src-main/training/trainer/checkpoint.ts';
import { execute, expectDeclared, refusedFields } from './execute.ts';
import { machineOf, worker } from './studio.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();
const start = (): Queue => studio.start({ spawn: forkJobs(worker), machine: machineOf(1) });

const TINY = {
  source: 'gaussian',
  classes: 4,
  samplesPerClass: 80,
  dimension: 10,
  separation: 4,
  majority: '0,2',
  ratio: 4,
  width: 16,
  batch: 8,
  epochs: 10,
  backend: 'wasm',
};
/** Of one of its epochs: 80, 20, 80 and 20 samples in batches of 8. */
const STEPS = 25;

function add(changes: Record<string, unknown> = {}): number {
  const parameters = checkedValues(trainKind, { ...TINY, ...changes });
  return createRun(studio.project, { kind: 'train', parameters, seed: 5, versions: {} });
}

type Series = Readonly<Record<string, { readonly x: readonly number[]; readonly y: readonly number[] }>>;

/** All that is the same whenever it was computed: weights, moments, position, and every series but the speed. */
function recordOf(checkpoint: Uint8Array, { steps_per_second: speed, ...series }: Series) {
  const { clocks, ...state } = decodeCheckpoint(checkpoint);
  expect(clocks.training).toBeGreaterThan(0);
  expect(speed!.x.length).toBeGreaterThan(0);
  return { state, series };
}

function record(id: number) {
  const keys = Object.keys(getRun(studio.project, id).metrics);
  const series = Object.fromEntries(keys.map((key) => [key, studio.series(id, key)]));
  return recordOf(readArtifact(studio.project, id, 'checkpoint.safetensors'), series);
}

/** The same training in this very process, undisturbed. */
async function leftAlone(changes: Record<string, unknown>) {
  const { points, kept } = await execute(trainKind, { ...TINY, ...changes }, { seed: 5 });
  return recordOf(kept!, points);
}

/** A studio that is killed once it has stored three epochs: a checkpoint lies behind it. */
function killedStudio(folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'train-host.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    // A run that ends before it can be killed must not keep the test waiting.
    const deadline = setTimeout(() => child.kill('SIGKILL'), 40_000);
    child.stdout.once('data', () => child.kill('SIGKILL'));
    child.on('exit', () => {
      clearTimeout(deadline);
      resolve();
    });
  });
}

describe('a training', () => {
  it('killed and resumed it is bit for bit the one that was left alone', async () => {
    const id = add({ epochs: 100 });
    await studio.close();
    await killedStudio(studio.folder);
    studio.reopen();
    // Another studio finds the run without an owner, and goes on with it.
    const queue = start();
    expect((await studio.ended(id)).status).toBe('interrupted');
    resumeRun(studio.project, id);
    queue.wake();
    const left = await leftAlone({ epochs: 100 });
    const run = await studio.ended(id);
    expect(run).toMatchObject({ status: 'done', error: null });
    expect((run.result as { resumedAt: number }).resumedAt).toBeGreaterThan(1);
    expect(record(id)).toEqual(left);
  }, 120_000);

  it('paused and resumed it is bit for bit the one that was left alone', async () => {
    start();
    const id = add({ epochs: 100 });
    await studio.until(id, (run) => (run.metrics['train_loss']?.n ?? 0) > 2);
    pauseRun(studio.project, id, findKind);
    expect(await studio.ended(id)).toMatchObject({ status: 'paused', error: null });
    resumeRun(studio.project, id);
    const left = await leftAlone({ epochs: 100 });
    const run = await studio.ended(id);
    expect(run).toMatchObject({ status: 'done', error: null });
    expect((run.result as { resumedAt: number }).resumedAt).toBeGreaterThan(1);
    expect(record(id)).toEqual(left);
  }, 120_000);

  it('stops promptly, keeps a checkpoint, and goes on from the very step', async () => {
    start();
    const id = add({ epochs: 5000, measured: 'last' });
    await studio.until(id, (run) => (run.metrics['train_loss']?.n ?? 0) > 2);
    const asked = performance.now();
    askStop(studio.project, id, 'cancelled');
    expect((await studio.ended(id)).status).toBe('cancelled');
    // Well before the queue would kill a job that does not listen, on a busy machine too.
    expect(performance.now() - asked).toBeLessThan(8000);
    const { position } = decodeCheckpoint(readArtifact(studio.project, id, 'checkpoint.safetensors'));
    // An epoch's curve is stored before its test set is gone through, and a stop may come in between.
    const stored = getRun(studio.project, id).metrics['train_loss']!.lastX;
    expect(position).toMatchObject(stored === position.epoch ? { step: STEPS } : { epoch: stored + 1 });
  });

  it('fails where it diverges, with the step and the cause', async () => {
    start();
    const run = await studio.ended(add({ rate: 1e20 }));
    expect(run.status).toBe('failed');
    expect(run.error).toMatch(/diverged at step \d+ of epoch 1: the loss is .*learning rate/);
  });

  it('keeps features that measure the same when they are read from their file', async () => {
    start();
    const id = add({ epochs: 2, keepFeatures: true, covariance: true });
    const run = await studio.ended(id);
    const { metrics, verdict } = run.result as { metrics: Record<string, number | null>; verdict: { outcome: string } };
    expect(['as predicted', 'otherwise than predicted', 'not collapsed']).toContain(verdict.outcome);
    const file = openFeatureFile(findArtifact(studio.project, id, 'features.npz').path, null);
    const options = {
      classes: 4,
      centre: 'classes',
      pooling: 'samples',
      majority: [0, 2],
      weights: null,
      decays: null,
      covariance: true,
    } as const;
    const again = await measure(file.source, file.classifier, options);
    file.close();
    for (const key of metricKeys) {
      expect([key, metrics[key]]).toEqual([key, again.metrics[key]]);
      if (again.metrics[key] !== null) expect(run.metrics[key]!.last).toBe(again.metrics[key]);
    }
    expect(again.metrics.vci).not.toBeNull();
  });
});

it('of a network that begins dense the document says the epoch of the switch, of others none', async () => {
  const input = { ...TINY, epochs: 3, rank: 4, headRank: 2 };
  const first = await execute(trainKind, { ...input, factors: 'dense', switch: 2 });
  expectDeclared(trainKind, first.document);
  expect(first.document['switch']).toBe(2);
  expect(first.lines.filter((line) => line.includes('after epoch 2 at rank'))).toHaveLength(3);
  const drawn = await execute(trainKind, input);
  expectDeclared(trainKind, drawn.document);
  expect(drawn.document['switch']).toBeNull();
  expect(drawn.document['parameterCount']).toBe(first.document['parameterCount']);
});

describe('refuses', () => {
  it.each<[Record<string, unknown>, readonly string[]]>([
    [{}, []],
    [{ source: 'idx' }, ['path']],
    [{ source: 'idx', path: '/nowhere/at/all' }, ['path']],
    [{ path: 'data' }, ['path']],
    [{ ratio: 10 }, ['majority']],
    [{ ratio: 10, majority: '0,1.5' }, ['majority']],
    [{ ratio: 10, majority: '0,10' }, ['majority']],
    [{ imbalance: 'long-tail', ratio: 'inf' }, ['ratio']],
    [{ imbalance: 'explicit' }, ['counts']],
    [{ oversampling: 2 }, ['oversampling']],
    [{ oversampling: 2, ratio: 'inf', majority: '0' }, ['oversampling']],
    [{ oversampling: 2, ratio: 5, majority: '0', balancedSampling: true }, ['oversampling']],
    [{ lossWeighting: 'minority' }, ['lossWeighting']],
    [{ loss: 'mse', adjustment: 1 }, ['adjustment']],
    [{ warmUp: 60 }, ['warmUp']],
    [{ network: 'cnn' }, ['network']],
    [{ source: 'gratings', network: 'vgg-11', batch: 1 }, ['batch']],
    [{ classifier: 'etf', headDepth: 2 }, ['headDepth']],
    [{ ratio: 0.5 }, ['ratio']],
    [{ rank: 4, factors: 'dense', switch: 60 }, ['switch']],
    [{ rank: 4, factors: 'dense', switch: 59 }, []],
    [{ rank: 4, switch: 5 }, ['switch']],
    [{ factors: 'dense' }, ['factors']],
  ])('%j', (input, fields) => {
    expect(refusedFields(trainKind, input)).toEqual(fields);
  });
});
