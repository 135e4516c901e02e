/** Every claim, one line each, in the order of papers and of their statements. */
import type { Claim } from './claim.ts';
import { authorsCurve } from './layer-peeled/authors-curve.ts';
import { balancedEtf } from './layer-peeled/balanced-etf.ts';
import { budgetProduct } from './layer-peeled/budget-product.ts';
import { certificate } from './layer-peeled/certificate.ts';
import { collapseLimit } from './layer-peeled/collapse-limit.ts';
import { contrastiveEtf } from './layer-peeled/contrastive-etf.ts';
import { firstThreshold, firstThresholdBisected } from './layer-peeled/first-threshold.ts';
import { meansSuffice } from './layer-peeled/means-suffice.ts';
import { minorityCollapse } from './layer-peeled/minority-collapse.ts';
import { normRatio } from './layer-peeled/norm-ratio.ts';
import { oversamplingAvoids, oversamplingRestores } from './layer-peeled/oversampling.ts';
import { secondThreshold } from './layer-peeled/second-threshold.ts';
import { softmaxTypeEtf } from './layer-peeled/softmax-type-etf.ts';
import { tightRelaxation } from './layer-peeled/tight-relaxation.ts';

export const claims: readonly Claim[] = [
  balancedEtf,
  contrastiveEtf,
  softmaxTypeEtf,
  meansSuffice,
  budgetProduct,
  tightRelaxation,
  certificate,
  minorityCollapse,
  collapseLimit,
  firstThreshold,
  firstThresholdBisected,
  secondThreshold,
  authorsCurve,
  normRatio,
  oversamplingRestores,
  oversamplingAvoids,
];
