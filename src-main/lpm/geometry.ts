/**
 * From an optimal Z to what it says about the network: norms, cosines, margins, losses, Gram matrices, W and H.
 *
 *     W Wᵀ = √(E_W/E_H) (Z Zᵀ)^{1/2}     HᵀH = √(E_H/E_W) (ZᵀZ)^{1/2}
 *     W = (E_W/E_H)^{1/4} U S^{1/2}      H = (E_H/E_W)^{1/4} S^{1/2} Vᵀ        (Z = U S Vᵀ; docs/lpm.md)
 *
 * On the group structure (types.ts) both square roots are again symmetric: contrasts s_g, and U σ Uᵀ or V σ Vᵀ between
 * groups. A cosine with a vanished vector does not exist: it is null, never NaN.
 */
import { within } from './contrast-basis.ts';
import {
  cosineMatrix,
  innerProduct,
  norms,
  sideGram,
  squaredNorm,
  weightedProduct,
  type SideGram,
} from './side-gram.ts';
import type { GroupSolution, LpmProblem, SymmetricLogits } from './types.ts';

/** Margin w_k·h_k − max_{j≠k} w_j·h_k and cross-entropy of a sample of group h; M is the between-group part of Z. */
function marginAndLoss(logits: SymmetricLogits, M: Float64Array, h: number): { margin: number; loss: number } {
  const G = logits.sizes.length;
  const { sizes } = logits;
  const s = logits.contrasts[h]!;
  const own = M[h * G + h]! / sizes[h]! + s * (1 - 1 / sizes[h]!);
  let largest = -Infinity;
  let odds = 0;
  for (let g = 0; g < G; g++) {
    const others = g === h ? sizes[g]! - 1 : sizes[g]!;
    if (others === 0) continue;
    const logit = M[g * G + h]! / Math.sqrt(sizes[g]! * sizes[h]!) - (g === h ? s / sizes[h]! : 0);
    largest = Math.max(largest, logit);
    odds += others * Math.exp(logit - own);
  }
  return { margin: own - largest, loss: Math.log1p(odds) };
}

/** Everything that a solution says by group. */
export function describeGroups(problem: LpmProblem, logits: SymmetricLogits) {
  const ratio = Math.sqrt(problem.classifierBudget / problem.featureBudget);
  const W = sideGram(logits, logits.left, ratio);
  const H = sideGram(logits, logits.right, 1 / ratio);
  const M = weightedProduct(logits, logits.left, logits.right);
  const classifierNorm = norms(logits, W);
  const featureNorm = norms(logits, H);
  const classifier = cosineMatrix(logits, W, classifierNorm);
  const feature = cosineMatrix(logits, H, featureNorm);
  const groups = problem.groups.map((group, g): GroupSolution => ({
    ...group,
    classifierNorm: classifierNorm[g]!,
    featureNorm: featureNorm[g]!,
    classifierCosine: classifier[g]![g]!,
    featureCosine: feature[g]![g]!,
    ...marginAndLoss(logits, M, g),
    collapsed: group.classes > 1 && logits.contrasts[g] === 0,
    vanished: classifierNorm[g] === 0 && featureNorm[g] === 0,
  }));
  return { groups, crossCosines: { classifier, feature } };
}

/** rank Z and ‖Z‖_*. */
export function spectrumSize(logits: SymmetricLogits): { rank: number; nuclearNorm: number } {
  let rank = logits.rank;
  let nuclearNorm = logits.singularValues.reduce((a, b) => a + b, 0);
  logits.sizes.forEach((size, g) => {
    if (logits.contrasts[g]! > 0) rank += size - 1;
    nuclearNorm += (size - 1) * Math.abs(logits.contrasts[g]!);
  });
  return { rank, nuclearNorm };
}

/** Singular values of Z, descending, with multiplicity. */
export function singularSpectrum(logits: SymmetricLogits): Float64Array {
  const values = [...logits.singularValues];
  logits.sizes.forEach((size, g) => {
    if (logits.contrasts[g]! > 0) for (let i = 1; i < size; i++) values.push(logits.contrasts[g]!);
  });
  return Float64Array.from(values).sort().reverse();
}

/** Gram matrices W Wᵀ and HᵀH in class order (groups in the problem's order), K×K row-major. */
export function gramMatrices(problem: LpmProblem, logits: SymmetricLogits) {
  const ratio = Math.sqrt(problem.classifierBudget / problem.featureBudget);
  const size = logits.sizes.reduce((a, b) => a + b, 0);
  const group = logits.sizes.flatMap((count, g) => new Array<number>(count).fill(g));
  const expand = (side: SideGram): Float64Array => {
    const gram = new Float64Array(size * size);
    for (let j = 0; j < size; j++)
      for (let k = 0; k < size; k++) {
        const [g, h] = [group[j]!, group[k]!];
        gram[j * size + k] = j === k ? squaredNorm(logits, side, g) : innerProduct(logits, side, g, h);
      }
    return gram;
  };
  return {
    size,
    classifier: expand(sideGram(logits, logits.left, ratio)),
    feature: expand(sideGram(logits, logits.right, 1 / ratio)),
  };
}

/**
 * One optimal pair for any p ≥ rank Z (unique up to a rotation of R^p).
 * @returns classifiers W, K×p row-major, and features H, p×K row-major, Z = W H.
 * @throws RangeError if p < rank Z: no pair of that dimension has these Gram matrices.
 */
export function classifiersAndFeatures(problem: LpmProblem, logits: SymmetricLogits, p: number) {
  const { rank } = spectrumSize(logits);
  if (!(p >= rank)) throw new RangeError(`p = ${p} is below the rank ${rank} of the solution`);
  const K = logits.sizes.reduce((a, b) => a + b, 0);
  const quarter = Math.sqrt(Math.sqrt(problem.classifierBudget / problem.featureBudget));
  const classifiers = new Float64Array(K * p);
  const features = new Float64Array(p * K);
  const set = (column: number, sigma: number, u: (k: number) => number, v: (k: number) => number): void => {
    const root = Math.sqrt(sigma);
    for (let k = 0; k < K; k++) {
      classifiers[k * p + column] = quarter * root * u(k);
      features[column * K + k] = (root * v(k)) / quarter;
    }
  };
  const group = logits.sizes.flatMap((count, g) => new Array<number>(count).fill(g));
  const r = logits.rank;
  let column = 0;
  for (let i = 0; i < r; i++, column++) {
    const lift = (side: Float64Array) => (k: number) => side[group[k]! * r + i]! / Math.sqrt(logits.sizes[group[k]!]!);
    set(column, logits.singularValues[i]!, lift(logits.left), lift(logits.right));
  }
  let first = 0;
  logits.sizes.forEach((size, g) => {
    const s = logits.contrasts[g]!;
    for (let i = 1; s > 0 && i < size; i++, column++) {
      const start = first;
      const entry = (k: number): number => within(size, i, k - start);
      set(column, s, entry, entry);
    }
    first += size;
  });
  return { classifiers, features };
}
