/**
 * Classes of equal loss share c are interchangeable whatever group the user listed them in: merges such groups before
 * a solve and splits the solution again after it. So 1,000 classes with 40 distinct counts cost a 40×40 problem.
 */
import { lossShares } from './shares.ts';
import type { LpmProblem, SymmetricLogits } from './types.ts';

export interface MergedGroups {
  /** K_g of the merged groups. */
  readonly sizes: readonly number[];
  /** c_g per class, one per merged group. */
  readonly shares: readonly number[];
  /** For each merged group the indices of the user's groups in it. */
  readonly members: readonly (readonly number[])[];
}

export function mergeEqualShares(problem: LpmProblem): MergedGroups {
  const shares = lossShares(problem.groups);
  const position = new Map<number, number>();
  const sizes: number[] = [];
  const distinct: number[] = [];
  const members: number[][] = [];
  problem.groups.forEach((group, i) => {
    const share = shares[i]!;
    const g = position.get(share) ?? sizes.length;
    if (g === sizes.length) {
      position.set(share, g);
      sizes.push(0);
      distinct.push(share);
      members.push([]);
    }
    sizes[g] = sizes[g]! + group.classes;
    members[g]!.push(i);
  });
  return { sizes, shares: distinct, members };
}

/**
 * The merged solution written in the user's groups. The contrasts of a merged group split into those inside its
 * members and those between members; the latter become singular vectors (of value s_g) of the user's M.
 */
export function splitLogits(problem: LpmProblem, merged: MergedGroups, logits: SymmetricLogits): SymmetricLogits {
  const G = problem.groups.length;
  if (merged.sizes.length === G) return logits;
  const columns: { value: number; left: Float64Array; right: Float64Array }[] = [];
  const r = logits.rank;
  const q = new Float64Array(G);
  merged.members.forEach((list, g) => {
    for (const i of list) q[i] = Math.sqrt(problem.groups[i]!.classes / merged.sizes[g]!);
  });
  for (let c = 0; c < r; c++) {
    const left = new Float64Array(G);
    const right = new Float64Array(G);
    merged.members.forEach((list, g) => {
      for (const i of list) {
        left[i] = q[i]! * logits.left[g * r + c]!;
        right[i] = q[i]! * logits.right[g * r + c]!;
      }
    });
    columns.push({ value: logits.singularValues[c]!, left, right });
  }
  merged.members.forEach((list, g) => {
    const value = logits.contrasts[g]!;
    if (value > 0) for (const vector of complement(list, q)) columns.push({ value, left: vector, right: vector });
  });
  columns.sort((a, b) => b.value - a.value);
  const contrasts = new Float64Array(G);
  merged.members.forEach((list, g) => {
    for (const i of list) if (problem.groups[i]!.classes > 1) contrasts[i] = logits.contrasts[g]!;
  });
  const pack = (side: 'left' | 'right'): Float64Array => {
    const out = new Float64Array(G * columns.length);
    columns.forEach((column, c) => column[side].forEach((value, i) => (out[i * columns.length + c] = value)));
    return out;
  };
  return {
    sizes: problem.groups.map((group) => group.classes),
    contrasts,
    rank: columns.length,
    left: pack('left'),
    singularValues: Float64Array.from(columns, (column) => column.value),
    right: pack('right'),
  };
}

/** Orthonormal vectors on the indices `list`, orthogonal to q there: columns 1.. of the reflection that maps e_0 to q. */
function complement(list: readonly number[], q: Float64Array): Float64Array[] {
  const v = list.map((i, n) => q[i]! - (n === 0 ? 1 : 0));
  const squared = v.reduce((sum, value) => sum + value * value, 0);
  return list.slice(1).map((_, n) => {
    const column = new Float64Array(q.length);
    list.forEach((i, m) => (column[i] = (m === n + 1 ? 1 : 0) - (2 * v[m]! * v[n + 1]!) / squared));
    return column;
  });
}
