/** Objective and gradient in the factors against the sample-by-sample reference and central differences. */
import { describe, expect, it } from 'vitest';
import { factorProblem } from '../../../src-main/models/deep-linear/factors.ts';
import type { DeepLinearProblem } from '../../../src-main/models/deep-linear/types.ts';
import { randomSource } from '../../../src-main/numerics/random.ts';
import { expandSamples, plainObjective } from './reference/factors.ts';

const problem: DeepLinearProblem = {
  counts: [4, 2, 1],
  loss: 'mse',
  bias: true,
  decays: [0.02, 0.05, 0.01],
  featureDecay: 0.03,
  widths: [5, 4, 2],
};

describe.each(['mse', 'ce'] as const)('%s', (loss) => {
  for (const bias of [true, false])
    it(`agrees with plain code ${bias ? 'with' : 'without'} bias`, () => {
      const target = factorProblem({ ...problem, loss, bias }, problem.widths!);
      const { normal } = randomSource(4);
      const x = Float64Array.from({ length: target.length }, normal);
      const gradient = new Float64Array(target.length);
      const value = target.evaluate(x, gradient);
      const { weights, features, bias: offset } = target.views(x);
      const b = bias ? offset : new Float64Array(3);
      const { network, labels } = expandSamples(problem.counts, weights, features, b, target.sizes);
      expect(value).toBeCloseTo(plainObjective(network, { ...problem, loss, labels }), 12);
      const ignored = new Float64Array(target.length);
      for (let i = 0; i < target.length; i++) {
        const at = (shift: number): number => {
          const moved = Float64Array.from(x);
          moved[i] = moved[i]! + shift;
          return target.evaluate(moved, ignored);
        };
        expect(gradient[i]!).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 7);
      }
    });
});

it('rows of deviations have target zero and no bias', () => {
  const target = factorProblem(problem, problem.widths!, 2);
  const x = Float64Array.from({ length: target.length }, randomSource(5).normal);
  const ignored = new Float64Array(target.length);
  const whole = target.evaluate(x, ignored);
  const { features } = target.views(x);
  const outputs = target.layers(x);
  const last = outputs.at(-1)!.subarray(3 * 3);
  const deviations = features.slice(3 * 5);
  const square = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  const part = square(last) / (2 * 7) + (problem.featureDecay / 2) * square(deviations);
  features.subarray(3 * 5).fill(0);
  expect(whole - target.evaluate(x, ignored)).toBeCloseTo(part, 12);
});
