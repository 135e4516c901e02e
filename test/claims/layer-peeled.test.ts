/** The claims of the Layer-Peeled paper: each holds, and each fails when the quantity it tests is made wrong on purpose. */
import { describe, expect, it } from 'vitest';
import type { Claim, Evidence } from '../../src-main/claims/claim.ts';
import { claims } from '../../src-main/claims/index.ts';
import { authorsCurve, measureCurve } from '../../src-main/claims/layer-peeled/authors-curve.ts';
import { balancedEtf, etfLoss, measureBalancedEtf } from '../../src-main/claims/layer-peeled/balanced-etf.ts';
import { budgetProduct, measureBudgetProduct } from '../../src-main/claims/layer-peeled/budget-product.ts';
import { certificate, measureCertificate } from '../../src-main/claims/layer-peeled/certificate.ts';
import { collapseLimit, measureLimit } from '../../src-main/claims/layer-peeled/collapse-limit.ts';
import { contrastiveEtf, measureContrastive } from '../../src-main/claims/layer-peeled/contrastive-etf.ts';
import * as r0 from '../../src-main/claims/layer-peeled/first-threshold.ts';
import { meansSuffice, measureMeans } from '../../src-main/claims/layer-peeled/means-suffice.ts';
import { measureCollapse, minorityCollapse } from '../../src-main/claims/layer-peeled/minority-collapse.ts';
import { measureNormRatio, normRatio } from '../../src-main/claims/layer-peeled/norm-ratio.ts';
import * as oversampling from '../../src-main/claims/layer-peeled/oversampling.ts';
import { measureVanishing, secondThreshold, vanishRatio } from '../../src-main/claims/layer-peeled/second-threshold.ts';
import {
  balancedOptimum,
  measureSoftmaxType,
  softmaxTypeEtf,
} from '../../src-main/claims/layer-peeled/softmax-type-etf.ts';
import { measureTightness, tightRelaxation } from '../../src-main/claims/layer-peeled/tight-relaxation.ts';
import { expectStartable } from './fixtures.ts';

const breathe = async (): Promise<void> => {};
const here = claims.filter(({ paper }) => paper === 'layer-peeled');

/** Each claim with its test made wrong by about a percent, or by leaving out what it rests on. */
const wrong: readonly [Claim, string, () => Evidence | Promise<Evidence>][] = [
  [
    balancedEtf,
    'a loss with the logit gap of an orthogonal frame',
    () => measureBalancedEtf((K, EH, EW) => etfLoss(K, EH * 0.81, EW)),
  ],
  [contrastiveEtf, 'one more sample in one class', () => measureContrastive(1)],
  [softmaxTypeEtf, 'an optimum one percent off', () => measureSoftmaxType((id) => 1.01 * balancedOptimum(id))],
  [meansSuffice, 'an optimum a millionth off', () => measureMeans(1 + 1e-6)],
  [
    budgetProduct,
    'products that differ',
    () =>
      measureBudgetProduct([
        [4, 1],
        [1, 4.1],
      ]),
  ],
  [tightRelaxation, 'a dimension one below the rank', () => measureTightness((rank) => rank - 1)],
  [certificate, 'a radius one percent short', () => measureCertificate(0.99)],
  [minorityCollapse, 'a ratio below R0', () => measureCollapse([{ KA: 5, KB: 5, R: 12, EH: 5 }])],
  [collapseLimit, 'ratios that end too early', () => measureLimit([1, 10, 12])],
  [
    r0.firstThreshold,
    'thresholds a millionth off',
    () => r0.measureTable((setting) => 1.000001 * r0.fixedPoint(setting)),
  ],
  [
    r0.firstThresholdBisected,
    'thresholds two percent off',
    () => r0.measureBisection(breathe, (setting) => 1.02 * r0.fixedPoint(setting)),
  ],
  [
    secondThreshold,
    'a threshold that is five percent off',
    () => measureVanishing((KA) => (KA === 7 ? 1.05 * vanishRatio(7)! : null)),
  ],
  [
    authorsCurve,
    'a table with one wrong digit',
    () => measureCurve([[10, 0.261677, 0.517496, -0.16759, -0.201317, 3.049897, 0.386794]]),
  ],
  [normRatio, 'the ratio upside down', () => measureNormRatio(true)],
  [oversampling.oversamplingRestores, 'a weight one percent off', () => oversampling.measureRestoring(1.01)],
  [oversampling.oversamplingAvoids, 'a weight three percent off', () => oversampling.measureAvoiding(1.03)],
];

describe.each(here.map((claim) => [claim.id, claim] as const))('%s', (id, claim) => {
  it('holds', async () => {
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
  expect(new Set(here.map(({ id }) => id)).size).toBe(here.length);
  expect(here.map(({ id }) => id).sort()).toEqual(wrong.map(([{ id }]) => id).sort());
});
