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

/** Of one or two groups; both roles in one group where they are predicted alike. */
function groupCosines(
  frame: ClassFrame,
  members: readonly (readonly number[])[],
  majority: readonly number[],
): GroupCosines {
  if (majority.length === 0 || members.length > 2) return { majority: null, minority: null, cross: null };
  const isMajority = (label: number): boolean => majority.includes(label);
  const A = members.findIndex((labels) => labels.some(isMajority));
  const B = members.findIndex((labels) => labels.some((label) => !isMajority(label)));
  const table = cosinesOf(gramOf(frame));
  const at = (g: number, h: number): number | null => (g >= 0 && h >= 0 ? table[g]![h]! : null);
  return { majority: at(A, A), minority: at(B, B), cross: at(A, B) };
}
