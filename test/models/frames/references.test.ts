/** The reference geometries against their definitions on full matrices and against checked values of the papers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solve } from '../../../src-main/lpm/solve.ts';
import {
  centred,
  cosinesOf,
  fullCosines,
  fullGram,
  gramOf,
  normsOf,
} from '../../../src-main/models/frames/class-frame.ts';
import { dualDistance, gramDistance } from '../../../src-main/models/frames/distance.ts';
import {
  generalOrthogonalFrame,
  layerPeeledFrame,
  orthogonalFrame,
  seliFrame,
  simplexFrame,
} from '../../../src-main/models/frames/references.ts';
import { product } from '../../lpm/full-matrix.ts';
import { centring, cosine, countsOf, diagonal, distance, power, rows } from './full-frames.ts';

const step = (R: number, KA: number, KB: number) => [
  { samples: R, classes: KA },
  { samples: 1, classes: KB },
];
const someGroups = fc.array(
  fc.record({ samples: fc.integer({ min: 1, max: 500 }), classes: fc.integer({ min: 1, max: 4 }) }),
  {
    minLength: 2,
    maxLength: 4,
  },
);

describe('SELI', () => {
  it('has the checked values at K = 10, R = 100', () => {
    const { classifier, feature } = seliFrame(step(100, 5, 5));
    const w = gramOf(classifier);
    const norms = normsOf(w);
    expect(cosinesOf(w)[1]![1]).toBeCloseTo(0.33803, 5);
    expect(cosinesOf(gramOf(feature))[1]![1]).toBeCloseTo(-0.22839, 5);
    expect(norms[0]! / norms[1]!).toBeCloseTo(2.40129, 5);
  });

  it('follows the closed form of its minority cosine, zero at R = 7 for every K', () => {
    for (const K of [4, 6, 10, 100, 1000])
      for (const R of [1, 2, 7, 31.5, 1e4]) {
        const root = Math.sqrt((R + 1) / 2);
        const value = cosinesOf(gramOf(seliFrame(step(R, K / 2, K / 2)).classifier))[1]![1]!;
        expect(value).toBeCloseTo((-2 + root) / (K - 2 + root), 12);
        if (R === 7) expect(Math.abs(value)).toBeLessThan(1e-14);
      }
  });

  it('is (C D C)^{1/2} and its pseudo-inverse, and its logits are C', () => {
    fc.assert(
      fc.property(someGroups, (groups) => {
        const K = groups.reduce((sum, { classes }) => sum + classes, 0);
        const C = centring(K);
        const CDC = product(product(C, diagonal(countsOf(groups))), C);
        const { classifier, feature } = seliFrame(groups);
        const W = rows(fullGram(gramOf(classifier)), K);
        const H = rows(fullGram(gramOf(feature)), K);
        expect(distance(W, power(CDC, 0.5))).toBeLessThan(1e-9);
        expect(distance(H, power(CDC, -0.5))).toBeLessThan(1e-9);
        // (W Wᵀ)(HᵀH) = C exactly, not only in direction.
        product(W, H).forEach((row, j) => row.forEach((value, k) => expect(value).toBeCloseTo(C[j]![k]!, 9)));
      }),
      { numRuns: 30 },
    );
  });

  it('is the ETF at R = 1 and never collapses at a finite R', () => {
    const groups = step(1, 3, 4);
    expect(gramDistance(gramOf(seliFrame(groups).classifier), gramOf(simplexFrame(groups).classifier))).toBeLessThan(
      1e-14,
    );
    expect(cosinesOf(gramOf(seliFrame(step(1e12, 5, 5)).classifier))[1]![1]).toBeLessThan(1 - 1e-6);
  });

  it('takes 1,000 classes in no time and keeps its digits at a ratio of 10¹²', () => {
    const cosine = () => cosinesOf(gramOf(seliFrame(step(1e12, 500, 500)).classifier))[1]![1]!;
    const value = cosine();
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      cosine();
      return performance.now() - started;
    });
    const root = Math.sqrt((1e12 + 1) / 2);
    expect(value).toBeCloseTo((-2 + root) / (998 + root), 12);
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('the other frames', () => {
  it('are what their names say', () => {
    const groups = step(9, 2, 3);
    const etf = rows(fullGram(gramOf(simplexFrame(groups).classifier)), 5);
    expect(distance(etf, centring(5))).toBeLessThan(1e-15);
    expect(
      distance(rows(fullGram(gramOf(orthogonalFrame(groups).feature)), 5), diagonal([1, 1, 1, 1, 1])),
    ).toBeLessThan(1e-15);
    const gof = rows(fullGram(gramOf(generalOrthogonalFrame(groups, [3, 2], [1, 0]).classifier)), 5);
    expect(distance(gof, diagonal([9, 9, 4, 4, 4]))).toBeLessThan(1e-15);
  });

  it('of the LPM are the solver’s own geometry', () => {
    const groups = [
      { samples: 500, classes: 5, weight: 1 },
      { samples: 50, classes: 5, weight: 1 },
    ];
    const solution = solve({ groups, featureBudget: 5, classifierBudget: 1, dimension: null });
    const { classifier, feature } = layerPeeledFrame(solution.logits);
    // science.md, curve at R = 10.
    expect(cosinesOf(gramOf(classifier))[1]![1]).toBeCloseTo(0.517496, 6);
    expect(cosinesOf(gramOf(classifier))[0]![0]).toBeCloseTo(-0.16749, 6);
    expect(cosinesOf(gramOf(classifier))[0]![1]).toBeCloseTo(-0.201317, 6);
    expect(cosinesOf(gramOf(feature))[1]![1]).toBeCloseTo(0.386794, 6);
    const norms = normsOf(gramOf(classifier));
    expect(norms[0]! / norms[1]!).toBeCloseTo(3.049897, 6);
  });

  it('gives null, not a number, for the cosine of a vanished vector', () => {
    const groups = step(9, 2, 3);
    const gram = gramOf(generalOrthogonalFrame(groups, [1, 0], [1, 0]).classifier);
    expect(cosinesOf(gram)).toEqual([
      [0, null],
      [null, null],
    ]);
    expect(fullCosines(gram)[4]![4]).toBeNull();
  });
});

describe('distances', () => {
  it('between Gram matrices equal those of the full matrices', () => {
    fc.assert(
      fc.property(someGroups, (groups) => {
        const K = groups.reduce((sum, { classes }) => sum + classes, 0);
        const frames = [simplexFrame(groups), orthogonalFrame(groups), seliFrame(groups)].flatMap((pair) => [
          gramOf(pair.classifier),
          gramOf(pair.feature),
        ]);
        for (const a of frames)
          for (const b of frames)
            expect(gramDistance(a, b)!).toBeCloseTo(distance(rows(fullGram(a), K), rows(fullGram(b), K)), 12);
      }),
      { numRuns: 20 },
    );
  });

  it('from the orthogonal frame to the ETF is the random-frame level of the papers', () => {
    const groups = [{ samples: 1, classes: 10 }];
    const value = gramDistance(gramOf(orthogonalFrame(groups).classifier), gramOf(simplexFrame(groups).classifier))!;
    expect(value).toBeCloseTo(Math.sqrt(2 - 2 * Math.sqrt(9 / 10)), 12);
    expect(value).toBeCloseTo(0.3204, 4);
  });

  it('of duality vanish for the ETF, and for SELI only when balanced', () => {
    expect(dualDistance(simplexFrame(step(9, 2, 3)))).toBeLessThan(1e-15);
    expect(dualDistance(seliFrame(step(1, 2, 3)))).toBeLessThan(1e-14);
    // By the definition, from W = U S^{1/2} and H: ⟨W, M_c⟩ = tr Z = K − 1 for SELI, whose logits are C.
    const groups = step(50, 5, 5);
    const { classifier, feature } = seliFrame(groups);
    const trace = (flat: Float64Array) => rows(flat, 10).reduce((sum, row, k) => sum + row[k]!, 0);
    const cos = 9 / Math.sqrt(trace(fullGram(gramOf(classifier))) * trace(fullGram(gramOf(feature))));
    expect(dualDistance({ classifier, feature })).toBeCloseTo(Math.sqrt(2 - 2 * cos), 12);
  });

  it('are null where one side has no direction', () => {
    const groups = step(9, 2, 3);
    const zero = generalOrthogonalFrame(groups, [0, 0], [0, 0]);
    expect(gramDistance(gramOf(zero.classifier), gramOf(simplexFrame(groups).classifier))).toBeNull();
    expect(dualDistance(zero)).toBeNull();
  });

  it('centre as the mean of all K vectors demands', () => {
    const groups = step(9, 2, 3);
    const gram = rows(fullGram(gramOf(centred(generalOrthogonalFrame(groups, [3, 2], [3, 2]).feature))), 5);
    const C = centring(5);
    const expected = product(product(C, diagonal([9, 9, 4, 4, 4])), C);
    gram.forEach((row, j) => row.forEach((value, k) => expect(value).toBeCloseTo(expected[j]![k]!, 12)));
    expect(cosine(gram, 0, 1)).toBeLessThan(0);
  });
});
