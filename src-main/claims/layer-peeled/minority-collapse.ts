/** Claim: beyond a finite ratio the minority's classifiers coincide exactly. */
import { minimiseInBall, type BallPoint } from '../reference/nuclear-ball.ts';
import type { Claim, Evidence } from '../claim.ts';
import {
  SOURCE,
  solveParameters,
  stepRadius,
  stepShares,
  stepSolution,
  worst,
  type StepSetting,
} from './step-setting.ts';

/** All beyond R0. */
const SETTINGS: readonly StepSetting[] = [
  { KA: 5, KB: 5, R: 100, EH: 5 },
  { KA: 7, KB: 3, R: 5, EH: 5 },
  { KA: 2, KB: 2, R: 4, EH: 1 },
];

/**
 * A slow program over the full K×K logits that knows no groups: its rank must be K_A, and its rows for the minority, which
 * are what the minority's classifiers say, must be one row.
 */
export function measureCollapse(settings: readonly StepSetting[] = SETTINGS): Evidence {
  const found = settings.map((setting) => {
    const K = setting.KA + setting.KB;
    const slow = minimiseInBall(stepShares(setting), stepRadius(setting), { steps: 4000, tolerance: 1e-11 });
    return { setting, slow, distance: rowDistance(slow, K, setting.KA), exact: stepSolution(setting).groups[1]! };
  });
  return {
    error: worst(
      found.flatMap(({ setting, slow, distance, exact }) => [
        Math.abs(slow.rank - setting.KA),
        distance,
        Math.abs((exact.classifierCosine ?? NaN) - 1),
      ]),
    ),
    numbers: found.flatMap(({ setting, slow, distance, exact }) => {
      const at = `K_A = ${setting.KA}, K_B = ${setting.KB}, R = ${setting.R}`;
      return [
        { label: `Rank of the logits, ${at}`, value: slow.rank, expected: setting.KA, format: 'count' as const },
        { label: 'Largest difference between minority rows', value: distance, expected: 0, format: 'gap' as const },
        { label: 'cos(w_B, w_B′)', value: exact.classifierCosine, expected: 1, format: 'cosine' as const },
      ];
    }),
    run: { kind: 'lpm-solve', parameters: solveParameters(SETTINGS[0]!) },
    remark: 'The slow program projects singular values onto a simplex, so its rank is read off without a tolerance.',
  };
}

/** Largest difference between two rows of Z from row `first` on. */
export function rowDistance({ logits }: BallPoint, K: number, first: number): number {
  let distance = 0;
  for (let j = first + 1; j < K; j++)
    for (let k = 0; k < K; k++) distance = Math.max(distance, Math.abs(logits[j * K + k]! - logits[first * K + k]!));
  return distance;
}

export const minorityCollapse: Claim = {
  id: 'lpm-minority-collapse',
  paper: 'layer-peeled',
  source: `${SOURCE}, Minority Collapse`,
  title: 'Minority Collapse at finite imbalance',
  statement:
    'At a finite imbalance ratio all minority classifiers become one and the same vector: their pairwise cosine is exactly 1, not nearly.',
  formula: "\\beta=0\\iff w_B=w_{B'}\\ \\text{for all minority classes},\\qquad \\operatorname{rank}Z=K_A",
  tolerance: 1e-9,
  errorMeaning: 'largest of: rank − K_A, difference between minority rows of Z, 1 − cos(w_B, w_B′)',
  test: () => measureCollapse(),
};
