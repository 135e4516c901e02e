/**
 * From the optimal Y = Z D^{1/2} = U S Vᵀ of a ridge problem to the network: W = κ U S^{1/2}, H D^{1/2} = κ⁻¹ S^{1/2} Vᵀ with
 * κ⁴ = λ_H/λ_W; norms, cosines, margins, losses and budgets by group. Exact given Y; nothing is solved.
 */
import type { SymmetricLogits } from '../../lpm/types.ts';
import { cosinesOf, gramOf, normsOf, squaredSize, type FramePair } from '../frames/class-frame.ts';
import { sampleCount } from './reduce.ts';
import { softmaxColumns } from './softmax.ts';
import type { RidgeBudgets, RidgeGroup, RidgeProblem } from './types.ts';

/** Diagonal of D^{1/2} over the listed groups. */
export function lengthsOf({ groups, normalisation }: RidgeProblem): number[] {
  return groups.map(({ samples }) => (normalisation === 'sample' ? Math.sqrt(samples) : 1));
}

export function framesOf(problem: RidgeProblem, weighted: SymmetricLogits): FramePair {
  const { sizes, rank, contrasts, singularValues } = weighted;
  const kappa = Math.sqrt(Math.sqrt(problem.featureDecay / problem.classifierDecay));
  const lengths = lengthsOf(problem);
  const side = (vectors: Float64Array, scale: (g: number) => number) => ({
    sizes,
    rank,
    contrasts: contrasts.map((s, g) => scale(g) * Math.sqrt(s)),
    between: vectors.map((v, i) => scale(Math.floor(i / rank)) * v * Math.sqrt(singularValues[i % rank]!)),
  });
  return {
    classifier: side(weighted.left, () => kappa),
    feature: side(weighted.right, (g) => 1 / (kappa * lengths[g]!)),
  };
}

export function budgetsOf(problem: RidgeProblem, { classifier, feature }: FramePair): RidgeBudgets {
  const K = problem.groups.reduce((sum, { classes }) => sum + classes, 0);
  const norms = normsOf(gramOf(feature));
  const bySample = problem.groups.reduce((sum, { samples, classes }, g) => sum + samples * classes * norms[g]! ** 2, 0);
  return {
    classifier: squaredSize(classifier) / K,
    featureByClass: squaredSize(feature) / K,
    featureBySample: bySample / sampleCount(problem.groups),
  };
}

/** Everything that a point says by group. @param bias b of a class of each listed group. */
export function describeRidge(problem: RidgeProblem, weighted: SymmetricLogits, bias: Float64Array) {
  const frames = framesOf(problem, weighted);
  const { sizes, rank } = weighted;
  const G = sizes.length;
  const lengths = lengthsOf(problem);
  const M = new Float64Array(G * G);
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++)
      for (let i = 0; i < rank; i++)
        M[h * G + g] =
          M[h * G + g]! +
          (weighted.left[h * rank + i]! * weighted.singularValues[i]! * weighted.right[g * rank + i]!) / lengths[g]!;
  const contrasts = weighted.contrasts.map((value, g) => value / lengths[g]!);
  const { loss, margin } = softmaxColumns(sizes, contrasts, M, bias);
  const [w, h] = [gramOf(frames.classifier), gramOf(frames.feature)];
  const [classifierNorm, featureNorm] = [normsOf(w), normsOf(h)];
  const [classifier, feature] = [cosinesOf(w), cosinesOf(h)];
  const groups = problem.groups.map((group, g): RidgeGroup => ({
    ...group,
    classifierNorm: classifierNorm[g]!,
    featureNorm: featureNorm[g]!,
    classifierCosine: classifier[g]![g]!,
    featureCosine: feature[g]![g]!,
    margin: margin[g]!,
    loss: problem.loss === 'squared' ? squaredLoss(sizes, contrasts, M, bias, g) : loss[g]!,
    bias: bias[g]!,
    collapsed: group.classes > 1 && weighted.contrasts[g] === 0,
    vanished: classifierNorm[g] === 0 && featureNorm[g] === 0,
  }));
  return { groups, crossCosines: { classifier, feature }, frames, budgets: budgetsOf(problem, frames) };
}

/** ½‖z + b − e_k‖² of a column of group g. */
function squaredLoss(
  sizes: readonly number[],
  contrasts: Float64Array,
  M: Float64Array,
  bias: Float64Array,
  g: number,
): number {
  const G = sizes.length;
  const shared = M[g * G + g]! / sizes[g]! - contrasts[g]! / sizes[g]! + bias[g]!;
  let sum = (shared + contrasts[g]! - 1) ** 2 + (sizes[g]! - 1) * shared ** 2;
  for (let h = 0; h < G; h++)
    if (h !== g) sum += sizes[h]! * (M[h * G + g]! / Math.sqrt(sizes[h]! * sizes[g]!) + bias[h]!) ** 2;
  return sum / 2;
}
