/**
 * A predicted geometry against the measured one: nc2 distances of the normalised Gram matrices, and the group cosines that the
 * prediction has. Class means are centred on both sides, as the collapse metrics have them.
 */
import {
  centred,
  cosinesOf,
  fullGram,
  gramOf,
  type ClassFrame,
  type FramePair,
} from '../../../models/frames/class-frame.ts';
import type { MeasuredGeometry } from './geometry.ts';

export interface GroupCosines {
  readonly majority: number | null;
  readonly minority: number | null;
  readonly cross: number | null;
}

export interface Compared {
  /** nc2 between W Wᵀ and the prediction's; null where one of them is zero. */
  readonly classifierDistance: number | null;
  /** The same of the centred class means, over the classes that have samples. */
  readonly featureDistance: number | null;
  readonly classifierCosines: GroupCosines;
  readonly featureCosines: GroupCosines;
}

/**
 * @param members labels of each group of the pair
 * @param majority labels; the cosines are null unless the groups are the majority and the minority
 */
export function compare(
  pair: FramePair,
  members: readonly (readonly number[])[],
  majority: readonly number[],
  measured: MeasuredGeometry,
): Compared {
  const there = members.map((labels) => measured.present.includes(labels[0]!));
  const feature = centred(restricted(pair.feature, there));
  const order = members.flat();
  const present = members.filter((_, g) => there[g]).flat();
  return {
    classifierDistance: distance(measured.classifier, inOrder(fullGram(gramOf(pair.classifier)), order)),
    featureDistance: distance(measured.centredMeans, inOrder(fullGram(gramOf(feature)), present)),
    classifierCosines: groupCosines(pair.classifier, members, majority),
    featureCosines: groupCosines(
      feature,
      members.filter((_, g) => there[g]),
      majority,
    ),
  };
}

/** The frame of some of its groups. */
function restricted(frame: ClassFrame, kept: readonly boolean[]): ClassFrame {
  const { rank } = frame;
  return {
    sizes: frame.sizes.filter((_, g) => kept[g]),
    contrasts: frame.contrasts.filter((_, g) => kept[g]),
    rank,
    between: frame.between.filter((_, at) => kept[Math.floor(at / rank)]),
  };
}

/** Rows and columns that stand in the order of `labels` brought into ascending order of the labels. */
function inOrder(matrix: Float64Array, labels: readonly number[]): Float64Array {
  const n = labels.length;
  const place = [...labels.keys()].sort((a, b) => labels[a]! - labels[b]!);
  return Float64Array.from({ length: n * n }, (_, at) => matrix[place[Math.floor(at / n)]! * n + place[at % n]!]!);
}

/** ‖A/‖A‖ − B/‖B‖‖_F; null where one is zero. */
function distance(a: Float64Array, b: Float64Array): number | null {
  const size = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const [sizeA, sizeB] = [size(a), size(b)];
  if (!(sizeA > 0 && sizeB > 0)) return null;
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value / sizeA - b[i]! / sizeB) ** 2, 0));
}

/** Means over pairs of classes, as measured; null where a class of a pair has vanished, or there is no pair. */
function groupCosines(
  frame: ClassFrame,
  members: readonly (readonly number[])[],
  majority: readonly number[],
): GroupCosines {
  if (majority.length === 0) return { majority: null, minority: null, cross: null };
  const A = members.map((labels) => labels.filter((label) => majority.includes(label)).length);
  const B = members.map((labels, g) => labels.length - A[g]!);
  const table = cosinesOf(gramOf(frame));
  /** Over pairs of a class of the first and another one of the second, ordered. */
  const mean = (first: readonly number[], second: readonly number[], same: boolean): number | null => {
    let [sum, pairs] = [0, 0];
    for (const [g, a] of first.entries())
      for (const [h, b] of second.entries()) {
        const count = a * (same && g === h ? b - 1 : b);
        if (count <= 0) continue;
        const cosine = table[g]![h]!;
        if (cosine === null) return null;
        [sum, pairs] = [sum + count * cosine, pairs + count];
      }
    return pairs === 0 ? null : sum / pairs;
  };
  return { majority: mean(A, A, true), minority: mean(B, B, true), cross: mean(A, B, false) };
}
