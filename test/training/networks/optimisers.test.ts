/** Optimisers against sequences written out by hand and against their formulas in float64; state and refusals. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import {
  createOptimiser,
  type Optimiser,
  type OptimiserSpecification,
  type Parameter,
} from '../../../src-main/training/networks/index.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const SGD = { kind: 'sgd', momentum: 0.5, nesterov: false, weightDecay: 0, decayed: 'all' } as const;
const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decayed: 'all' } as const;

function parameters(...starts: number[]): Parameter[] {
  const role = (i: number): Parameter['role'] => (i === 0 ? 'weight' : 'bias');
  const variable = (start: number): Parameter['variable'] => tf.tidy(() => tf.variable(tf.tensor1d([start])));
  return starts.map((start, i) => ({ name: `t${i}`, role: role(i), variable: variable(start) }));
}

const valueOf = ({ variable }: Parameter): number => variable.dataSync()[0]!;

/** Applies the same gradient to each parameter. */
function step(optimiser: Optimiser, to: readonly Parameter[], gradient: number, rate: number): void {
  const g = tf.tensor1d([gradient]);
  optimiser.step(new Map<string, Tensor>(to.map(({ name }) => [name, g])), rate);
  g.dispose();
}

describe('sgd', () => {
  // θ = 1, μ = 1/2, η = 1/4, gradients 1, 2, −1: all numbers are exact in binary.
  it.each([
    // v: 1, 2.5, 0.25
    ['with momentum', SGD, [0.75, 0.125, 0.0625]],
    // g + v/2: 1.5, 3.25, −0.875
    ['with Nesterov momentum', { ...SGD, nesterov: true }, [0.625, -0.1875, 0.03125]],
    ['plain', { ...SGD, momentum: 0 }, [0.75, 0.25, 0.5]],
    // g + θ/2: 1.5, then θ = 0.625: 2.3125, then θ = 0.046875: −0.9765625
    ['plain with decay 1/2', { ...SGD, momentum: 0, weightDecay: 0.5 }, [0.625, 0.046875, 0.291015625]],
  ] as const)('%s follows the sequence by hand', (_, specification, expected) => {
    const to = parameters(1);
    const optimiser = createOptimiser(specification, to, tf);
    const seen = [1, 2, -1].map((gradient) => {
      step(optimiser, to, gradient, 0.25);
      return valueOf(to[0]!);
    });
    expect(seen).toEqual(expected);
  });

  it('leaves biases alone where only weights decay', () => {
    const to = parameters(1, 1);
    step(createOptimiser({ ...SGD, weightDecay: 0.5, decayed: 'weights' }, to, tf), to, 0, 1);
    expect(to.map(valueOf)).toEqual([0.5, 1]);
  });

  it('scales its steps, not its velocity, when the rate changes', () => {
    const to = parameters(0);
    const optimiser = createOptimiser(SGD, to, tf);
    step(optimiser, to, 1, 1);
    step(optimiser, to, 0, 0.125);
    expect(valueOf(to[0]!)).toBe(-1 - 0.125 * 0.5);
  });
});

describe('adam', () => {
  it('first moves by the rate, whatever the gradient’s size', () => {
    for (const gradient of [1e-3, 5, 1e4]) {
      const to = parameters(0);
      step(createOptimiser(ADAM, to, tf), to, gradient, 0.01);
      expect(valueOf(to[0]!)).toBeCloseTo(-0.01, 6);
    }
  });

  it('follows its formulas, with decay in the gradient', () => {
    const to = parameters(1);
    const optimiser = createOptimiser({ ...ADAM, weightDecay: 0.1 }, to, tf);
    let [theta, m, v] = [1, 0, 0];
    for (let t = 1; t <= 20; t++) {
      const gradient = Math.sin(t);
      const g = gradient + 0.1 * theta;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      theta -= (0.05 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      step(optimiser, to, gradient, 0.05);
      expect(valueOf(to[0]!)).toBeCloseTo(theta, 5);
    }
  });
});

describe.each([
  ['sgd', SGD, ['t0.velocity', 't1.velocity']],
  ['adam', ADAM, ['t0.first-moment', 't1.first-moment', 't0.second-moment', 't1.second-moment', 'adam.steps']],
] as [string, OptimiserSpecification, string[]][])('the state of %s', (_, specification, names) => {
  it('lets another go on bit by bit', async () => {
    const [a, b] = [parameters(1, 2), parameters(5, 5)];
    const [from, to] = [createOptimiser(specification, a, tf), createOptimiser(specification, b, tf)];
    for (const gradient of [0.3, -0.7, 0.11]) step(from, a, gradient, 0.1);
    const state = await from.state();
    expect(state.map(({ name }) => name)).toEqual(names);
    to.load(state);
    a.forEach(({ variable }, i) => b[i]!.variable.assign(variable));
    for (const gradient of [0.9, 0.01]) {
      step(from, a, gradient, 0.1);
      step(to, b, gradient, 0.1);
    }
    expect(b.map(valueOf)).toEqual(a.map(valueOf));
    expect(await to.state()).toEqual(await from.state());
  });

  it('is refused where a tensor is missing', async () => {
    const optimiser = createOptimiser(specification, parameters(1, 2), tf);
    const state = await optimiser.state();
    for (const { name } of state)
      expect(() => optimiser.load(state.filter((array) => array.name !== name))).toThrow(`${name}: is missing`);
  });

  it('and steps leave no tensors behind', () => {
    const before = tf.memory().numTensors;
    const to = parameters(1, 2);
    const optimiser = createOptimiser({ ...specification, weightDecay: 0.1 }, to, tf);
    step(optimiser, to, 1, 0.1);
    const steady = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) step(optimiser, to, 1, 0.1);
    expect(tf.memory().numTensors).toBe(steady);
    optimiser.dispose();
    for (const { variable } of to) variable.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('what cannot be an optimiser', () => {
  it.each([
    [{ ...SGD, momentum: 1 }, /momentum/],
    [{ ...SGD, momentum: 0, nesterov: true }, /nesterov/],
    [{ ...SGD, weightDecay: -1 }, /weightDecay/],
    [{ ...ADAM, beta2: 1.5, epsilon: 0 }, /beta2.*epsilon/],
  ] as const)('%o is refused', (specification, message) => {
    expect(() => createOptimiser(specification, [], tf)).toThrow(message);
  });
});
