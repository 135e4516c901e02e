/**
 * What a phase diagram shows of a two-group optimum, from its four scalars; null where the quantity does not exist.
 *
 *     w_A: ‖w_A‖² ∝ α(1 − 1/K_A) + τK_B/(K K_A), w_A·w_A' ∝ τK_B/(K K_A) − α/K_A; w_B alike with β and K_A ↔ K_B
 *     h_A: ‖h_A‖² ∝ α(1 − 1/K_A) + x²/(τK_A),    h_A·h_A' ∝ x²/(τK_A) − α/K_A;    h_B alike with β and y
 * geometry.ts says the same of any problem; here a cell costs nothing beside its solve.
 */
import type { TwoGroupInstance, TwoGroupSolution } from '../two-group.ts';

export type PhaseQuantity =
  | 'classifierCosineMinority'
  | 'classifierCosineMajority'
  | 'featureCosineMinority'
  | 'featureCosineMajority'
  | 'classifierNormRatio'
  | 'objective';

export interface PhaseQuantityText {
  readonly label: string;
  readonly scale: 'cosine' | 'sequential' | 'sequential-log';
  /** Why a cell may have no value. */
  readonly missing: string;
}

const minority = 'the minority has vanished or is a single class';
const majority = 'the majority is a single class';

export const phaseQuantities: Readonly<Record<PhaseQuantity, PhaseQuantityText>> = {
  classifierCosineMinority: { label: "cos(w_B, w_B'), minority classifiers", scale: 'cosine', missing: minority },
  classifierCosineMajority: { label: "cos(w_A, w_A'), majority classifiers", scale: 'cosine', missing: majority },
  featureCosineMinority: { label: "cos(h_B, h_B'), minority features", scale: 'cosine', missing: minority },
  featureCosineMajority: { label: "cos(h_A, h_A'), majority features", scale: 'cosine', missing: majority },
  classifierNormRatio: {
    label: '‖w_A‖/‖w_B‖, norms of the classifiers',
    scale: 'sequential-log',
    missing: 'the minority has vanished',
  },
  objective: { label: 'Loss f at the optimum (nats)', scale: 'sequential', missing: 'none is missing' },
};

/** One group of the instance: `contrast` s, `shared` the part of a Gram entry that all its classes have in common. */
function cosine(classes: number, contrast: number, shared: number): number {
  const square = shared + contrast * (1 - 1 / classes);
  if (classes === 1 || !(square > 0)) return NaN;
  return contrast === 0 ? 1 : (shared - contrast / classes) / square;
}

/** The quantity at an optimum; `swapped` if the user's minority plays the majority (R < w_r). NaN where there is none. */
export function quantityOf(
  quantity: PhaseQuantity,
  { majorityClasses, minorityClasses }: TwoGroupInstance,
  z: TwoGroupSolution,
  swapped: boolean,
): number {
  if (quantity === 'objective') return z.objective;
  const K = majorityClasses + minorityClasses;
  const tau = Math.hypot(z.x, z.y);
  const larger = { classes: majorityClasses, contrast: majorityClasses > 1 ? z.alpha : 0, coordinate: z.x };
  const smaller = { classes: minorityClasses, contrast: minorityClasses > 1 ? z.beta : 0, coordinate: z.y };
  const [A, B] = swapped ? [smaller, larger] : [larger, smaller];
  const between = (side: typeof A): number => (tau * (K - side.classes)) / (K * side.classes);
  const feature = (side: typeof A): number => (tau > 0 ? side.coordinate ** 2 / (tau * side.classes) : 0);
  switch (quantity) {
    case 'classifierCosineMajority':
      return cosine(A.classes, A.contrast, between(A));
    case 'classifierCosineMinority':
      return cosine(B.classes, B.contrast, between(B));
    case 'featureCosineMajority':
      return cosine(A.classes, A.contrast, feature(A));
    case 'featureCosineMinority':
      return cosine(B.classes, B.contrast, feature(B));
    case 'classifierNormRatio': {
      const square = (side: typeof A): number => between(side) + side.contrast * (1 - 1 / side.classes);
      return square(B) > 0 ? Math.sqrt(square(A) / square(B)) : NaN;
    }
  }
}
