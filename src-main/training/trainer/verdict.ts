/**
 * Whether a network has collapsed, and as predicted: a few measured numbers against thresholds that are stated with them. The
 * thresholds are conventions, not tests of significance; whoever disagrees finds the numbers in the same document.
 *
 * Minority Collapse is a prediction that classes cannot be told apart. So the training error is asked of the classes alone
 * that the prediction keeps apart, and where class means are predicted to coincide, which leaves Σ_B of lower rank than its
 * pseudo-inverse could be trusted with, variability is compared as traces.
 */
import { shareOf } from './evaluate.ts';
import type { EpochMeasurement } from './measure-epoch.ts';
import type { Theory } from './theory/beside.ts';
import type { FreePrediction } from './theory/predict.ts';

export type Outcome = 'as predicted' | 'otherwise than predicted' | 'not collapsed' | 'no prediction';

export interface Check {
  readonly key: string;
  readonly label: string;
  /** null: not measurable here; it counts neither for nor against. */
  readonly value: number | null;
  readonly threshold: number;
  readonly met: boolean | null;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly text: string;
  /** The model whose prediction was compared; null where none speaks of the training. */
  readonly model: Prediction['model'] | null;
  /** Labels that the model predicts to be told apart from all others; null without a prediction. */
  readonly apart: readonly number[] | null;
  readonly checks: readonly Check[];
}

/** Within-class over between-class variability. */
const NC1 = 0.05;
/** Share of training samples that are misclassified: the terminal phase has none. */
const ERROR = 0.001;
/** Distance of normalised Gram matrices; two random frames of ten classes are 0.32 from the ETF. */
const FRAME = 0.1;
/** Largest difference of a mean group cosine. */
const COSINE = 0.1;
/** A predicted margin below this, of logits of order 1 to 100, is rounding of 0. */
const MARGIN = 1e-6;

interface Prediction {
  /** The keys of its distances, _w and _h, and of its residuals. */
  readonly frame: 'ridge_frame' | 'nc2_lpm';
  readonly residual: 'ridge_residual' | 'lpm_residual';
  readonly model: FreePrediction['model'] | 'Layer-Peeled Model';
  readonly apart: readonly number[];
  /** Some classes are predicted to coincide or to vanish. */
  readonly merged: boolean;
}

function predictionOf({ beside: { lpm } }: EpochMeasurement, { ridge }: Theory): Prediction | null {
  const of = (
    solved: FreePrediction['solved'],
    members: readonly (readonly number[])[],
  ): Pick<Prediction, 'apart' | 'merged'> => ({
    apart: members.flatMap((labels, g) => (solved[g]!.margin > MARGIN ? labels : [])).sort((a, b) => a - b),
    merged: solved.some(({ collapsed, vanished }) => collapsed || vanished),
  });
  if (ridge !== null)
    return {
      frame: 'ridge_frame',
      residual: 'ridge_residual',
      model: ridge.model,
      ...of(ridge.solved, ridge.classes.members),
    };
  if (lpm !== null)
    return {
      frame: 'nc2_lpm',
      residual: 'lpm_residual',
      model: 'Layer-Peeled Model',
      ...of(lpm.solution.groups, lpm.classes.members),
    };
  return null;
}

export function judge(measurement: EpochMeasurement, theory: Theory): Verdict {
  const { collapse, beside, evaluation } = measurement;
  const values: Readonly<Record<string, number | null>> = { ...collapse.metrics, ...beside.values };
  const check = (key: string, label: string, value: number | null | undefined, threshold: number): Check => {
    const known = value ?? null;
    return { key, label, value: known, threshold, met: known === null ? null : known <= threshold };
  };
  const prediction = predictionOf(measurement, theory);
  const apart = prediction?.apart ?? null;
  const all = apart === null || apart.length === evaluation.samples.length;
  const right = shareOf(evaluation.correct, evaluation.samples, all ? null : apart);
  const collapsed = [
    check(
      'train_error',
      all ? 'training error' : 'training error of the classes predicted apart',
      right === null ? null : 1 - right,
      ERROR,
    ),
    prediction?.merged === true
      ? check('nc1_quot', 'NC1 (traces)', collapse.metrics.nc1_quot, NC1)
      : check('nc1_pinv', 'NC1', collapse.metrics.nc1_pinv, NC1),
  ];
  const predicted =
    prediction === null
      ? []
      : (
          [
            [`${prediction.frame}_w`, 'classifiers to the predicted frame', FRAME],
            [`${prediction.frame}_h`, 'class means to the predicted frame', FRAME],
            [`${prediction.residual}_w`, 'cosines of classifiers', COSINE],
          ] as const
        ).map(([key, label, threshold]) => check(key, label, values[key], threshold));
  const checks = [...collapsed, ...predicted];
  const failing = (list: readonly Check[]): readonly Check[] => list.filter(({ met }) => met === false);
  const written = (list: readonly Check[]): string =>
    list.map(({ label, value, threshold }) => `${label} ${value!.toPrecision(3)} (threshold ${threshold})`).join(', ');
  const model = prediction?.model ?? null;
  const verdict = (outcome: Outcome, text: string): Verdict => ({ outcome, text, model, apart, checks });
  if (failing(collapsed).length > 0) return verdict('not collapsed', `not collapsed: ${written(failing(collapsed))}`);
  if (prediction === null)
    return verdict('no prediction', `collapsed; no prediction: ${theory.reasons.lpm ?? collapse.reasons.nc2_lpm_w}`);
  if (failing(predicted).length > 0)
    return verdict(
      'otherwise than predicted',
      `collapsed otherwise than the ${model} predicts: ${written(failing(predicted))}`,
    );
  const what = prediction.merged ? 'collapsed, the minority with it,' : 'collapsed';
  return verdict(
    'as predicted',
    `${what} as the ${model} predicts: ${written(checks.filter(({ met }) => met === true))}`,
  );
}
