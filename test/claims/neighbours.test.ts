/** The claims about the neighbours hold; and each fails for a statement that is deliberately wrong. */
import { describe, expect, it } from 'vitest';
import type { Claim, Evidence } from '../../src-main/claims/claim.ts';
import { biasCentres, measureCentring } from '../../src-main/claims/neighbours/bias-centres.ts';
import { budgetToEtf, measureBudgetLimit } from '../../src-main/claims/neighbours/budget-to-etf.ts';
import { hongLing, measureCollapse } from '../../src-main/claims/neighbours/hong-ling.ts';
import { measureRoundTrip, peeledIsRidge } from '../../src-main/claims/neighbours/peeled-is-ridge.ts';
import { measureBalanced, ridgeBalanced } from '../../src-main/claims/neighbours/ridge-balanced.ts';
import { measureReluVanishing, reluVanishing } from '../../src-main/claims/neighbours/relu-vanishing.ts';
import { measureRidgeLimit, ridgeToSeli } from '../../src-main/claims/neighbours/ridge-to-seli.ts';
import { measureSeliDistance, seliNeverCollapses } from '../../src-main/claims/neighbours/seli-never-collapses.ts';
import { measureSeliValues, seliValues } from '../../src-main/claims/neighbours/seli-values.ts';
import { measureSeliZero, seliZero } from '../../src-main/claims/neighbours/seli-zero.ts';
import { claims } from '../../src-main/claims/index.ts';
import { expectStartable } from './fixtures.ts';

const breathe = async (): Promise<void> => undefined;

/** Each claim, and the same measurement of a wrong statement. */
const cases: readonly (readonly [Claim, () => Evidence | Promise<Evidence>])[] = [
  [seliZero, () => measureSeliZero(7.001)],
  [seliValues, () => measureSeliValues({ w: 0.33804, h: -0.22839, norms: 2.40129 })],
  [seliNeverCollapses, () => measureSeliDistance((R) => 9 / (8 + Math.sqrt((R + 1) / 2)))],
  [ridgeToSeli, () => measureRidgeLimit(-2)],
  [budgetToEtf, () => measureBudgetLimit('seli')],
  [ridgeBalanced, () => measureBalanced(() => 0)],
  [hongLing, () => measureCollapse((samples, total) => (0.99 * Math.sqrt(samples)) / total, breathe)],
  [reluVanishing, () => measureReluVanishing((decay, total, K) => ((decay * total) ** 2 * (K + 1)) / (K - 1), breathe)],
  [biasCentres, () => measureCentring(false)],
  [peeledIsRidge, () => measureRoundTrip(1)],
];

it('are all of them', () => {
  const here = claims.filter(({ paper }) => paper === 'neighbours').map(({ id }) => id);
  expect(cases.map(([{ id }]) => id).sort()).toEqual(here.sort());
});

describe.each(cases)('$id', (claim, wrong) => {
  it('holds', async () => {
    const { error, numbers, run } = await claim.test(breathe);
    expect(error).toBeLessThanOrEqual(claim.tolerance);
    expect(numbers.length).toBeGreaterThan(0);
    expectStartable(run);
  });

  it('fails for a wrong statement', async () => {
    expect((await wrong()).error).toBeGreaterThan(claim.tolerance);
  });
});
