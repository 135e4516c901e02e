/** Claim: there may be a second threshold R1, beyond which minority classifiers and features vanish. */
import { thresholds } from '../../lpm/thresholds.ts';
import { minimiseInBall } from '../reference/nuclear-ball.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, stepRadius, stepShares, worst } from './step-setting.ts';

const TABULATED = 5.7053;
const setting = { KA: 7, KB: 3, EH: 5 };

export function vanishRatio(KA: number): number | null {
  return thresholds({ majorityClasses: KA, minorityClasses: 10 - KA, featureBudget: 5, classifierBudget: 1 }).r1;
}

/** The formula against the tabulated value, and the slow program on both sides of it: the minority's rows and columns of Z. */
export function measureVanishing(r1: (KA: number) => number | null = vanishRatio): Evidence {
  const value = r1(7) ?? NaN;
  const size = (R: number): number => {
    const { logits } = minimiseInBall(stepShares({ ...setting, R }), stepRadius(setting), {
      steps: 6000,
      tolerance: 1e-12,
    });
    let largest = 0;
    for (let j = 0; j < 10; j++)
      for (let k = 0; k < 10; k++) if (j >= 7 || k >= 7) largest = Math.max(largest, Math.abs(logits[10 * j + k]!));
    return largest;
  };
  const [below, above] = [size(value * 0.97), size(value * 1.03)];
  const never = r1(5);
  return {
    error: worst([
      Math.abs(value / TABULATED - 1),
      above,
      // Just below, the minority must be there: 0 if it is.
      below > 1e-3 ? 0 : 1,
      never === null ? 0 : 1,
    ]),
    numbers: [
      { label: 'R1, K = 10, K_A = 7, E_H = 5', value, expected: TABULATED, format: 'ratio' },
      { label: 'R1, K_A = 5 (does not exist: never)', value: never, expected: null, format: 'ratio' },
      { label: 'Largest logit of or for the minority at 1.03 R1', value: above, expected: 0, format: 'gap' },
      { label: 'Largest logit of or for the minority at 0.97 R1', value: below, format: 'ratio' },
    ],
    run: { kind: 'lpm-sweep', parameters: { ka: 7, kb: 3, weight: 1, eh: 5, ew: 1, ratios: '1:100:41' } },
    remark: 'The formula is derived in docs/lpm.md; the paper has no second threshold.',
  };
}

export const secondThreshold: Claim = {
  id: 'lpm-r1',
  paper: 'layer-peeled',
  source: `${SOURCE}, Minority Collapse; the formula is derived in docs/lpm.md`,
  title: 'The second threshold R1',
  statement:
    'Where the majority can use up the whole budget, minority classifiers and features are exactly zero beyond a ratio R1: at K = 10 and E_H = 5 for 7 majority classes from 5.7053 on, for 5 never.',
  formula: 'R_1^2=\\frac{K_A/K}{(1-p_\\text{own}+p_\\text{oth})^2-\\frac K{K_B}(1-q_A)^2}',
  // The tabulated value has five digits.
  tolerance: 1e-5,
  errorMeaning:
    'largest of: relative deviation from the tabulated value; size of the minority at 1.03 R1; 1 if it is absent at 0.97 R1 or if K_A = 5 has a threshold',
  test: () => measureVanishing(),
};
