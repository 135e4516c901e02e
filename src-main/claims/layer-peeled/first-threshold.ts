/** Claims on R0: its fixed point gives the tabulated values, and is where a program without groups sees the rank drop. */
import { chooseLoss } from '../../lpm/losses/softmax-type.ts';
import { collapseRatio } from '../../lpm/losses/collapse-ratio.ts';
import { thresholds } from '../../lpm/thresholds.ts';
import { minimiseInBall } from '../reference/nuclear-ball.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, stepRadius, stepShares, worst, type StepSetting } from './step-setting.ts';

/** K = 10, E_W = 1; reproduced by two independent implementations beforehand. */
const TABLE: readonly (readonly [EH: number, KA: number, r0: number])[] = [
  [1, 3, 4.135908],
  [1, 5, 1.735416],
  [1, 7, 1.36953],
  [5, 3, 245.4969],
  [5, 5, 12.192447],
  [5, 7, 4.000467],
];

type Setting = Omit<StepSetting, 'R' | 'weight'>;

export function fixedPoint({ KA, KB, EH }: Setting): number {
  const setting = { majorityClasses: KA, minorityClasses: KB, featureBudget: EH, classifierBudget: 1 };
  return thresholds(setting).r0 ?? Infinity;
}

/** The fixed point against the table, and against the crossing found by a solver of another kind (central path). */
export function measureTable(r0: (setting: Setting) => number = fixedPoint): Evidence {
  const found = TABLE.map(([EH, KA, expected]) => {
    const path = collapseRatio(
      { majorityClasses: KA, minorityClasses: 10 - KA, featureBudget: EH, classifierBudget: 1 },
      chooseLoss('cross-entropy'),
    );
    return { EH, KA, expected, value: r0({ KA, KB: 10 - KA, EH }), path };
  });
  return {
    error: worst(
      found.flatMap(({ value, expected, path }) => [Math.abs(value / expected - 1), Math.abs(value / path! - 1)]),
    ),
    numbers: found.map(({ EH, KA, value, expected }) => ({
      label: `R0, K = 10, K_A = ${KA}, E_H = ${EH}`,
      value,
      expected,
      format: 'ratio',
    })),
    run: { kind: 'lpm-sweep', parameters: { ka: 5, kb: 5, weight: 1, eh: 5, ew: 1, ratios: '1:10000:41' } },
  };
}

const SLOW: readonly Setting[] = [
  { KA: 2, KB: 2, EH: 1 },
  { KA: 2, KB: 3, EH: 0.5 },
];
const HALVINGS = 9;

/** Bisection on the rank of the slow program's solution: above K_A is spread, K_A or less is collapsed. */
export async function measureBisection(
  breathe: () => Promise<void>,
  r0: (setting: Setting) => number = fixedPoint,
): Promise<Evidence> {
  const found: { setting: Setting; value: number; low: number; high: number }[] = [];
  for (const setting of SLOW) {
    let [low, high] = [1, 8];
    for (let i = 0; i < HALVINGS; i++) {
      await breathe();
      const R = Math.sqrt(low * high);
      const shares = stepShares({ ...setting, R });
      const { rank } = minimiseInBall(shares, stepRadius(setting), { steps: 20_000, tolerance: 1e-12 });
      if (rank > setting.KA) low = R;
      else high = R;
    }
    found.push({ setting, value: r0(setting), low, high });
  }
  return {
    error: worst(found.map(({ value, low, high }) => Math.abs(value / Math.sqrt(low * high) - 1))),
    numbers: found.map(({ setting: { KA, KB, EH }, value, low, high }) => ({
      label: `R0, K_A = ${KA}, K_B = ${KB}, E_H = ${EH}; expected: middle of the last bracket`,
      value,
      expected: Math.sqrt(low * high),
      format: 'ratio',
    })),
    remark: `The bracket is ${(found[0]!.high / found[0]!.low - 1).toExponential(1)} wide; near R0 the slow program needs many steps.`,
  };
}

const FORMULA = 'R_0=\\frac1{1-p_\\text{own}+p_\\text{other A}}\\Big|_{\\beta=0,\\,R=R_0}';

export const firstThreshold: Claim = {
  id: 'lpm-r0-table',
  paper: 'layer-peeled',
  source: `${SOURCE}, the threshold of Minority Collapse (there numerical; the fixed point is derived in docs/lpm.md)`,
  title: 'The first threshold R0',
  statement:
    'Minority Collapse begins at a finite ratio R0 that depends on the number of majority classes and the budgets; it is a fixed point of the majority’s softmax.',
  formula: FORMULA,
  // The table has seven digits, the last of which is rounded.
  tolerance: 4e-7,
  errorMeaning: 'largest relative deviation from six tabulated values and from a solver of another kind',
  test: () => measureTable(),
};

export const firstThresholdBisected: Claim = {
  id: 'lpm-r0-bisection',
  paper: 'layer-peeled',
  source: `${SOURCE}, the threshold of Minority Collapse`,
  title: 'R0 is where collapse begins',
  statement:
    'Below R0 the optimal logits have full rank K − 1, above it rank K_A: bisection on the rank found by a program that knows no groups ends at the fixed point.',
  formula: FORMULA,
  // Half the last bracket, and what a slow solver confuses near the threshold.
  tolerance: 5e-3,
  errorMeaning: 'largest relative distance between fixed point and bisection over 2 settings',
  test: (breathe) => measureBisection(breathe),
};
