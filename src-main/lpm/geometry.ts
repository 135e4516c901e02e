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
import type { GroupSolution, LpmProblem, SymmetricLogits } from './types.ts';

/** Norms below this fraction of the largest count as zero: they are rounding of an exact zero. */
const ZERO_NORM = 1e-10;

/** One side (classifiers or features): Gram entries by group. */
interface SideGram {
  /** (…)^{1/2} between the group indicators, G×G row-major, unscaled. */
  readonly between: Float64Array;
  /** √(E_W/E_H) or its inverse. */
  readonly scale: number;
}

function sideGram(logits: SymmetricLogits, side: Float64Array, scale: number): SideGram {
  const G = logits.sizes.length;
  const r = logits.rank;
  const between = new Float64Array(G * G);
  for (let g = 0; g < G; g++) {
    for (let h = 0; h <= g; h++) {
      let sum = 0;
      for (let i = 0; i < r; i++) sum += side[g * r + i]! * logits.singularValues[i]! * side[h * r + i]!;
      between[g * G + h] = sum;
      between[h * G + g] = sum;
    }
  }
  return { between, scale };
}

/** Squared norm of one vector of group g. */
function squaredNorm(logits: SymmetricLogits, side: SideGram, g: number): number {
  const K = logits.sizes[g]!;
  const G = logits.sizes.length;
  return Math.max(0, side.scale * (logits.contrasts[g]! * (1 - 1 / K) + side.between[g * G + g]! / K));
}

/** Inner product of two different classes, of groups g and h (g = h allowed where K_g > 1). */
function innerProduct(logits: SymmetricLogits, side: SideGram, g: number, h: number): number {
  const G = logits.sizes.length;
  const between = side.between[g * G + h]! / Math.sqrt(logits.sizes[g]! * logits.sizes[h]!);
  return side.scale * (between - (g === h ? logits.contrasts[g]! / logits.sizes[g]! : 0));
}

function norms(logits: SymmetricLogits, side: SideGram): Float64Array {
  const values = Float64Array.from(logits.sizes, (_, g) => Math.sqrt(squaredNorm(logits, side, g)));
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  return values.map((value) => (value > ZERO_NORM * largest ? value : 0));
}

function cosineMatrix(logits: SymmetricLogits, side: SideGram, length: Float64Array): (number | null)[][] {
  return logits.sizes.map((size, g) =>
    logits.sizes.map((_, h) => {
      if (length[g] === 0 || length[h] === 0 || (g === h && size === 1)) return null;
      if (g === h && logits.contrasts[g] === 0) return 1;
      const cosine = innerProduct(logits, side, g, h) / (length[g]! * length[h]!);
      return Math.min(1, Math.max(-1, cosine));
    }),
  );
}

/** Z[j,k] between group representatives: own logit, a sibling's, another group's. */
export function logitEntry(logits: SymmetricLogits, g: number, h: number, same: 'own' | 'sibling' | 'other'): number {
  let between = 0;
  const r = logits.rank;
  for (let i = 0; i < r; i++) between += logits.left[g * r + i]! * logits.singularValues[i]! * logits.right[h * r + i]!;
  between /= Math.sqrt(logits.sizes[g]! * logits.sizes[h]!);
  if (same === 'other') return between;
  return between + logits.contrasts[g]! * ((same === 'own' ? 1 : 0) - 1 / logits.sizes[g]!);
}

/** Margin w_k·h_k − max_{j≠k} w_j·h_k and cross-entropy of a sample of group h. */
function marginAndLoss(logits: SymmetricLogits, h: number): { margin: number; loss: number } {
  const own = logitEntry(logits, h, h, 'own');
  let largest = -Infinity;
  let odds = 0;
  logits.sizes.forEach((size, g) => {
    const others = g === h ? size - 1 : size;
    if (others === 0) return;
    const logit = logitEntry(logits, g, h, g === h ? 'sibling' : 'other');
    largest = Math.max(largest, logit);
    odds += others * Math.exp(logit - own);
  });
  return { margin: own - largest, loss: Math.log1p(odds) };
}

/** Everything that a solution says by group. */
export function describeGroups(problem: LpmProblem, logits: SymmetricLogits) {
  const ratio = Math.sqrt(problem.classifierBudget / problem.featureBudget);
  const W = sideGram(logits, logits.left, ratio);
  const H = sideGram(logits, logits.right, 1 / ratio);
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
    ...marginAndLoss(logits, g),
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
