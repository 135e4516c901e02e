/**
 * The axes of a phase diagram and the two-group problem at each of its points; nothing is solved here.
 *
 * A point is five numbers: R, E_H·E_W, K_A/K, w_r, K. Two run along the axes, three are fixed. K_A is a whole number: the
 * share is rounded to one, and an axis of shares at fixed K holds exactly the shares that whole K_A give.
 */
import type { TwoGroupSetting } from '../two-group-problem.ts';

export type PhaseAxisKey = 'ratio' | 'budget' | 'share' | 'weight' | 'classes';

export interface PhasePoint {
  /** R = n_A/n_B > 0. */
  readonly ratio: number;
  /** E_H·E_W > 0. */
  readonly budget: number;
  /** K_A/K, between 0 and 1. */
  readonly share: number;
  /** w_r > 0. */
  readonly weight: number;
  /** K ≥ 2. */
  readonly classes: number;
}

export interface PhaseAxis {
  readonly key: PhaseAxisKey;
  readonly from: number;
  readonly to: number;
  /** Number of values; fewer where whole numbers run out. */
  readonly count: number;
}

/** How an axis is drawn. Logarithmic axes are spaced evenly in the logarithm. */
export const phaseAxes: Readonly<
  Record<PhaseAxisKey, { readonly label: string; readonly symbol: string; readonly logarithmic: boolean }>
> = {
  ratio: { label: 'Imbalance ratio R = n_A/n_B', symbol: 'R', logarithmic: true },
  budget: { label: 'Budget product E_H·E_W', symbol: 'E_HE_W', logarithmic: true },
  share: { label: 'Share of majority classes K_A/K', symbol: 'K_A/K', logarithmic: false },
  weight: { label: 'Minority weight w_r', symbol: 'w_r', logarithmic: true },
  classes: { label: 'Classes K', symbol: 'K', logarithmic: true },
};

/** K_A of a point: at least one class on each side. */
export function majorityClasses({ share, classes }: Pick<PhasePoint, 'share' | 'classes'>): number {
  return Math.min(classes - 1, Math.max(1, Math.round(share * classes)));
}

/** The problem at a point, the whole budget product in E_H: only the product matters to every quantity here. */
export function settingAt(point: PhasePoint): TwoGroupSetting & { readonly ratio: number } {
  const KA = majorityClasses(point);
  return {
    majorityClasses: KA,
    minorityClasses: point.classes - KA,
    featureBudget: point.budget,
    classifierBudget: 1,
    minorityWeight: point.weight,
    ratio: point.ratio,
  };
}

/**
 * Values of an axis, ascending and distinct.
 * @param fixedClasses K where K is not the other axis, else null: decides which shares exist.
 */
export function axisValues({ key, from, to, count }: PhaseAxis, fixedClasses: number | null): number[] {
  const at = (i: number): number => {
    const t = count > 1 ? i / (count - 1) : 0;
    if (i === count - 1) return to;
    return phaseAxes[key].logarithmic ? from * Math.pow(to / from, t) : from + (to - from) * t;
  };
  const values = Array.from({ length: count }, (_, i) => at(i));
  if (key === 'classes') return [...new Set(values.map(Math.round))];
  if (key === 'share' && fixedClasses !== null) {
    const whole = values.map((share) => majorityClasses({ share, classes: fixedClasses }));
    return [...new Set(whole)].map((KA) => KA / fixedClasses);
  }
  return values;
}
