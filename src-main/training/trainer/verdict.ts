/**
 * Whether a network has collapsed, and as predicted: a few measured numbers against thresholds that are stated with them. The
 * thresholds are conventions, not tests of significance; whoever disagrees finds the numbers in the same document.
 */
import type { EpochMeasurement } from './measure-epoch.ts';
import type { Theory } from './theory/beside.ts';

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
  readonly model: 'Layer-Peeled Model' | 'ridge model' | null;
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

/** @param error share of training samples that are misclassified in evaluation mode */
export function judge({ collapse, beside }: EpochMeasurement, error: number, { ridge, reasons }: Theory): Verdict {
  const check = (key: string, label: string, value: number | null | undefined, threshold: number): Check => {
    const known = value ?? null;
    return { key, label, value: known, threshold, met: known === null ? null : known <= threshold };
  };
  const collapsed = [
    check('train_error', 'training error', error, ERROR),
    check('nc1_pinv', 'NC1', collapse.metrics.nc1_pinv, NC1),
  ];
  const name = ridge !== null ? 'ridge' : beside.lpm !== null ? 'lpm' : null;
  const predicted =
    name === null
      ? []
      : [
          check(`${name}_frame_w`, 'classifiers to the predicted frame', beside.values[`${name}_frame_w`], FRAME),
          check(`${name}_frame_h`, 'class means to the predicted frame', beside.values[`${name}_frame_h`], FRAME),
          check(`${name}_residual_w`, 'cosines of classifiers', beside.values[`${name}_residual_w`], COSINE),
        ];
  const checks = [...collapsed, ...predicted];
  const failing = (list: readonly Check[]): readonly Check[] => list.filter(({ met }) => met === false);
  const written = (list: readonly Check[]): string =>
    list.map(({ label, value, threshold }) => `${label} ${value!.toPrecision(3)} (threshold ${threshold})`).join(', ');
  const model = name === null ? null : name === 'ridge' ? 'ridge model' : 'Layer-Peeled Model';
  const verdict = (outcome: Outcome, text: string): Verdict => ({ outcome, text, model, checks });
  if (failing(collapsed).length > 0) return verdict('not collapsed', `not collapsed: ${written(failing(collapsed))}`);
  if (model === null)
    return verdict('no prediction', `collapsed; no prediction: ${reasons.lpm ?? 'the budgets are zero'}`);
  if (failing(predicted).length > 0)
    return verdict(
      'otherwise than predicted',
      `collapsed otherwise than the ${model} predicts: ${written(failing(predicted))}`,
    );
  return verdict(
    'as predicted',
    `collapsed as the ${model} predicts: ${written(checks.filter(({ met }) => met === true))}`,
  );
}
