/** Mean cosines of a predicted geometry within and between majority and minority, over the pairs that are measured too. */
import { framePart } from '../../../collapse/frame-distance.ts';
import { centred, cosinesOf, gramOf, type ClassFrame, type FramePair } from '../../../models/frames/class-frame.ts';

export interface GroupCosines {
  readonly majority: number | null;
  readonly minority: number | null;
  readonly cross: number | null;
}

/**
 * Of classifiers, and of class means less their mean over the classes present.
 * @param members labels of each group of the pair
 * @param majority labels; empty: there are no two groups, and all cosines are null
 * @param present labels with samples
 */
export function groupCosines(
  { classifier, feature }: FramePair,
  members: readonly (readonly number[])[],
  majority: readonly number[],
  present: readonly number[],
): { readonly w: GroupCosines; readonly h: GroupCosines } {
  const kept = members.map(([first]) => present.includes(first!));
  return {
    w: meanCosines(classifier, members, majority),
    h: meanCosines(
      centred(framePart(feature, kept)),
      members.filter((_, g) => kept[g]),
      majority,
    ),
  };
}

/** null where a class of a pair has vanished, or there is no pair. */
function meanCosines(
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
