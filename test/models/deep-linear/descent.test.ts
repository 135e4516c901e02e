/** Descent against plain code: the same steps sample by sample, the optimum it reaches, a rate that is too large. */
import { describe, expect, it } from 'vitest';
import { solveSquaredLoss } from '../../../src-main/models/deep-linear/closed-form.ts';
import { createDescent, randomFactors } from '../../../src-main/models/deep-linear/descent.ts';
import { descentMetrics } from '../../../src-main/models/deep-linear/descent-metrics.ts';
import { factorProblem } from '../../../src-main/models/deep-linear/factors.ts';
import type { DeepLinearProblem } from '../../../src-main/models/deep-linear/types.ts';
import { randomSource } from '../../../src-main/numerics/random.ts';
import { plainStep, type PlainNetwork } from './reference/factors.ts';

const problem: DeepLinearProblem = {
  counts: [4, 3, 2],
  loss: 'mse',
  bias: true,
  decays: [0.01, 0.02],
  featureDecay: 0.01,
  widths: [4, 5],
};

describe('compression of the samples', () => {
  it('is exact: twelve steps on nine samples and on means with a second moment give the same weights', () => {
    const [d, rate] = [4, 0.1];
    const labels = [0, 0, 0, 0, 1, 1, 1, 2, 2];
    const { normal } = randomSource(6);
    const matrix = (m: number, n: number) => Array.from({ length: m }, () => Array.from({ length: n }, normal));
    let network: PlainNetwork = { weights: [matrix(5, 4), matrix(3, 5)], features: matrix(9, d), bias: [0, 0, 0] };

    const means = problem.counts.map((_, k) => {
      const members = network.features.filter((_, i) => labels[i] === k);
      return Array.from({ length: d }, (_, c) => members.reduce((sum, h) => sum + h[c]!, 0) / members.length);
    });
    // All nine deviations as rows, unreduced: more rows than d are no different.
    const target = factorProblem(problem, [4, 5], 9);
    const start = new Float64Array(target.length);
    const views = target.views(start);
    network.weights.forEach((W, j) => views.weights[j]!.set(W.flat()));
    means.forEach((h, k) =>
      views.features.set(
        h.map((value) => value * Math.sqrt(problem.counts[k]!)),
        k * d,
      ),
    );
    labels.forEach((k, i) =>
      views.features.set(
        network.features[i]!.map((value, c) => value - means[k]![c]!),
        (3 + i) * d,
      ),
    );
    const descent = createDescent(target.evaluate, start, { momentum: false, rate, gradientTolerance: 0 });
    for (let i = 0; i < 12; i++) {
      descent.step();
      network = plainStep(network, { ...problem, labels }, rate, true);
    }
    const found = target.views(descent.x);
    network.weights.forEach((W, j) => W.flat().forEach((w, i) => expect(found.weights[j]![i]!).toBeCloseTo(w, 7)));
    network.bias.forEach((b, j) => expect(found.bias[j]!).toBeCloseTo(b, 7));
  });

  it('draws deviations with the second moment of N − K normal samples', () => {
    const target = factorProblem(problem, [4, 5], 4);
    const trials = 400;
    const sum = new Float64Array(16);
    const random = randomSource(17);
    for (let t = 0; t < trials; t++) {
      const rows = target.views(randomFactors(target, 2, 30, random)).features.subarray(3 * 4);
      for (let a = 0; a < 4; a++)
        for (let b = 0; b < 4; b++)
          for (let r = 0; r < 4; r++) sum[a * 4 + b] = sum[a * 4 + b]! + (rows[r * 4 + a]! * rows[r * 4 + b]!) / trials;
    }
    // Wishart: mean 30·4 on the diagonal, standard error of an entry about 4 √(2·30/400) = 1.5.
    sum.forEach((value, at) => expect(Math.abs(value - (at % 5 === 0 ? 120 : 0))).toBeLessThan(7));
  });
});

describe('descent', () => {
  it.each([true, false])('reaches the closed form with collapse in every layer, momentum %s', (momentum) => {
    const each: DeepLinearProblem = {
      ...problem,
      counts: [30, 20, 10],
      bias: false,
      decays: [2e-3, 1e-3],
      featureDecay: 2e-3,
    };
    const theory = solveSquaredLoss(each);
    const target = factorProblem(each, [4, 5], 4);
    const measure = descentMetrics(target, theory);
    const start = randomFactors(target, 1, 57, randomSource(2));
    const first = measure(start);
    const descent = createDescent(target.evaluate, start, { momentum, rate: null, gradientTolerance: 1e-9 });
    let previous = descent.value;
    while (descent.steps < 20_000 && descent.step() === 'running') {
      if (!momentum) expect(descent.value).toBeLessThanOrEqual(previous * (1 + 1e-14));
      previous = descent.value;
    }
    expect(descent.status).toBe('converged');
    expect(descent.value / theory.objective - 1).toBeGreaterThan(-1e-12);
    expect(descent.value / theory.objective - 1).toBeLessThan(1e-9);
    const last = measure(descent.x);
    last.layers.forEach((layer, j) => {
      expect(first.layers[j]!.collapse!).toBeGreaterThan(0.1);
      expect(layer.collapse!).toBeLessThan(1e-8);
      expect(layer.featureDistance!).toBeLessThan(1e-5);
      expect(layer.classifierDistance!).toBeLessThan(1e-5);
      expect(first.layers[j]!.featureDistance!).toBeGreaterThan(0.1);
    });
    expect(last.imbalance).toBeLessThan(1e-5);
    last.classifierNorms.forEach((w, k) => expect(w).toBeCloseTo(theory.classes[k]!.classifierNorm, 5));
  });

  it('says so when the rate is too large', () => {
    const target = factorProblem(problem, [4, 5]);
    const start = randomFactors(target, 1, 0, randomSource(1));
    const descent = createDescent(target.evaluate, start, { momentum: false, rate: 1e3, gradientTolerance: 1e-9 });
    for (let i = 0; i < 200; i++) descent.step();
    expect(descent.status).toBe('diverged');
    expect(descent.steps).toBeLessThan(200);
  });
});
