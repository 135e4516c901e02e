/**
 * Where groups of a ridge cross-entropy problem collapse or vanish, as closed criteria (docs/ridge.md).
 *
 * At s_g = 0 the softmax is uniform inside group g, so the gradient's value on its contrasts is exactly c_g/r_g, whatever
 * the other logits and the bias are. Hence the classifiers of group g coincide iff c_g ≤ l r_g:
 *     per sample   n_g ≤ N² λ_W λ_H      (Hong and Ling 2023)
 *     per class    n_g ≤ N l
 * With ReLU features class k is zero iff n_k/N² ≤ λ_W λ_H K/(K − 1) (arXiv 2401.02058).
 */
import type { Normalisation } from './types.ts';

/** The decay l = √(λ_W λ_H) from which on a group of classes of n samples each has collapsed (K_g > 1). */
export function collapseDecay(samples: number, total: number, normalisation: Normalisation): number {
  return normalisation === 'sample' ? Math.sqrt(samples) / total : samples / total;
}

/** The largest count whose group has collapsed at decay l and N samples in all; a real number. */
export function collapseCount(decay: number, total: number, normalisation: Normalisation): number {
  return normalisation === 'sample' ? (decay * total) ** 2 : decay * total;
}

/** With ReLU features, the largest count whose classes are zero at decay l, per sample: N² l² K/(K − 1); a real number. */
export function reluVanishingCount(decay: number, total: number, classes: number): number {
  return ((decay * total) ** 2 * classes) / (classes - 1);
}

export interface StepSetting {
  readonly majorityClasses: number;
  readonly minorityClasses: number;
  /** l. */
  readonly decay: number;
  readonly normalisation: Normalisation;
}

/**
 * The majority count n_A above which the minority of n_B samples per class collapses, N = K_A n_A + K_B n_B; a real number,
 * which may be below n_B (then the minority has collapsed for all n_A ≥ n_B). null for K_B = 1: nothing to coincide with.
 */
export function collapsingMajority(setting: StepSetting, minoritySamples: number): number | null {
  const { majorityClasses: KA, minorityClasses: KB, decay, normalisation } = setting;
  if (KB === 1) return null;
  const total = normalisation === 'sample' ? Math.sqrt(minoritySamples) / decay : minoritySamples / decay;
  return (total - KB * minoritySamples) / KA;
}

/**
 * The imbalance ratio R ≥ 1 from which on the minority collapses when n_A is fixed and n_B = n_A/R; 1 if it has collapsed at
 * R = 1, null for K_B = 1. With u = 1/R:  per sample u ≤ n_A l² (K_A + K_B u)², per class u ≤ l (K_A + K_B u).
 */
export function collapseRatio(setting: StepSetting, majoritySamples: number): number | null {
  const { majorityClasses: KA, minorityClasses: KB, decay, normalisation } = setting;
  if (KB === 1) return null;
  if (normalisation === 'class') return decay * (KA + KB) >= 1 ? 1 : (1 - decay * KB) / (decay * KA);
  const root = decay * Math.sqrt(majoritySamples);
  // √u = root (K_A + K_B u): the larger √R of the two solutions is where collapse begins, coming from R = ∞.
  const discriminant = 1 - 4 * root * root * KA * KB;
  if (!(discriminant > 0)) return 1;
  return Math.max(1, ((1 + Math.sqrt(discriminant)) / (2 * root * KA)) ** 2);
}
