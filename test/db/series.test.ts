/**
 * The series store against plain arrays: every point comes back bit for bit, and every bucket of every zoom is compared
 * with the points it stands for.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Project } from '../../db/project.ts';
import { getRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import { readChunks, readSeries, type BucketSeries } from '../../db/series-read.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';

const place = freshFolder();
let project: Project;
beforeAll(() => {
  project = open(place.folder);
  // Durability is tested elsewhere; here the disk would take most of the time.
  project.connection.pragma('synchronous = OFF');
});
afterAll(() => {
  project.close();
  place.remove();
});

/** How x runs: exact steps, jittered steps, resumed (goes back now and then), or anything. */
const shapes = ['steps', 'jittered', 'resumed', 'scattered', 'constant'] as const;

const specification = fc.record({
  n: fc.integer({ min: 1, max: 10_000 }),
  batch: fc.integer({ min: 1, max: 3000 }),
  seed: fc.nat(),
  step: fc.constantFrom(1, -0.5, 0.1, 3),
  shape: fc.constantFrom(...shapes),
  rough: fc.boolean(),
});

type Specification = typeof specification extends fc.Arbitrary<infer T> ? T : never;

function make({ n, seed, step, shape, rough }: Specification): { x: Float64Array; y: Float64Array } {
  const random = randomSource(seed);
  const x = new Float64Array(n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    if (shape === 'resumed' && random.uniform() < 0.0005) at = Math.max(0, at - 500);
    if (shape === 'steps' || shape === 'resumed') x[i] = at * step + 0;
    else if (shape === 'jittered') x[i] = i * step + 0.3 * random.uniform();
    else x[i] = shape === 'constant' ? 7 : random.normal();
    at++;
  }
  const y = Float64Array.from({ length: n }, () => {
    const u = random.uniform();
    if (!rough) return u;
    return u < 0.01 ? NaN : u < 0.02 ? Infinity : u < 0.03 ? -Infinity : u < 0.04 ? 1e300 * random.normal() : u;
  });
  // A stretch without one finite value, longer than a bucket.
  if (rough) y.fill(NaN, Math.floor(n / 2), Math.floor(n / 2) + 200);
  return { x, y };
}

function store(x: Float64Array, y: Float64Array, batch: number): number {
  const id = add(project, 'quick');
  project.write(() => {
    for (let i = 0; i < x.length; i += batch) {
      appendPoints(project, id, 'm', x.subarray(i, i + batch), y.subarray(i, i + batch));
    }
  });
  return id;
}

/** Walks the points in order and requires every bucket to be exactly what the next so many points say. */
function expectBuckets(got: BucketSeries, x: readonly number[], y: readonly number[]): void {
  let at = 0;
  for (let b = 0; b < got.min.length; b++) {
    const start = at;
    let low = Infinity;
    let high = -Infinity;
    // A bucket ends where all five of its numbers agree; the store never says how many points it holds.
    const finite: number[] = [];
    const agrees = (): boolean =>
      at > start &&
      low === got.x0[b] &&
      high === got.x1[b] &&
      Object.is(y[at - 1], got.last[b]) &&
      Object.is(finite.length > 0 ? Math.min(...finite) : NaN, got.min[b]) &&
      Object.is(finite.length > 0 ? Math.max(...finite) : NaN, got.max[b]);
    const isLast = b === got.min.length - 1;
    while (at < x.length && (isLast || !agrees())) {
      low = Math.min(low, x[at]!);
      high = Math.max(high, x[at]!);
      if (Number.isFinite(y[at])) finite.push(y[at]!);
      at++;
    }
    expect(agrees()).toBe(true);
  }
  expect(at).toBe(x.length);
}

