/** Decisions of the classifier and of the nearest mean, settled by the triangle inequality or not, against plain loops. */
import { describe, expect, it } from 'vitest';
import { between } from '../../src-main/collapse/between.ts';
import { classMeans } from '../../src-main/collapse/class-means.ts';
import { decider } from '../../src-main/collapse/decisions.ts';
import { measure } from '../../src-main/collapse/measure.ts';
import { vectorSet } from '../../src-main/collapse/vectors.ts';
import { byDefinition, type Sample } from './definitions.ts';
import { classifierOf, options, sample, sourceOf } from './samples.ts';

const KEYS = ['nc4_agree', 'accuracy', 'margin_min', 'margin_normalised'] as const;

async function expectDefinition(drawn: Sample): Promise<void> {
  const { metrics } = await measure(sourceOf(drawn), classifierOf(drawn), options(drawn.classes));
  const expected = byDefinition(drawn, 'classes', 'samples');
  for (const key of KEYS) expect(metrics[key]).toBeCloseTo(expected[key], 11);
}

describe('decisions', () => {
  // Half the distance of two means is some √(d/2): at noise 0.5 about every sample is closer to its own, at 1 some, at 3 none.
  it.each([0.01, 0.5, 1, 3])('are those of plain loops at noise %s, for more classes than features', async (noise) => {
    const drawn = sample(new Array<number>(21).fill(6), 9, { noise, seed: 4 });
    await expectDefinition({ ...drawn, weights: drawn.weights.map((w, k) => w.map((x, j) => x + (k % 3) * j)) });
  });

  it('are those of plain loops where two means nearly coincide and the others lie far apart', async () => {
    const drawn = sample([30, 30, 30, 30], 3, { noise: 1e-3, seed: 2 });
    const shift = drawn.features[drawn.labels.indexOf(0)]!.map(
      (x, j) => x - drawn.features[drawn.labels.indexOf(1)]![j]!,
    );
    const features = drawn.features.map((row, i) => (drawn.labels[i] === 1 ? row.map((x, j) => x + shift[j]!) : row));
    await expectDefinition({ ...drawn, features });
  });

  it('give a tie of coinciding means to the lower label', async () => {
    const features = [0, 1, 0, 1].map((x) => [x, 0]);
    const weights = [
      [0, 1],
      [1, 0],
    ];
    const drawn = { features, labels: [0, 0, 1, 1], weights, bias: null, classes: 2 };
    const { metrics, classes } = await measure(sourceOf(drawn), classifierOf(drawn), options(2));
    // Every sample is as near to either mean; the classifier takes class 1 where x is 1 and ties where x is 0.
    expect(metrics.nc4_agree).toBe(0.5);
    expect(classes.map(({ agreement }) => agreement)).toEqual([0.5, 0.5]);
  });

  it('are the same where a chunk makes several blocks of logits', async () => {
    const [K, d] = [4096, 2];
    const drawn = sample([300, 200, 100], d, { seed: 6 });
    const weights = Float64Array.from({ length: K * d }, (_, at) => Math.cos(at * at));
    const source = sourceOf(drawn);
    const groups = between(await classMeans(source, K, () => Promise.resolve()), d, 'classes');
    const decide = decider({ weights, bias: null }, groups, vectorSet(groups.means, 3, d), K);
    for (const chunk of source.chunks()) decide.add(chunk, new Float64Array(chunk.rows).fill(Infinity));
    const margin = new Float64Array(K).fill(Infinity);
    drawn.features.forEach(([x, y], i) => {
      const own = drawn.labels[i]!;
      const logits = Array.from({ length: K }, (_, k) => x! * weights[k * d]! + y! * weights[k * d + 1]!);
      margin[own] = Math.min(margin[own]!, logits[own]! - Math.max(...logits.filter((_, k) => k !== own)));
    });
    expect([...decide.result.margin.slice(0, 3)]).toEqual([...margin.slice(0, 3)]);
  });
});

describe('progress', () => {
  it('rises from 0 to 1, over both passes', async () => {
    const drawn = sample(new Array<number>(4).fill(3000), 200, { seed: 3 });
    const shares: number[] = [];
    await measure(sourceOf(drawn), null, options(4, { covariance: false }), (done) => {
      shares.push(done);
      return Promise.resolve();
    });
    expect(shares.length).toBeGreaterThan(4);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares.at(-1)).toBe(1);
  });

  it('ends the measurement where the pause is refused', async () => {
    const drawn = sample([5, 5], 3);
    const refused = measure(sourceOf(drawn), null, options(2), () => Promise.reject(new Error('stopped')));
    await expect(refused).rejects.toThrow('stopped');
  });
});
