/** The two-group settings that the claims of this folder share: shares by class, worst errors, forms of lpm-solve. */
import { solve } from '../../lpm/solve.ts';
import { ratioProblem } from '../../lpm/two-group-problem.ts';
import type { LpmSolution } from '../../lpm/types.ts';
import type { ParameterValues } from '../../parameters/specification.ts';

export const SOURCE = 'Fang, He, Long, Su 2021';

/** K_A majority and K_B minority classes at ratio R; E_W = 1 throughout. */
export interface StepSetting {
  readonly KA: number;
  readonly KB: number;
  readonly R: number;
  readonly EH: number;
  /** w_r; 1 unless given. */
  readonly weight?: number;
}

/** c_k by class, majority first. */
export function stepShares({ KA, KB, R, weight = 1 }: Omit<StepSetting, 'EH'>): number[] {
  const total = KA * R + KB * weight;
  return [...new Array<number>(KA).fill(R / total), ...new Array<number>(KB).fill(weight / total)];
}

export function stepSolution({ KA, KB, R, EH, weight = 1 }: StepSetting): LpmSolution {
  return solve(
    ratioProblem({
      majorityClasses: KA,
      minorityClasses: KB,
      featureBudget: EH,
      classifierBudget: 1,
      minorityWeight: weight,
      ratio: R,
    }),
  );
}

/** ρ with E_W = 1. */
export function stepRadius({ KA, KB, EH }: Pick<StepSetting, 'KA' | 'KB' | 'EH'>): number {
  return (KA + KB) * Math.sqrt(EH);
}

/** Parameters of a solve of this setting; R and w_r must make whole counts. */
export function solveParameters({ KA, KB, R, EH, weight = 1 }: StepSetting): ParameterValues {
  return { counts: `${R}x${KA},1x${KB}`, weights: `1,${weight}`, eh: EH, ew: 1, p: null };
}

/** Largest of a list of errors; NaN if any of them is. */
export function worst(errors: readonly number[]): number {
  return errors.some(Number.isNaN) ? NaN : Math.max(...errors);
}
