/** The collapse metrics against their definitions on full matrices, and against what is known by construction. */
import { describe, expect, it } from 'vitest';
import { measure } from '../../src-main/collapse/measure.ts';
import type { MetricKey } from '../../src-main/collapse/keys.ts';
import type { FeatureSource } from '../../src-main/collapse/types.ts';
import { byDefinition } from './definitions.ts';
import { classifierOf, options, sample, sourceOf } from './samples.ts';

describe('against the definitions', () => {
  it.each([
    { counts: [30, 30, 30, 30], d: 7, centre: 'classes', pooling: 'samples' },
    { counts: [60, 20, 9, 4, 2], d: 12, centre: 'samples', pooling: 'samples' },
    { counts: [60, 20, 9, 4, 2], d: 12, centre: 'classes', pooling: 'classes' },
    { counts: [50, 50, 5, 5, 5, 5], d: 3, centre: 'samples', pooling: 'classes' },
    { counts: [40, 10], d: 5, centre: 'classes', pooling: 'samples' },
  ] as const)('$counts in $d dimensions, centre $centre, pooling $pooling', async ({ counts, d, centre, pooling }) => {
    const drawn = sample(counts, d, { seed: d });
    const expected = byDefinition(drawn, centre, pooling);
    const chosen = options(counts.length, { centre, pooling });
    const { metrics } = await measure(sourceOf(drawn), classifierOf(drawn), chosen);
    for (const [key, value] of Object.entries(expected))
      expect([key, Math.abs(metrics[key as MetricKey]! - value) / Math.max(1e-3, Math.abs(value)) < 1e-9]).toEqual([
        key,
        true,
      ]);
  });

  it('does not depend on the size of the chunks', async () => {
    const drawn = sample([90, 40, 40], 5);
    const whole = sourceOf(drawn);
    const small: FeatureSource = {
      ...whole,
      *chunks() {
        for (const { values, labels } of whole.chunks())
          for (let i = 0; i < labels.length; i += 7) {
            const rows = Math.min(7, labels.length - i);
            yield {
              first: i,
              rows,
              values: values.subarray(i * 5, (i + rows) * 5),
              labels: labels.subarray(i, i + rows),
            };
          }
      },
    };
    const [a, b] = [
      await measure(whole, classifierOf(drawn), options(3)),
      await measure(small, classifierOf(drawn), options(3)),
    ];
    for (const [key, value] of Object.entries(a.metrics)) {
      if (value === null) expect(b.metrics[key as MetricKey]).toBeNull();
      else expect(b.metrics[key as MetricKey]! / value).toBeCloseTo(1, 11);
    }
  });
});

describe('near collapse', () => {
  // δ is drawn with variance noise² per coordinate; the ETF's σ² are all 1, so NC1 is about (K−1) noise².
  it.each([1e-3, 1e-7, 1e-11])('keeps its digits at noise %s, also far from the origin', async (noise) => {
    const K = 10;
    const counts = new Array<number>(K).fill(200);
    for (const offset of [0, 100]) {
      const drawn = sample(counts, 16, { noise, offset, etf: true });
      const { metrics } = await measure(sourceOf(drawn), null, options(K));
      // An offset of 100 rounds features to 1e-14: noise of 1e-11 is known to 1e-3.
      const digits = offset === 0 ? 0.05 : 0.06;
      expect(Math.abs(metrics.nc1_pinv! / ((K - 1) * noise * noise) - 1)).toBeLessThan(digits);
    }
  });

  // Rows of a Hadamard matrix with columns 10⁰ … 10⁻⁶: σ_a = √8·10⁻ᵃ, and each class varies by ε_a = 10⁻³⁻ᵃ along each axis.
  it('knows the rank where the spread between classes falls by a million from direction to direction', async () => {
    const K = 8;
    const scales = Array.from({ length: K - 1 }, (_, a) => 10 ** -a);
    const sign = (k: number, a: number): number =>
      [...(k & a).toString(2)].filter((bit) => bit === '1').length % 2 ? -1 : 1;
    const features: number[][] = [];
    const labels: number[] = [];
    for (let k = 0; k < K; k++)
      for (let axis = 0; axis < K - 1; axis++)
        for (const step of [-1, 1]) {
          features.push(scales.map((s, a) => s * (sign(k, a + 1) + (a === axis ? 1e-3 * step : 0))));
          labels.push(k);
        }
    const drawn = { features, labels, weights: features.slice(0, K), bias: null, classes: K };
    const { metrics, classes, reasons } = await measure(sourceOf(drawn), null, options(K));
    const exact = ((K - 1) * 1e-6 * 2) / (2 * (K - 1)) / K;
    expect(Math.abs(metrics.nc1_pinv! / exact - 1)).toBeLessThan(1e-9);
    for (const { nc1 } of classes) expect(Math.abs(nc1! / exact - 1)).toBeLessThan(1e-9);
    expect(reasons.nc1_pinv).toBeUndefined();
  });

  it('an exact ETF with dual classifiers scores zero everywhere', async () => {
    const drawn = sample(new Array<number>(8).fill(5), 8, { noise: 0, etf: true, bias: false });
    const { metrics, spectra } = await measure(sourceOf(drawn), classifierOf(drawn), options(8));
    for (const key of [
      'nc1_pinv',
      'nc1_quot',
      'nc1_cdnv',
      'vci',
      'nc2_equinorm_w',
      'nc2_equiangle_h',
      'nc2_etf_h',
      'nc3_dual',
      'nc3_etf',
    ] as const)
      expect([key, Math.abs(metrics[key]!) < 1e-13]).toEqual([key, true]);
    expect(metrics.nc4_agree).toBe(1);
    expect(metrics.margin_min).toBeCloseTo(1, 12);
    expect([...spectra.mean.slice(0, 7)].every((value) => Math.abs(value - 1) < 1e-12)).toBe(true);
  });
});

