/** Every claim, one line each, in the order of papers and of their statements. */
import type { Claim } from './claim.ts';
import { biasEtf } from './deep-linear/bias-etf.ts';
import { biasImbalanced } from './deep-linear/bias-imbalanced.ts';
import { crossEntropyEtf } from './deep-linear/cross-entropy-etf.ts';
import { everyLayer } from './deep-linear/every-layer.ts';
import { largestRoot } from './deep-linear/largest-root.ts';
import { lowRankBias } from './deep-linear/low-rank-bias.ts';
import { narrowLayers } from './deep-linear/narrow-layers.ts';
import { orthogonalFrame } from './deep-linear/orthogonal-frame.ts';
import { orthogonalLengths } from './deep-linear/orthogonal-lengths.ts';
import { vanishingThreshold } from './deep-linear/vanishing-threshold.ts';
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
import { balancing } from './low-rank/balancing.ts';
import { effectiveRankChain } from './low-rank/effective-ranks.ts';
import { etfNeedsRank } from './low-rank/etf-needs-rank.ts';
import { factorDecay } from './low-rank/factor-decay.ts';
import { factorsArePeeled } from './low-rank/factors-are-peeled.ts';
import { gapSpreadBound } from './low-rank/gap-spread.ts';
import { mseTruncation } from './low-rank/mse-truncation.ts';
import { parameterCount } from './low-rank/parameter-count.ts';
import { productDecay } from './low-rank/product-decay.ts';
import { spectralInitialisation } from './low-rank/spectral-initialisation.ts';
import { biasCentres } from './neighbours/bias-centres.ts';
import { budgetToEtf } from './neighbours/budget-to-etf.ts';
import { hongLing } from './neighbours/hong-ling.ts';
import { peeledIsRidge } from './neighbours/peeled-is-ridge.ts';
import { reluVanishing } from './neighbours/relu-vanishing.ts';
import { ridgeBalanced } from './neighbours/ridge-balanced.ts';
import { ridgeToSeli } from './neighbours/ridge-to-seli.ts';
import { seliNeverCollapses } from './neighbours/seli-never-collapses.ts';
import { seliValues } from './neighbours/seli-values.ts';
import { seliZero } from './neighbours/seli-zero.ts';
import { conservation } from './unconstrained/conservation.ts';
import { direction } from './unconstrained/direction.ts';
import { escapeExponential, escapePower } from './unconstrained/escape.ts';
import { kktDirection } from './unconstrained/kkt-direction.ts';
import { lossRate } from './unconstrained/loss-rate.ts';
import { marginBound, maxMarginSolution } from './unconstrained/margin-bound.ts';
import { strictSaddles } from './unconstrained/saddles.ts';

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
  conservation,
  kktDirection,
  marginBound,
  maxMarginSolution,
  direction,
  lossRate,
  strictSaddles,
  escapeExponential,
  escapePower,
  orthogonalFrame,
  orthogonalLengths,
  biasEtf,
  biasImbalanced,
  vanishingThreshold,
  largestRoot,
  narrowLayers,
  everyLayer,
  crossEntropyEtf,
  lowRankBias,
  parameterCount,
  spectralInitialisation,
  factorDecay,
  productDecay,
  balancing,
  factorsArePeeled,
  mseTruncation,
  etfNeedsRank,
  gapSpreadBound,
  effectiveRankChain,
  seliZero,
  seliValues,
  seliNeverCollapses,
  ridgeToSeli,
  budgetToEtf,
  ridgeBalanced,
  hongLing,
  reluVanishing,
  biasCentres,
  peeledIsRidge,
];
