/** The claims on low-rank training: each holds, and each fails when the quantity it tests is made wrong on purpose. */
import { describe, expect, it } from 'vitest';
import type { Claim, Evidence } from '../../src-main/claims/claim.ts';
import { claims } from '../../src-main/claims/index.ts';
import { balancing, measureBalancing } from '../../src-main/claims/low-rank/balancing.ts';
import { effectiveRankChain, measureEffectiveRanks } from '../../src-main/claims/low-rank/effective-ranks.ts';
import { etfNeedsRank, measureNeededRank } from '../../src-main/claims/low-rank/etf-needs-rank.ts';
import { factorDecay, measureFactorDecay } from '../../src-main/claims/low-rank/factor-decay.ts';
import { leastFactorisation, randomFactorisation, regauged } from '../../src-main/claims/low-rank/factorisations.ts';
import { factorsArePeeled, measureFactorsArePeeled } from '../../src-main/claims/low-rank/factors-are-peeled.ts';
import { gapSpreadBound, measureGapSpread } from '../../src-main/claims/low-rank/gap-spread.ts';
import { measureTruncation, mseTruncation } from '../../src-main/claims/low-rank/mse-truncation.ts';
import { measureParameters, parameterCount } from '../../src-main/claims/low-rank/parameter-count.ts';
import { measureProductDecay, productDecay, productGradient } from '../../src-main/claims/low-rank/product-decay.ts';
import { measureSpectral, spectralInitialisation } from '../../src-main/claims/low-rank/spectral-initialisation.ts';
import { expectStartable } from './fixtures.ts';
import { leastGapSpread } from '../../src-main/models/low-rank/configurations.ts';
import { nuclearNorm } from '../../src-main/models/low-rank/decay.ts';
import { product, spectralFactors } from '../../src-main/models/low-rank/initialisation.ts';
import { solveMseHead } from '../../src-main/models/low-rank/mse-head.ts';
import { randomSource } from '../../src-main/numerics/random.ts';

const breathe = async (): Promise<void> => {};
const here = claims.filter(({ paper }) => paper === 'low-rank');

const wrong: readonly [Claim, string, () => Evidence | Promise<Evidence>][] = [
  [
    factorDecay,
    'a nuclear norm a millionth off',
    () => measureFactorDecay((Z, m, n) => nuclearNorm(Z, m, n) * (1 + 1e-6)),
  ],
  [
    productDecay,
    'a gradient a millionth off',
    () => measureProductDecay((x) => productGradient(x).map((g) => g * (1 + 1e-6))),
  ],
  [spectralInitialisation, 'spectral ones', () => measureSpectral((W, m, n, r) => spectralFactors(W, m, n, r, true))],
  [parameterCount, 'a break-even rank that is one too high', () => measureParameters((m, n) => (m * n) / (m + n) + 1)],
  [effectiveRankChain, 'two ranks exchanged', () => measureEffectiveRanks([1, 0, 2])],
  [
    mseTruncation,
    'an objective a millionth high',
    () =>
      measureTruncation(breathe, (problem) => {
        const head = solveMseHead(problem);
        return { ...head, objective: head.objective * (1 + 1e-6) };
      }),
  ],
  [etfNeedsRank, 'one rank too few', () => measureNeededRank(breathe, (K) => K - 2)],
  [
    gapSpreadBound,
    'a bound one percent too high',
    () => measureGapSpread(breathe, (K, r) => 1.01 * leastGapSpread(K, r)),
  ],
  [factorsArePeeled, 'a penalty a thousandth off', () => measureFactorsArePeeled(1.001)],
  [balancing, 'half the rate', () => measureBalancing(1)],
];

describe.each(here.map((claim) => [claim.id, claim] as const))('%s', (id, claim) => {
  it('holds, and its run can be made', async () => {
    const { error, numbers, run } = await claim.test(breathe);
    expect(error).toBeLessThanOrEqual(claim.tolerance);
    expect(numbers.length).toBeGreaterThan(0);
    expectStartable(run);
  });

  const [, what, measure] = wrong.find(([other]) => other.id === id)!;
  it(`fails with ${what}`, async () => {
    const { error } = await measure();
    expect(error).toBeGreaterThan(claim.tolerance);
  });
});

it('are all here, once', () => {
  expect(here).toHaveLength(10);
  expect(here.map(({ id }) => id).sort()).toEqual(wrong.map(([{ id }]) => id).sort());
});

it('moves between factorisations leave the product alone', () => {
  const start = randomFactorisation(4, 5, 3, 8);
  const Z = product(start);
  for (const other of [regauged(start, randomSource(1)), leastFactorisation(start)]) {
    expect(other.left).not.toEqual(start.left);
    product(other).forEach((value, i) => expect(value).toBeCloseTo(Z[i]!, 10));
  }
});