describe('groups', () => {
  it('are read off two distinct counts, and can be told', async () => {
    const drawn = sample([40, 40, 4, 4], 6);
    const told = await measure(sourceOf(drawn), classifierOf(drawn), options(4, { majority: [0, 1] }));
    const read = await measure(sourceOf(drawn), classifierOf(drawn), options(4));
    expect(read.metrics).toEqual(told.metrics);
    const cosines = told.cosines.classifier!;
    expect(told.metrics.cos_w_minority).toBeCloseTo(cosines[2 * 4 + 3]!, 14);
    expect(told.metrics.cos_w_cross).toBeCloseTo((cosines[2]! + cosines[3]! + cosines[6]! + cosines[7]!) / 4, 14);
  });

  it('do not exist on balanced data or with three distinct counts, and the reason says so', async () => {
    const balanced = await measure(sourceOf(sample([5, 5, 5], 4)), null, options(3));
    expect(balanced.metrics.cos_h_minority).toBeNull();
    expect(balanced.reasons.cos_h_minority).toMatch(/balanced/);
    const three = await measure(sourceOf(sample([9, 6, 3], 4)), null, options(3));
    expect(three.reasons.nc1_minority).toMatch(/3 different counts/);
  });
});

describe('what does not exist is null with its reason', () => {
  const of = async (change: (drawn: ReturnType<typeof sample>) => void, counts = [6, 6, 6], d = 4) => {
    const drawn = sample(counts, d);
    change(drawn);
    return measure(sourceOf(drawn), classifierOf(drawn), options(counts.length));
  };

  it('without a classifier', async () => {
    const { metrics, reasons } = await measure(sourceOf(sample([5, 5], 3)), null, options(2));
    expect([metrics.nc4_agree, metrics.nc3_dual, metrics.nc2_etf_w]).toEqual([null, null, null]);
    expect(reasons.nc4_agree).toMatch(/no classifier/);
    expect(metrics.nc1_pinv).toBeGreaterThan(0);
  });

  it('a feature that is not finite, named with its place', async () => {
    const { metrics, reasons } = await of((drawn) => (drawn.features[7]![2] = NaN));
    expect(metrics.nc1_pinv).toBeNull();
    expect(reasons.nc1_pinv).toBe('sample 7 cannot be measured: feature 2 is NaN');
    expect(metrics.nc2_etf_w).toBeGreaterThan(0);
  });

  it('a class without samples is left out of what concerns features', async () => {
    const drawn = sample([6, 6, 6], 4);
    const empty = { ...drawn, classes: 4, weights: [...drawn.weights, [1, 2, 3, 4]], bias: [...drawn.bias!, -100] };
    const { metrics, classes, reasons } = await measure(sourceOf(empty), classifierOf(empty), options(4));
    const without = await measure(sourceOf(drawn), classifierOf(drawn), options(3));
    expect(metrics.nc1_pinv).toBeCloseTo(without.metrics.nc1_pinv!, 12);
    expect(metrics.nc2_etf_h).toBeCloseTo(without.metrics.nc2_etf_h!, 12);
    expect(classes[3]).toMatchObject({ samples: 0, meanNorm: null, variance: null, nc1: null });
    expect(reasons.nc3_dual).toMatch(/over the 3 classes/);
  });

  it('a vanished classifier has no cosine', async () => {
    const { metrics, reasons, cosines } = await of((drawn) => drawn.weights[1]!.fill(0));
    expect(metrics.nc2_equiangle_w).toBeNull();
    expect(reasons.nc2_equiangle_w).toMatch(/class 1/);
    expect(cosines.classifier![1]).toBeNaN();
    expect(metrics.nc2_equinorm_w).toBeGreaterThan(0);
  });

  it('class means that all coincide', async () => {
    const drawn = {
      ...sample([2, 2], 3),
      features: [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
      ],
      labels: [0, 1, 0, 1],
    };
    const { metrics, reasons } = await measure(sourceOf(drawn), classifierOf(drawn), options(2));
    expect([metrics.nc1_pinv, metrics.nc1_quot, metrics.nc1_cdnv, metrics.nc3_dual]).toEqual([null, null, null, null]);
    expect(reasons.nc1_pinv).toMatch(/coincide/);
    expect(reasons.nc1_cdnv).toMatch(/classes 0 and 1/);
  });

  it('one class alone', async () => {
    const { metrics } = await measure(sourceOf(sample([5], 3)), null, options(1));
    expect([metrics.nc1_pinv, metrics.nc1_cdnv, metrics.vci, metrics.nc2_equiangle_h]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('says that no ETF fits below K − 1 dimensions', async () => {
    const { metrics, reasons } = await of(() => undefined, [5, 5, 5, 5, 5], 2);
    expect(metrics.nc2_etf_w).toBeGreaterThanOrEqual(Math.sqrt(2 - 2 * Math.sqrt(2 / 4)) - 1e-12);
    expect(reasons.nc2_etf_w).toMatch(/no simplex ETF fits/);
  });
});
