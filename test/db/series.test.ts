/** The series store against plain arrays: every point comes back, and no extreme is lost at any zoom. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Project } from '../../db/project.ts';
import { appendPoints } from '../../db/series-append.ts';
import { readSeries } from '../../db/series-read.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
beforeAll(() => {
  place = freshFolder();
  project = open(place.folder);
});
afterAll(() => {
  project.close();
  place.remove();
});

/** Values with spikes, NaN and infinities, in batches of odd sizes. */
const series = fc.record({
  n: fc.integer({ min: 1, max: 9000 }),
  batch: fc.integer({ min: 1, max: 3000 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  stride: fc.constantFrom(1, 0.5, 3),
  regular: fc.boolean(),
});

function make({ n, seed, stride, regular }: { n: number; seed: number; stride: number; regular: boolean }) {
  let state = seed;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const x = Float64Array.from({ length: n }, (_, i) => (regular ? i * stride : i * stride + 0.3 * random()));
  const y = Float64Array.from({ length: n }, () => {
    const u = random();
    return u < 0.003 ? NaN : u < 0.006 ? Infinity : u < 0.009 ? 1000 * random() : random();
  });
  return { x, y };
}

it('gives back every point bit for bit, and every extreme of any range in buckets', () => {
  fc.assert(
    fc.property(
      series,
      fc.integer({ min: 10, max: 400 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (shape, maxPoints, cut) => {
        const id = add(project, 'quick');
        const { x, y } = make(shape);
        for (let at = 0; at < x.length; at += shape.batch)
          appendPoints(project, id, 'm', x.subarray(at, at + shape.batch), y.subarray(at, at + shape.batch));

        const all = readSeries(project, id, 'm', { maxPoints: 1e6 });
        if (all.layout !== 'raw') throw new Error('a million points were allowed');
        expect(all.total).toBe(x.length);
        expect([...all.x]).toEqual([...x]);
        expect([...all.y]).toEqual([...y]);

        const from = x[Math.floor(cut * (x.length - 1))]!;
        const part = readSeries(project, id, 'm', { maxPoints, from });
        const finite = [...y].filter((value, i) => x[i]! >= from && Number.isFinite(value));
        const [low, high] = part.layout === 'raw' ? [[...part.y], [...part.y]] : [[...part.min], [...part.max]];
        const kept = (values: number[]): number[] => values.filter(Number.isFinite);
        if (finite.length > 0) {
          expect(Math.max(...kept(high))).toBeGreaterThanOrEqual(Math.max(...finite));
          expect(Math.min(...kept(low))).toBeLessThanOrEqual(Math.min(...finite));
        }
        if (part.layout === 'buckets') expect(part.min.length).toBeLessThanOrEqual(maxPoints);
      },
    ),
    { numRuns: 40, seed: 11 },
  );
});

it('reads a million points down to a screenful in well under a second', () => {
  const id = add(project, 'quick');
  const x = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
  const y = x.map((value) => Math.sin(value / 1000) + (value === 654_321 ? 50 : 0));
  for (let at = 0; at < x.length; at += 20_000)
    appendPoints(project, id, 'wave', x.subarray(at, at + 20_000), y.subarray(at, at + 20_000));
  const start = performance.now();
  const reduced = readSeries(project, id, 'wave', { maxPoints: 1600 });
  expect(performance.now() - start).toBeLessThan(1000);
  if (reduced.layout !== 'buckets') throw new Error('not reduced');
  expect(reduced.total).toBe(1_000_000);
  expect(Math.max(...reduced.max)).toBeGreaterThan(49);
});
