/** Claim: as the imbalance grows without bound the minority's classifiers point the same way, whatever the budgets. */
import { sweepRatios } from '../../lpm/sweep.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, worst } from './step-setting.ts';

const SETTINGS = [
  { KA: 3, KB: 7, EH: 5 },
  { KA: 5, KB: 5, EH: 5 },
  { KA: 5, KB: 5, EH: 10 },
  { KA: 7, KB: 3, EH: 20 },
];
const RATIOS = Array.from({ length: 49 }, (_, i) => 10 ** (i / 4));

/**
 * Cosines along R = 1 … 10¹²: never falling, and 1 at the end.
 * @param ratios another range, to see the check fail where the limit is not reached
 */
export function measureLimit(ratios: readonly number[] = RATIOS): Evidence {
  const curves = SETTINGS.map(({ KA, KB, EH }) => {
    const setting = { majorityClasses: KA, minorityClasses: KB, featureBudget: EH, classifierBudget: 1 };
    const { points } = sweepRatios({ ...setting, ratios });
    return {
      name: `K_A = ${KA}, E_H = ${EH}`,
      // A vanished minority has no cosine: its classifiers are all zero, hence equal.
      cosines: points.map((point) => (point.vanished ? null : point.classifierCosineMinority)),
    };
  });
  const errors = curves.flatMap(({ cosines }) => {
    const known = cosines.filter((value) => value !== null);
    const falls = known.slice(1).map((value, i) => Math.max(0, known[i]! - value));
    return [1 - known.at(-1)!, ...falls];
  });
  return {
    error: worst(errors),
    numbers: curves.map(({ name, cosines }) => ({
      label: `cos(w_B, w_B′) at R = ${ratios.at(-1)!.toExponential(0)}, ${name}`,
      value: cosines.at(-1) ?? null,
      expected: 1,
      format: 'cosine',
    })),
    chart: {
      x: { label: 'Imbalance ratio R', logarithmic: true },
      y: { label: 'cos(w_B, w_B′)', min: -0.2, max: 1 },
      series: curves.map(({ name, cosines }, overlay) => ({ name, role: 'overlay', overlay, x: ratios, y: cosines })),
    },
    run: { kind: 'lpm-sweep', parameters: { ka: 5, kb: 5, weight: 1, eh: 10, ew: 1, ratios: '1:1e12:49' } },
    remark: 'The limit is reached at a finite ratio, R0 (see there).',
  };
}

export const collapseLimit: Claim = {
  id: 'lpm-collapse-limit',
  paper: 'layer-peeled',
  source: `${SOURCE}, the limit theorem of Minority Collapse`,
  title: 'Minority Collapse in the limit',
  statement:
    'For fixed numbers of classes and budgets, the cosine between any two minority classifiers tends to 1 as the imbalance ratio tends to infinity.',
  formula: "\\lim_{R\\to\\infty}\\cos(w_B,w_{B'})=1",
  tolerance: 1e-9,
  errorMeaning: 'larger of: 1 − cosine at R = 10¹²; largest decrease of the cosine along the way, over 4 settings',
  test: () => measureLimit(),
};
