/**
 * The contrastive program by groups: which unknown stands where, its odds, and the certificate of a point. No step is taken
 * here; contrastive.ts minimises.
 */
import { NEGLIGIBLE } from '../../numerics/path-following.ts';
import { triangleBlock, type Block, type Slack } from '../../numerics/semidefinite-barrier.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import type { OddsGroup, OddsTerm } from '../odds-objective.ts';
import { odds } from '../odds-objective.ts';

export interface ContrastiveProblem {
  /** Groups of distinct counts n_g > 0. Real numbers are allowed: only their ratios shape the optimum. */
  readonly groups: readonly { readonly samples: number; readonly classes: number }[];
  /** E_H. */
  readonly featureBudget: number;
  /** τ > 0. */
  readonly temperature: number;
}

/** Which parts of X may differ from zero. */
export interface Support {
  /** By group: its means may differ from each other. */
  readonly contrast: readonly boolean[];
  /** By group: its mean of means may differ from zero. */
  readonly mean: readonly boolean[];
}

export interface ContrastiveProgram {
  readonly unknowns: number;
  /** Unknown of each group's contrast; −1: held at zero. */
  readonly contrast: readonly number[];
  /** Unknown at (g, h) of the matrix between groups, G×G; −1: held at zero. */
  readonly between: readonly number[];
  readonly blocks: readonly Block[];
  readonly trace: Slack;
  readonly rows: readonly OddsGroup[];
  /** X = E_H/2 · I on the support. */
  readonly start: Float64Array;
}

export function contrastiveProgram(problem: ContrastiveProblem, support: Support): ContrastiveProgram {
  const { groups, featureBudget } = problem;
  const G = groups.length;
  let next = 0;
  const contrast = support.contrast.map((free) => (free ? next++ : -1));
  const active = groups.map((_, g) => g).filter((g) => support.mean[g]);
  const block = triangleBlock(active.length, next);
  const unknowns = next + (active.length * (active.length + 1)) / 2;
  const between = new Array<number>(G * G).fill(-1);
  active.forEach((g, i) => active.forEach((h, j) => (between[g * G + h] = block.index[i * active.length + j]!)));
  const diagonal = active.map((g) => between[g * G + g]!);
  const freeContrasts = contrast.flatMap((i, g) => (i >= 0 ? [[i, groups[g]!.classes - 1] as const] : []));
  const start = new Float64Array(unknowns);
  for (const i of [...diagonal, ...freeContrasts.map(([index]) => index)]) start[i] = featureBudget / 2;
  const blocks: Block[] = freeContrasts.map(([i]) => ({ size: 1, index: [i] }));
  if (active.length > 0) blocks.push(block);
  const masses = groupMasses(problem);
  return {
    unknowns,
    contrast,
    between,
    blocks,
    trace: { bound: traceBound(problem), entries: [...diagonal.map((i) => [i, 1] as const), ...freeContrasts] },
    rows: groups.map((_, g) => ({ mass: masses[g]!, terms: rowTerms(problem, g, contrast, between) })),
    start,
  };
}

/** K E_H. */
export function traceBound({ groups, featureBudget }: ContrastiveProblem): number {
  return featureBudget * groups.reduce((sum, { classes }) => sum + classes, 0);
}

/** K_g n_g/N. */
function groupMasses({ groups }: ContrastiveProblem): number[] {
  const N = groups.reduce((sum, { samples, classes }) => sum + samples * classes, 0);
  return groups.map(({ samples, classes }) => (samples * classes) / N);
}

/** Odds of the siblings (at place g) and of every other group against the own class, for a class of group g. */
function rowTerms(
  { groups, temperature }: ContrastiveProblem,
  g: number,
  contrast: readonly number[],
  between: readonly number[],
): OddsTerm[] {
  const G = groups.length;
  const { samples, classes } = groups[g]!;
  type Entry = readonly [index: number, coefficient: number];
  const present = (entries: readonly Entry[]): readonly Entry[] => entries.filter(([index]) => index >= 0);
  const own: readonly Entry[] = [
    [between[g * G + g]!, -1 / classes / temperature],
    [contrast[g]!, -(1 - 1 / classes) / temperature],
  ];
  return groups.map((other, h) => {
    if (h === g) return { multiplicity: classes - 1, entries: present([[contrast[g]!, -1 / temperature]]) };
    const entry: Entry = [between[g * G + h]!, 1 / Math.sqrt(classes * other.classes) / temperature];
    return { multiplicity: (other.classes * other.samples) / samples, entries: present([entry, ...own]) };
  });
}

/**
 * Loss and gap of a feasible point. G is the symmetric gradient in X: c_k (p_kj − δ_kj)/τ, averaged with its transpose; by
 * groups a scalar on the contrasts (`within`, ≤ 0) and a G×G matrix. `multiplier` is −⟨G, X⟩/(K E_H). Both are taken relative to
 * the loss above its floor, so that a loss of 1e-100 keeps its digits.
 */
export function certifyContrastive(
  problem: ContrastiveProblem,
  { rows }: ContrastiveProgram,
  y: Float64Array,
  contrasts: Float64Array,
  between: Float64Array,
) {
  const { groups, temperature } = problem;
  const G = groups.length;
  const trace = traceBound(problem);
  const all = rows.map((row) => odds(row, y));
  const excess = rows.reduce((total, row, g) => total + row.mass * Math.log1p(all[g]!.sum), 0);
  const floor = rows.reduce((total, row, g) => total + row.mass * Math.log(groups[g]!.samples), 0);
  const within = new Float64Array(G);
  const loss = { floor, excess, objective: floor + excess, within };
  if (excess <= NEGLIGIBLE) return { ...loss, gap: excess, relativeGap: 0, multiplier: 0 };
  const matrix = new Float64Array(G * G);
  let [inner, least] = [0, 0];
  rows.forEach((row, g) => {
    const { classes } = groups[g]!;
    const { values, sum } = all[g]!;
    const scale = row.mass / classes / temperature / (1 + sum) / excess;
    const siblings = values[g]!;
    // 1 − p_own is the sum of the other probabilities: no cancellation.
    matrix[g * G + g] = matrix[g * G + g]! - scale * (sum - siblings);
    values.forEach((value, h) => {
      if (h === g) return;
      const entry = (scale * value * Math.sqrt(classes / groups[h]!.classes)) / 2;
      matrix[g * G + h] = matrix[g * G + h]! + entry;
      matrix[h * G + g] = matrix[h * G + g]! + entry;
    });
    if (classes === 1) return;
    within[g] = -scale * (sum + siblings / (classes - 1));
    inner += (classes - 1) * within[g] * contrasts[g]!;
    least = Math.min(least, within[g]);
  });
  for (let e = 0; e < G * G; e++) inner += matrix[e]! * between[e]!;
  least = Math.min(least, symmetricEigen(matrix, G, false).values[G - 1]!);
  const relativeGap = Math.max(inner - trace * least, Number.EPSILON * (1 - trace * least));
  return { ...loss, gap: relativeGap * excess, relativeGap, multiplier: -inner / trace };
}
