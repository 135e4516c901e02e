/**
 * Distances of measured Gram matrices to the geometries that theory predicts for the measured counts: OF, GOF, SELI and the
 * Layer-Peeled Model's optimum (models/frames). OF and GOF belong to bias-free squared loss and are compared with class means
 * as they are; SELI and LPM, like the ETF, with class means less their mean. OF, GOF and SELI are frames of the classes that
 * have samples; the Layer-Peeled Model says where the classifier of an empty class goes, too.
 */
import type { FramePair } from '../models/frames/class-frame.ts';
import { generalOrthogonalFrame, orthogonalFrame, seliFrame } from '../models/frames/references.ts';
import { classGroups, type ClassGroups } from './class-groups.ts';
import { frameDistance } from './frame-distance.ts';
import type { MetricKey } from './keys.ts';
import type { MeasuredGrams } from './measured-grams.ts';
import type { PeeledOptimum } from './peeled-optimum.ts';
import type { MeasureOptions } from './types.ts';
import { none, type Answer } from './vectors.ts';

type Answers = Partial<Record<MetricKey, Answer>>;

const NO_CLASSIFIER = none('no classifier was given (weights)');

/** @param peeled the optimum, or why there is none */
export function referenceDistances(
  measured: MeasuredGrams,
  peeled: PeeledOptimum | string,
  { decays }: MeasureOptions,
): Answers {
  const { labels } = measured.mean;
  if (labels.length < 2) {
    const lone = none('only one class has samples');
    return Object.fromEntries(
      ['of', 'gof', 'seli', 'lpm'].flatMap((id) => [
        [`nc2_${id}_w`, lone],
        [`nc2_${id}_h`, lone],
      ]),
    );
  }
  const { groups, members } = classGroups(
    labels.map((k) => measured.counts[k]!),
    null,
  );
  const present = { groups, members: members.map((places) => places.map((place) => labels[place]!)) };
  return {
    ...distances('of', orthogonalFrame(groups), present, false, measured),
    ...distances('gof', general(present, decays), present, false, measured),
    ...distances('seli', seliFrame(groups), present, true, measured),
    ...(typeof peeled === 'string'
      ? distances('lpm', peeled, present, true, measured)
      : distances('lpm', peeled.frames, peeled.classes, true, measured)),
  };
}

/** Lengths of the squared loss at depth 1 (Dang et al. 2023): ‖w_k‖² = s_k², ‖h_k‖ = ‖w_k‖/(s_k² + Nλ_H). */
function general({ groups }: ClassGroups, decays: MeasureOptions['decays']): FramePair | string {
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

/** @param reference the frames of the groups, or why there are none */
function distances(
  id: 'of' | 'gof' | 'seli' | 'lpm',
  reference: FramePair | string,
  { members }: ClassGroups,
  centring: boolean,
  { classifier, mean, centredMean }: MeasuredGrams,
): Answers {
  if (typeof reference === 'string') {
    const answer = none(reference);
    return { [`nc2_${id}_w`]: classifier === null ? NO_CLASSIFIER : answer, [`nc2_${id}_h`]: answer };
  }
  const means = centring ? centredMean : mean;
  return {
    [`nc2_${id}_w`]:
      classifier === null
        ? NO_CLASSIFIER
        : frameDistance(classifier, reference.classifier, members, false, 'classifiers'),
    [`nc2_${id}_h`]: frameDistance(means, reference.feature, members, centring, 'class means'),
  };
}
