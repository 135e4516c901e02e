/**
 * Distances of measured Gram matrices to the geometries that theory predicts for the measured counts: OF, GOF, SELI and the
 * Layer-Peeled Model's optimum (models/frames). Over the classes that have samples. OF and GOF belong to bias-free squared
 * loss and are compared with class means as they are; SELI and LPM, like the ETF, with class means less their mean.
 */
import { solve } from '../lpm/solve.ts';
import { centred, fullGram, gramOf, type ClassFrame, type FramePair } from '../models/frames/class-frame.ts';
import { generalOrthogonalFrame, layerPeeledFrame, orthogonalFrame, seliFrame } from '../models/frames/references.ts';
import { groupEqualCounts, type CountGroup } from '../parameters/counts.ts';
import type { MetricKey } from './keys.ts';
import type { MeasureOptions } from './types.ts';
import { none, type Answer } from './vectors.ts';

/** More distinct counts make the exact solve of the LPM take longer than the measurement. */
const MOST_GROUPS = 64;

export interface MeasuredGrams {
  /** n_k of the classes present; their order is that of the matrices. */
  readonly counts: readonly number[];
  /** P×P: classifiers (null: none given), class means as they are, class means less their mean. */
  readonly classifier: Float64Array | null;
  readonly mean: Float64Array;
  readonly centredMean: Float64Array;
  /** Mean squared norms, E_W (null without classifier) and E_H. */
  readonly classifierBudget: number | null;
  readonly featureBudget: number;
}

type Answers = Partial<Record<MetricKey, Answer>>;

export function referenceDistances(measured: MeasuredGrams, options: MeasureOptions): Answers {
  const groups = groupEqualCounts(measured.counts);
  if (measured.counts.length < 2) {
    const lone = none('only one class has samples');
    return Object.fromEntries(
      ['of', 'gof', 'seli', 'lpm'].flatMap((id) => [
        [`nc2_${id}_w`, lone],
        [`nc2_${id}_h`, lone],
      ]),
    );
  }
  return {
    ...distances('of', orthogonalFrame(groups), false, groups, measured),
    ...distances('gof', general(groups, options), false, groups, measured),
    ...distances('seli', seliFrame(groups), true, groups, measured),
    ...distances('lpm', peeled(groups, measured), true, groups, measured),
  };
}

/** Lengths of the squared loss at depth 1 (Dang et al. 2023): ‖w_k‖² = s_k², ‖h_k‖ = ‖w_k‖/(s_k² + Nλ_H). */
function general(groups: readonly CountGroup[], { decays }: MeasureOptions): FramePair | string {
  if (decays === null) return 'needs the decays λ_W and λ_H of the training';
  const N = groups.reduce((sum, { samples, classes }) => sum + samples * classes, 0);
  const squares = groups.map(({ samples }) =>
    Math.max(0, Math.sqrt((samples * decays.feature) / decays.classifier) - N * decays.feature),
  );
  if (squares.every((square) => square === 0)) return 'under these decays every class vanishes';
  const lengths = squares.map(Math.sqrt);
  return generalOrthogonalFrame(
    groups,
    lengths,
    lengths.map((length, g) => length / (squares[g]! + N * decays.feature)),
  );
}

function peeled(groups: readonly CountGroup[], { classifierBudget, featureBudget }: MeasuredGrams): FramePair | string {
  if (classifierBudget === null) return 'no classifier was given (weights)';
  if (!(classifierBudget > 0 && featureBudget > 0)) return 'a measured budget is zero';
  if (groups.length > MOST_GROUPS)
    return `there are ${groups.length} distinct counts, more than the ${MOST_GROUPS} that are solved here`;
  const { logits, status } = solve({
    groups: groups.map((group) => ({ ...group, weight: 1 })),
    featureBudget,
    classifierBudget,
    dimension: null,
  });
  return status === 'solved' ? layerPeeledFrame(logits) : `the Layer-Peeled Model was not solved: ${status}`;
}

function distances(
  id: 'of' | 'gof' | 'seli' | 'lpm',
  reference: FramePair | string,
  centring: boolean,
  groups: readonly CountGroup[],
  measured: MeasuredGrams,
): Answers {
  const order = classOrder(measured.counts, groups);
  const against = (gram: Float64Array | null, frame: (pair: FramePair) => ClassFrame, name: string): Answer => {
    if (gram === null) return none('no classifier was given (weights)');
    if (typeof reference === 'string') return none(reference);
    return gramDistance(gram, permuted(fullGram(gramOf(frame(reference))), order), name);
  };
  return {
    [`nc2_${id}_w`]: against(measured.classifier, ({ classifier }) => classifier, 'classifiers'),
    [`nc2_${id}_h`]: against(
      centring ? measured.centredMean : measured.mean,
      ({ feature }) => (centring ? centred(feature) : feature),
      'class means',
    ),
  };
}

/** Place of each class in the order of groups. */
function classOrder(counts: readonly number[], groups: readonly CountGroup[]): Int32Array {
  const starts = new Map<number, number>();
  let at = 0;
  for (const { samples, classes } of groups) {
    starts.set(samples, at);
    at += classes;
  }
  return Int32Array.from(counts, (count) => {
    const place = starts.get(count)!;
    starts.set(count, place + 1);
    return place;
  });
}

function permuted(gram: Float64Array, order: Int32Array): Float64Array {
  const K = order.length;
  return Float64Array.from({ length: K * K }, (_, at) => gram[order[Math.floor(at / K)]! * K + order[at % K]!]!);
}

/** ‖A/‖A‖_F − B/‖B‖_F‖_F. */
function gramDistance(a: Float64Array, b: Float64Array, name: string): Answer {
  const size = (gram: Float64Array): number => Math.sqrt(gram.reduce((sum, value) => sum + value * value, 0));
  const [sizeA, sizeB] = [size(a), size(b)];
  if (!(sizeA > 0)) return none(`all ${name} are zero`);
  if (!(sizeB > 0)) return none(`the predicted ${name} are all zero`);
  return { value: Math.sqrt(a.reduce((sum, value, i) => sum + (value / sizeA - b[i]! / sizeB) ** 2, 0)) };
}