it('gives back every point, and buckets that are exactly their points, at any zoom', () => {
  const range = fc.record({
    maxPoints: fc.integer({ min: 1, max: 300 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    width: fc.double({ min: 0, max: 1, noNaN: true }),
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(specification, fc.array(range, { minLength: 3, maxLength: 3 }), (specified, ranges) => {
      const { x, y } = make(specified);
      const id = store(x, y, specified.batch);
      const all = readSeries(project, id, 'm', { maxPoints: Infinity });
      if (all.layout !== 'raw') throw new Error('all points were asked for');
      expect(Buffer.from(all.x.buffer).equals(Buffer.from(x.buffer))).toBe(true);
      expect(Buffer.from(all.y.buffer).equals(Buffer.from(y.buffer))).toBe(true);
      for (const { maxPoints, from: start, width, open: whole } of ranges) {
        const sorted = x.toSorted();
        const from = whole ? -Infinity : sorted[Math.floor(start * (x.length - 1))]!;
        const to = whole ? Infinity : sorted[Math.floor(Math.min(1, start + width) * (x.length - 1))]!;
        const chosen = [...x.keys()].filter((i) => x[i]! >= from && x[i]! <= to);
        const wantX = chosen.map((i) => x[i]!);
        const wantY = chosen.map((i) => y[i]!);
        const got = readSeries(project, id, 'm', { from, to, maxPoints });
        expect(got.total).toBe(chosen.length);
        expect(got.nonFinite).toBe(wantY.filter((value) => !Number.isFinite(value)).length);
        if (got.layout === 'raw') {
          expect([[...got.x], [...got.y]]).toEqual([wantX, wantY]);
        } else {
          expect(got.min.length).toBeLessThanOrEqual(maxPoints);
          const finite = wantY.filter(Number.isFinite);
          const extreme = (values: Float64Array, sign: number): number =>
            values.reduce((best, value) => (Number.isNaN(value) ? best : Math.max(best, sign * value)), -Infinity);
          expect(extreme(got.max, 1)).toBe(Math.max(...finite));
          expect(-extreme(got.min, -1)).toBe(Math.min(...finite));
          if (!specified.rough && specified.shape !== 'constant') expectBuckets(got, wantX, wantY);
        }
      }
    }),
    { numRuns: 24, seed: 11 },
  );
});

it('reduces through points, pyramid and chunks to the same extremes', () => {
  const n = 400_000;
  const x = Float64Array.from({ length: n }, (_, i) => i);
  const random = randomSource(5);
  const y = x.map(() => random.normal());
  y[123_457] = -99;
  y[333_333] = 99;
  y[222_222] = NaN;
  const id = store(x, y, 50_000);
  for (const maxPoints of [4000, 1000, 20]) {
    const got = readSeries(project, id, 'm', { maxPoints });
    if (got.layout !== 'buckets') throw new Error('not reduced');
    expect([got.total, got.nonFinite]).toEqual([n, 1]);
    const low = got.min.indexOf(-99);
    const high = got.max.indexOf(99);
    expect(got.x0[low]! <= 123_457 && 123_457 <= got.x1[low]!).toBe(true);
    expect(got.x0[high]! <= 333_333 && 333_333 <= got.x1[high]!).toBe(true);
    expectBuckets(got, [...x], [...y]);
  }
});

it('keeps the summary in step with the points, whatever the batches', () => {
  const { x, y } = make({ n: 5000, batch: 1, seed: 3, step: 1, shape: 'resumed', rough: true });
  const finite = [...y.keys()].filter((i) => Number.isFinite(y[i]));
  const min = finite.reduce((best, i) => (y[i]! < y[best]! ? i : best));
  const max = finite.reduce((best, i) => (y[i]! > y[best]! ? i : best));
  for (const batch of [1, 64, 5000]) {
    const summary = getRun(project, store(x, y, batch)).metrics['m'];
    expect(summary).toEqual({
      n: 5000,
      nonFinite: 5000 - finite.length,
      firstX: x[0],
      first: y[0],
      lastX: x[4999],
      last: Number.isFinite(y[4999]) ? y[4999] : String(y[4999]),
      min: y[min],
      minX: x[min],
      max: y[max],
      maxX: x[max],
    });
  }
});

it('streams the chunks of a series for exports', () => {
  const x = Float64Array.from({ length: 5000 }, (_, i) => i * i);
  const parts = [...readChunks(project, store(x, x, 999), 'm')];
  expect(parts.map((part) => part.y.length)).toEqual([2048, 2048, 904]);
  expect(parts.flatMap((part) => [...part.x])).toEqual([...x]);
});

it('refuses points it could not give back, and stores none of them', () => {
  const id = add(project, 'quick');
  expect(() => appendPoints(project, id, 'm', [1, NaN], [1, 2])).toThrow(/x of metric m is NaN/);
  expect(() => appendPoints(project, id, 'm', [1], [1, 2])).toThrow(InvalidInput);
  expect(() => appendPoints(project, id, '', [1], [1])).toThrow(InvalidInput);
  expect(() => appendPoints(project, 9999, 'm', [1], [1])).toThrow(/FOREIGN KEY/);
  expect(() => readSeries(project, id, 'm', { maxPoints: 10 })).toThrow(/has no metric m/);
});

it('takes a million points and reads them back quickly at any width', () => {
  const id = add(project, 'quick');
  const x = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
  const y = x.map((value) => Math.sin(value / 1000));
  const start = performance.now();
  for (let at = 0; at < x.length; at += 4096) {
    appendPoints(project, id, 'wave', x.subarray(at, at + 4096), y.subarray(at, at + 4096));
  }
  expect(performance.now() - start).toBeLessThan(10_000);
  for (const maxPoints of [Infinity, 100_000, 1600, 100]) {
    const begin = performance.now();
    expect(readSeries(project, id, 'wave', { maxPoints }).total).toBe(1_000_000);
    expect(performance.now() - begin).toBeLessThan(1000);
  }
});
