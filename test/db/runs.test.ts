/** Experiments, runs, tags, notes, logs: what a person stores comes back, and unusable input changes nothing. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createExperiment, deleteExperiment, listExperiments, patchExperiment } from '../../db/experiments.ts';
import { appendLog, readLog } from '../../db/logs.ts';
import { projectInfo, renameProject } from '../../db/project-info.ts';
import type { Project } from '../../db/project.ts';
import { askStop, claimNextRun, finishRun, ownsRun, renewClaims, requeueRun } from '../../db/run-lifecycle.ts';
import { createRun, getRun, patchRun } from '../../db/runs.ts';
import { selectRunIds } from '../../db/run-query.ts';
import { listTags } from '../../db/tags.ts';
import { spentMilliseconds } from '../../src-main/charts/run-time.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
beforeEach(() => {
  place = freshFolder();
  project = open(place.folder);
});
afterEach(() => {
  project.close();
  place.remove();
});

it('stores a run with everything it was given', () => {
  const id = createRun(project, {
    kind: 'solve',
    parameters: { eh: 5, ratio: 'inf', p: null, exact: true },
    seed: 3,
    versions: { peel: '0.1.0' },
    experiment: ' Paper ',
    name: ' first ',
    note: 'two\nlines',
    tags: ['b', 'a', 'b'],
    status: 'done',
    result: { gap: 1e-12, ratio: Infinity, none: NaN },
  });
  expect(getRun(project, id)).toMatchObject({
    id,
    experiment: 'Paper',
    kind: 'solve',
    name: 'first',
    note: 'two\nlines',
    tags: ['a', 'b'],
    seed: 3,
    parameters: { eh: 5, ratio: 'inf', p: null, exact: true },
    versions: { peel: '0.1.0' },
    result: { gap: 1e-12, ratio: 'Infinity', none: 'NaN' },
    status: 'done',
    progress: null,
    archived: false,
    trashed: false,
  });
  expect(getRun(project, add(project, 'sweep'))).toMatchObject({ name: 'sweep 2', experiment: 'Default' });
  expect(listTags(project)).toEqual([
    { tag: 'a', runs: 1 },
    { tag: 'b', runs: 1 },
  ]);
});

it('edits a run, all or nothing', () => {
  const id = add(project, 'solve');
  patchRun(project, id, { name: 'new', tags: ['x'], experiment: 'Other', archived: true });
  expect(getRun(project, id)).toMatchObject({ name: 'new', tags: ['x'], experiment: 'Other', archived: true });
  expect(() => patchRun(project, id, { name: 'lost', tags: ['good', ''] })).toThrow(/tags/);
  expect(getRun(project, id)).toMatchObject({ name: 'new', tags: ['x'] });
  expect(() => patchRun(project, 99, { name: 'x' })).toThrow(/no run 99/);
});

it('keeps experiment names unique and never takes runs along', () => {
  const { id } = createExperiment(project, { name: 'Paper', note: 'why' });
  expect(() => createExperiment(project, { name: 'paper' })).toThrow(/exists already/);
  expect(() => createExperiment(project, { name: ' ' })).toThrow(/1 to 200 characters/);
  patchExperiment(project, id, { name: 'PAPER' });
  createRun(project, { kind: 'solve', parameters: {}, seed: 1, versions: {}, experiment: 'paper' });
  expect(listExperiments(project)).toMatchObject([{ name: 'PAPER', note: 'why', runs: 1 }]);
  expect(() => deleteExperiment(project, id)).toThrow(/holds 1 runs/);
  deleteExperiment(project, createExperiment(project, { name: 'Empty' }).id);
  expect(listExperiments(project)).toHaveLength(1);
});

it('numbers log lines and reads on from any of them', () => {
  const id = add(project, 'solve');
  appendLog(project, id, [
    { at: 1, level: 'info', text: 'a' },
    { at: 2, level: 'error', text: 'x'.repeat(20_000) },
  ]);
  appendLog(project, id, [{ at: 3, level: 'warning', text: 'c' }]);
  expect(readLog(project, id, 2)).toEqual([{ sequence: 3, at: 3, level: 'warning', text: 'c' }]);
  expect(readLog(project, id, 0, 1)).toMatchObject([{ sequence: 1, text: 'a' }]);
  expect(readLog(project, id)[1]!.text).toMatch(/x … \(cut\)$/);
});

it('counts what the project holds, and takes a new name', () => {
  add(project, 'solve');
  renameProject(project, 'My study');
  expect(projectInfo(project, '9.9')).toMatchObject({
    name: 'My study',
    version: '9.9',
    schemaVersion: 4,
    runs: 1,
    archived: 0,
    trashed: 0,
    folder: project.folder,
  });
  expect(() => renameProject(project, '')).toThrow(/name/);
});

it('lets exactly the owner end a run', () => {
  const id = add(project, 'solve');
  const other = add(project, 'solve');
  expect(claimNextRun(project, { owner: 'me', leaseUntil: 1, versions: { peel: '2' } }, { only: other })!.id).toBe(
    other,
  );
  expect(claimNextRun(project, { owner: 'me', leaseUntil: 1 })!.id).toBe(id);
  expect(claimNextRun(project, { owner: 'me', leaseUntil: 1 })).toBeNull();
  expect(ownsRun(project, id, 'you')).toBe(false);
  expect(finishRun(project, id, 'you', { status: 'done', json: '1' })).toBe(false);
  expect(renewClaims(project, 'me', 2)).toEqual([id, other]);
  expect(finishRun(project, id, 'me', { status: 'done', json: '{"a":1}' })).toBe(true);
  expect(finishRun(project, id, 'me', { status: 'failed', error: 'late' })).toBe(false);
  expect(getRun(project, id)).toMatchObject({ status: 'done', result: { a: 1 }, error: null });
  expect(getRun(project, other).versions).toEqual({ peel: '2' });
});

it('cancels a queued run at once and asks for a running one', () => {
  const [running, queued] = [add(project, 'solve'), add(project, 'solve')];
  claimNextRun(project, { owner: 'me', leaseUntil: 1 });
  expect([
    askStop(project, running, 'cancelled'),
    askStop(project, queued, 'cancelled'),
    askStop(project, queued, 'cancelled'),
  ]).toEqual(['running', 'cancelled', 'cancelled']);
  expect(() => askStop(project, 99, 'cancelled')).toThrow(/no run 99/);
});

it('adds up the time of all jobs of a resumed run, and none of what it waited', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  try {
    const id = add(project, 'solve');
    const spent = () => spentMilliseconds(getRun(project, id), Date.now());
    const pass = (seconds: number) => vi.advanceTimersByTime(1000 * seconds);
    const job = (seconds: number, outcome: Parameters<typeof finishRun>[3]) => {
      claimNextRun(project, { owner: 'me', leaseUntil: 1 });
      pass(seconds);
      finishRun(project, id, 'me', outcome);
    };
    pass(60);
    expect(spent()).toBeNull();
    job(5, { status: 'paused' });
    pass(60);
    expect(spent()).toBe(5000);
    requeueRun(project, id);
    pass(60);
    expect(spent()).toBe(5000);
    // Stopped and asked for again before it is its turn: nothing is added.
    askStop(project, id, 'paused');
    pass(60);
    requeueRun(project, id);
    job(20, { status: 'interrupted', error: 'the studio was closed' });
    requeueRun(project, id);
    job(300, { status: 'done', json: '1' });
    expect(getRun(project, id)).toMatchObject({ status: 'done', earlier: 25_000 });
    expect(spent()).toBe(325_000);
    const longer = (milliseconds: number) => selectRunIds(project, { where: [`duration>=${milliseconds}`] });
    expect([longer(325_000), longer(325_001)]).toEqual([[id], []]);
  } finally {
    vi.useRealTimers();
  }
});
