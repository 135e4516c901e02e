/** The claims on deep linear networks: each holds, and each fails when the quantity it tests is made wrong on purpose. */
import { describe, expect, it } from 'vitest';
import type { Claim, Evidence } from '../../src-main/claims/claim.ts';
import { biasEtf, measureBiasEtf } from '../../src-main/claims/deep-linear/bias-etf.ts';
import { biasImbalanced, measureBiasShares } from '../../src-main/claims/deep-linear/bias-imbalanced.ts';
import { crossEntropyEtf, measureCrossEntropy } from '../../src-main/claims/deep-linear/cross-entropy-etf.ts';
import { everyLayer, measureLayers } from '../../src-main/claims/deep-linear/every-layer.ts';
import { largerRootRule, largestRoot, measureTrap } from '../../src-main/claims/deep-linear/largest-root.ts';
import { lowRankBias, measureLowRank } from '../../src-main/claims/deep-linear/low-rank-bias.ts';
import { measureNarrow, narrowLayers } from '../../src-main/claims/deep-linear/narrow-layers.ts';
import { measureFrame, orthogonalFrame } from '../../src-main/claims/deep-linear/orthogonal-frame.ts';
import { measureLengths, orthogonalLengths } from '../../src-main/claims/deep-linear/orthogonal-lengths.ts';
import { measureVanishing, vanishingThreshold } from '../../src-main/claims/deep-linear/vanishing-threshold.ts';
import { claims } from '../../src-main/claims/index.ts';
import { expectStartable } from './fixtures.ts';
import { etfOptimum } from '../../src-main/models/deep-linear/balanced-cross-entropy.ts';
import { solveSquaredLoss } from '../../src-main/models/deep-linear/closed-form.ts';
import { rootCeiling } from '../../src-main/models/deep-linear/scalar.ts';
import { vanishingWeight } from '../../src-main/models/deep-linear/thresholds.ts';

const breathe = async (): Promise<void> => {};
const here = claims.filter(({ paper }) => paper === 'deep-linear');

/** n* with the maximum of the slope in place of the zero bound: what the larger-root rule implies. */
const rootThreshold = (M: number, N: number, decay: number): number => {
  const decays = { decays: new Array<number>(M).fill(decay), featureDecay: decay };
  const zero = M === 1 ? 1 : (M - 1) ** ((M - 1) / M) / M;
  return (vanishingWeight(decays, N) * zero) / rootCeiling(M);
};

const wrong: readonly [Claim, string, () => Evidence | Promise<Evidence>][] = [
  [
    orthogonalFrame,
    'an objective a millionth off',
    () => measureFrame(breathe, (problem) => 1.000001 * solveSquaredLoss(problem).objective),
  ],
  [orthogonalLengths, 'lengths to the power 1.001', () => measureLengths(breathe, 1.001)],
  [biasEtf, 'a bias of 1/(K−1)', () => measureBiasEtf(breathe, (K) => 1 / (K - 1))],
  [biasImbalanced, 'a bias of 1/K', () => measureBiasShares(breathe, () => 0.25)],
  [vanishingThreshold, 'the threshold of the larger-root rule', () => measureVanishing(rootThreshold)],
  [largestRoot, 'the larger root wherever it exists', () => measureTrap(largerRootRule)],
  [narrowLayers, 'one class more', () => measureNarrow(breathe, (i, r) => i <= r)],
  [everyLayer, 'a descent that ends too early', () => measureLayers(breathe, 150)],
  [
    crossEntropyEtf,
    'an objective a hundred-thousandth off',
    () => measureCrossEntropy(breathe, (problem, K, n) => 1.00001 * etfOptimum(problem, K, n).objective),
  ],
  [lowRankBias, 'pairs that cost a third more', () => measureLowRank(4 / 3)],
];

describe.each(here.map((claim) => [claim.id, claim] as const))('%s', (_id, claim) => {
  it('holds, and points to a run that its kind takes', async () => {
    const { error, numbers, run } = await claim.test(breathe);
    expect(error).toBeLessThanOrEqual(claim.tolerance);
    expect(numbers.length).toBeGreaterThan(0);
    expect(run).toBeDefined();
    expectStartable(run);
  });

  it('fails when made wrong', async () => {
    const [, , test] = wrong.find(([each]) => each === claim)!;
    expect((await test()).error).toBeGreaterThan(claim.tolerance);
  });
});

it('are ten, each with a wrong twin', () => {
  expect(here).toHaveLength(10);
  expect(new Set(wrong.map(([claim]) => claim))).toEqual(new Set(here));
});
