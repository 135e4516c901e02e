/**
 * The Layer-Peeled Model with a budget for every class, by groups of equal share: which unknown stands where, its odds, its
 * constraints. No step is taken here; solve.ts minimises, certificate.ts bounds.
 *
 *     min Σ_k c_k CE(Z[:,k], k)  s.t.  X = [[W Wᵀ, Z], [Zᵀ, HᵀH]] ⪰ 0,  X_kk ≤ r for all 2K of them,  r = √(E_H E_W)
 *
 * (both budgets scaled to r: only their product matters). Averaging over permutations inside the groups keeps X feasible and
 * the loss no worse, so X is a 2×2 matrix per group on its contrasts and a 2G×2G matrix between the groups.
 */
import { triangleBlock, type Block, type Slack } from '../../numerics/semidefinite-barrier.ts';
import type { ReducedProblem } from '../general/reduced-problem.ts';
import type { OddsGroup, OddsTerm } from '../odds-objective.ts';

export interface PerClassProgram {
  readonly reduced: ReducedProblem;
  /** r. */
  readonly budget: number;
  /** First of the three unknowns (W, Z, H) of each group's contrasts; −1: held at zero. */
  readonly contrast: readonly number[];
  /** The block between groups: W of the groups first, then H. */
  readonly between: Block;
  readonly blocks: readonly Block[];
  /** Classifiers by group, then features by group. */
  readonly slacks: readonly Slack[];
  readonly groups: readonly OddsGroup[];
  readonly start: Float64Array;
}

/** @param free by group: its classes may differ from each other */
export function perClassProgram(reduced: ReducedProblem, free: readonly boolean[]): PerClassProgram {
  const { count: G, sizes, shares } = reduced;
  const K = sizes.reduce((sum, size) => sum + size, 0);
  const budget = reduced.radius / K;
  let next = 0;
  const contrast = free.map((isFree) => (isFree ? (next += 3) - 3 : -1));
  const between = triangleBlock(2 * G, next);
  const blocks: Block[] = contrast.filter((at) => at >= 0).map((at) => triangleBlock(2, at));
  blocks.push(between);
  const side = (g: number, offset: number): Slack => {
    const entries: [number, number][] = [[between.index[(g + offset) * (2 * G + 1)]!, 1 / sizes[g]!]];
    // Of the triangle (W, Z, H) the first and the last stand on the diagonal.
    if (contrast[g]! >= 0) entries.push([contrast[g]! + (offset > 0 ? 2 : 0), 1 - 1 / sizes[g]!]);
    return { bound: budget, entries };
  };
  const indices = Array.from({ length: G }, (_, g) => g);
  const start = new Float64Array(next + G * (2 * G + 1));
  // X = r/2 · I, strictly inside.
  for (let i = 0; i < 2 * G; i++) start[between.index[i * (2 * G + 1)]!] = budget / 2;
  for (const at of contrast) if (at >= 0) start[at] = start[at + 2] = budget / 2;
  return {
    reduced,
    budget,
    contrast,
    between,
    blocks,
    slacks: [...indices.map((g) => side(g, 0)), ...indices.map((g) => side(g, G))],
    groups: indices.map((g) => ({ mass: sizes[g]! * shares[g]!, terms: columnTerms(reduced, g, contrast, between) })),
    start,
  };
}

/** Odds of the siblings (at place g) and of every other group against the own class, for a column of group g. */
function columnTerms(
  { count: G, sizes }: ReducedProblem,
  g: number,
  contrast: readonly number[],
  between: Block,
): OddsTerm[] {
  /** M[h, g]: row h of W's side, column g of H's. */
  const at = (h: number): number => between.index[h * 2 * G + G + g]!;
  const z = contrast[g]! >= 0 ? contrast[g]! + 1 : -1;
  const own: [number, number][] = [[at(g), -1 / sizes[g]!]];
  if (z >= 0) own.push([z, -(1 - 1 / sizes[g]!)]);
  return Array.from(sizes, (size, h): OddsTerm => {
    if (h === g) return { multiplicity: size - 1, entries: z >= 0 ? [[z, -1]] : [] };
    return { multiplicity: size, entries: [[at(h), 1 / Math.sqrt(size * sizes[g]!)], ...own] };
  });
}

/** X by its blocks. */
export interface PerClassPoint {
  /** By group: squared contrast of classifiers, of features, and s_g of the logits. */
  readonly classifierContrasts: Float64Array;
  readonly featureContrasts: Float64Array;
  readonly contrasts: Float64Array;
  /** 2G×2G. */
  readonly between: Float64Array;
}

export function readPoint(
  { reduced: { count: G }, contrast, between }: PerClassProgram,
  y: Float64Array,
): PerClassPoint {
  const pick = (offset: number): Float64Array => Float64Array.from(contrast, (at) => (at >= 0 ? y[at + offset]! : 0));
  return {
    classifierContrasts: pick(0),
    contrasts: pick(1),
    featureContrasts: pick(2),
    between: Float64Array.from({ length: 4 * G * G }, (_, e) => y[between.index[e]!]!),
  };
}
