/**
 * The two-group ("STEP") setting of Fang et al. 2021: K_A majority and K_B minority classes at imbalance ratio
 * R = n_A/n_B, minority loss weight w_r. Translates it to a general problem and to the four-scalar instance.
 */
import { InvalidInput, type FieldIssue } from '../parameters/specification.ts';
import type { TwoGroupInstance } from './two-group.ts';
import type { LpmProblem } from './types.ts';
import { productIssues } from './validate.ts';

export interface TwoGroupSetting {
  /** K_A ≥ 1. */
  readonly majorityClasses: number;
  /** K_B ≥ 1. */
  readonly minorityClasses: number;
  readonly featureBudget: number;
  readonly classifierBudget: number;
  /** w_r: oversampling rate or loss weight of the minority; 1 if not given. */
  readonly minorityWeight?: number;
}

/** @throws InvalidInput naming ka, kb, eh, ew or weight. */
export function validateSetting(setting: TwoGroupSetting): TwoGroupSetting {
  const issues: FieldIssue[] = [];
  const whole = (field: string, name: string, value: number): void => {
    if (!(Number.isSafeInteger(value) && value >= 1))
      issues.push({
        field,
        value,
        message: `the number of ${name} classes must be a whole number of at least 1, got ${value}`,
      });
  };
  const positive = (field: string, name: string, value: number): void => {
    if (!(Number.isFinite(value) && value > 0))
      issues.push({ field, value, message: `the ${name} must be a finite number above 0, got ${value}` });
  };
  whole('ka', 'majority', setting.majorityClasses);
  whole('kb', 'minority', setting.minorityClasses);
  positive('eh', 'feature budget E_H', setting.featureBudget);
  positive('ew', 'classifier budget E_W', setting.classifierBudget);
  positive('weight', 'minority weight', setting.minorityWeight ?? 1);
  if (issues.length === 0) issues.push(...productIssues(setting.featureBudget, setting.classifierBudget));
  if (issues.length > 0) throw new InvalidInput(issues);
  return setting;
}

/**
 * The general problem at ratio R; groups in the order (majority, minority).
 * Sample counts stand for shares only: (R, 1), or (1, 0) at R = ∞.
 */
export function ratioProblem(
  setting: TwoGroupSetting & { readonly ratio: number; readonly dimension?: number | null },
): LpmProblem {
  const infinite = setting.ratio === Infinity;
  return {
    groups: [
      { samples: infinite ? 1 : setting.ratio, classes: setting.majorityClasses, weight: 1 },
      { samples: infinite ? 0 : 1, classes: setting.minorityClasses, weight: setting.minorityWeight ?? 1 },
    ],
    featureBudget: setting.featureBudget,
    classifierBudget: setting.classifierBudget,
    dimension: setting.dimension ?? null,
  };
}

export interface OrderedInstance {
  readonly instance: TwoGroupInstance;
  /** The minority carries the larger share (R < w_r), so it plays the majority. */
  readonly swapped: boolean;
}

/** The four-scalar instance at ratio R, its groups ordered so that c_A ≥ c_B. Only R/w_r enters. */
export function ratioInstance(
  setting: Pick<TwoGroupSetting, 'majorityClasses' | 'minorityClasses' | 'minorityWeight'>,
  ratio: number,
  radius: number,
): OrderedInstance {
  const { majorityClasses: KA, minorityClasses: KB } = setting;
  const effective = ratio / (setting.minorityWeight ?? 1);
  const total = KA * effective + KB;
  // At R = ∞ the minority carries nothing.
  const cA = effective === Infinity ? 1 / KA : effective / total;
  const cB = effective === Infinity ? 0 : 1 / total;
  const swapped = cB > cA;
  return {
    swapped,
    instance: {
      majorityClasses: swapped ? KB : KA,
      minorityClasses: swapped ? KA : KB,
      majorityShare: swapped ? cB : cA,
      minorityShare: swapped ? cA : cB,
      radius,
    },
  };
}
