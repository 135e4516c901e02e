/** Claim: majority classifiers grow long against minority ones. */
import { sweepRatios } from '../../lpm/sweep.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, worst } from './step-setting.ts';

const RATIOS = Array.from({ length: 61 }, (_, i) => 10 ** (i / 20));
const SETTINGS = [
  { KA: 3, KB: 7, EH: 5 },
  { KA: 5, KB: 5, EH: 5 },
  { KA: 5, KB: 5, EH: 20 },
];

/** ‖w_A‖/‖w_B‖ along R = 1 … 1000; @param invert minority over majority instead, to see the check fail */
export function measureNormRatio(invert = false): Evidence {
  const curves = SETTINGS.map(({ KA, KB, EH }) => {
    const setting = { majorityClasses: KA, minorityClasses: KB, featureBudget: EH, classifierBudget: 1 };
    const ratios = sweepRatios({ ...setting, ratios: RATIOS }).points.map((p) => p.classifierNormRatio ?? NaN);
    return { name: `K_A = ${KA}, E_H = ${EH}`, values: invert ? ratios.map((value) => 1 / value) : ratios };
  });
  const errors = curves.flatMap(({ values }) => [
    Math.abs(values[0]! - 1),
    ...values.slice(1).map((value, i) => Math.max(0, 1 - value / values[i]!)),
  ]);
  return {
    error: worst(errors),
    numbers: curves.map(({ name, values }) => ({
      label: `‖w_A‖/‖w_B‖ at R = 1000, ${name}`,
      value: values.at(-1)!,
      format: 'ratio',
    })),
    chart: {
      x: { label: 'Imbalance ratio R', logarithmic: true },
      y: { label: '‖w_A‖/‖w_B‖', logarithmic: true },
      series: curves.map(({ name, values }, overlay) => ({ name, role: 'overlay', overlay, x: RATIOS, y: values })),
    },
    run: { kind: 'lpm-sweep', parameters: { ka: 5, kb: 5, weight: 1, eh: 5, ew: 1, ratios: '1:1000:61' } },
    remark: 'Tested at 61 ratios in 3 settings; no proof of monotonicity is known to us.',
  };
}

export const normRatio: Claim = {
  id: 'lpm-norm-ratio',
  paper: 'layer-peeled',
  source: `${SOURCE}, norms of the classifiers under imbalance`,
  title: 'Majority classifiers outgrow minority ones',
  statement:
    'Equal at R = 1, the norm of the majority’s classifiers over the minority’s never falls as the imbalance ratio grows.',
  formula:
    "\\frac{\\|w_A\\|}{\\|w_B\\|}\\Big|_{R=1}=1,\\qquad R\\le R'\\ \\Rightarrow\\ \\frac{\\|w_A\\|}{\\|w_B\\|}\\Big|_R\\le\\frac{\\|w_A\\|}{\\|w_B\\|}\\Big|_{R'}",
  tolerance: 1e-9,
  errorMeaning: 'largest relative decrease between neighbouring ratios, and deviation from 1 at R = 1',
  test: () => measureNormRatio(),
};
