/** Gradient descent on factorised heads: reaches the exact optima, repeats by its seed, and says when it diverges. */
import { describe, expect, it } from 'vitest';
import { createDescent, type Descent, type DescentSetting } from '../../../src-main/models/low-rank/descent.ts';
import { headSweep } from '../../../src-main/models/low-rank/head.ts';
import { solveMseHead } from '../../../src-main/models/low-rank/mse-head.ts';

const decays = { classifierDecay: 5e-3, featureDecay: 5e-3 };
const setting = (
  problem: Partial<DescentSetting['problem']>,
  overrides: Partial<DescentSetting> = {},
): DescentSetting => ({
  problem: { loss: 'mse', counts: [10, 10, 10, 10], dimension: 6, decayOn: 'factors', ...decays, ...problem },
  rank: 2,
  initialisation: 'spectral',
  deviation: 0.3,
  learningRate: 2,
  epochs: 2500,
  factoriseAt: 0,
  seed: 1,
  ...overrides,
});

function finished(posed: DescentSetting): Descent {
  const descent = createDescent(posed);
  while (descent.step() === 'running');
  return descent;
}

describe('descent', () => {
  it.each(['plain', 'spectral', 'spectral-ones'] as const)(
    '%s: to the closed form, for both decays',
    (initialisation) => {
      for (const decayOn of ['product', 'factors'] as const) {
        const posed = setting({ decayOn, counts: [14, 10, 8, 8] }, { initialisation, epochs: 6000 });
        const end = finished(posed).measure();
        const exact = solveMseHead({ ...posed.problem, rank: 2 });
        expect(end.objective).toBeGreaterThan(exact.objective - 1e-12);
        expect(end.objective).toBeCloseTo(exact.objective, 9);
        expect(end.ranks.count).toBe(2);
      }
    },
  );

  it('decay on the factors balances them, decay on the product does not', () => {
    const [factors, product] = (['factors', 'product'] as const).map((decayOn) => {
      const descent = createDescent(setting({ decayOn }, { initialisation: 'plain', rank: 3 }));
      const before = descent.measure().imbalance!;
      while (descent.step() === 'running');
      return descent.measure().imbalance! / before;
    });
    expect(factors).toBeLessThan(1e-8);
    expect(product).toBeGreaterThan(1e-2);
  });

  it('dense, then factorised: all ranks before the switch, r after it, the same end', () => {
    const posed = setting({ loss: 'cross-entropy', decayOn: 'product' }, { factoriseAt: 100 });
    const descent = createDescent(posed);
    for (let i = 0; i < 99; i++) descent.step();
    expect(descent.measure()).toMatchObject({ factorised: false, imbalance: null, ranks: { count: 4 } });
    descent.step();
    expect(descent.measure()).toMatchObject({ epoch: 100, factorised: true, ranks: { count: 2 } });
    expect(descent.measure().imbalance).toBeLessThan(1e-12);
    while (descent.step() === 'running');
    const optimum = [...headSweep({ model: 'decay', ...posed.problem }, 2)].filter((p) => p !== undefined)[1]!;
    expect(descent.measure().objective).toBeCloseTo(optimum.objective, 8);
    expect(descent.measure().etfDistance).toBeGreaterThan(0.3);
  });

  it('at r = K − 1 cross-entropy ends in the ETF', () => {
    const end = finished(setting({ loss: 'cross-entropy', decayOn: 'product' }, { rank: 3, epochs: 4000 })).measure();
    expect(end.etfDistance).toBeLessThan(1e-5);
    expect(end.gradientNorm).toBeLessThan(1e-6);
  });

  it('repeats by its seed, and stops where it diverges', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => finished(setting({}, { seed, epochs: 20 })).measure().objective);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    const wild = finished(setting({}, { learningRate: 500 }));
    expect(wild.status).toBe('diverged');
    expect(wild.epoch).toBeLessThan(200);
    expect(wild.measure().epoch).toBe(wild.epoch);
    expect(wild.step()).toBe('diverged');
    expect(finished(setting({}, { epochs: 0 })).status).toBe('finished');
  });
});
