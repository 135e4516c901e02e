/**
 * What the model predicts for a training set under given weights: one exact solve, read for minority and majority. No
 * weight is searched here.
 */
import { solve } from '../solve.ts';
import type { GroupSolution, LpmProblem, LpmSolution } from '../types.ts';
import type { TrainingSet } from './training-set.ts';

/**
 * Cosine from which the classifiers of two minority classes of different counts count as coinciding (an angle of 2.6°).
 * Between different counts they never coincide exactly, they only lose the directions that would part them; inside a group
 * of equal counts no tolerance is needed.
 */
const COINCIDING = 1 - 1e-3;

export interface Outlook {
  /** Some minority classes share one classifier. */
  readonly collapsed: boolean;
  /** Some minority classes have classifier and feature zero. */
  readonly vanished: boolean;
  /** Largest cosine between two minority classifiers; null for one class, or where they vanish. */
  readonly minorityCosine: number | null;
  /** Largest cosine between two majority classifiers. */
  readonly majorityCosine: number | null;
  /** Largest over smallest classifier norm; null where one vanishes. */
  readonly normRatio: number | null;
  /** Smallest margin w_k·h_k − max_j w_j·h_k over the minority (null where there is none), and over the majority. */
  readonly minorityMargin: number | null;
  readonly majorityMargin: number;
  readonly groups: readonly GroupSolution[];
  /** G×G cosines between classifiers of the groups; null where undefined. */
  readonly classifierCosines: readonly (readonly (number | null)[])[];
  readonly objective: number;
  readonly relativeGap: number;
  readonly certified: boolean;
}

export function outlook(set: TrainingSet, problem: LpmProblem): Outlook {
  return read(set, solve(problem));
}

function read(set: TrainingSet, solution: LpmSolution): Outlook {
  const { groups } = solution;
  const indices = groups.map((_, g) => g);
  const side = (minority: boolean): number[] => indices.filter((g) => set.groups[g]!.minority === minority);
  const largest = (members: readonly number[]): number | null => {
    const cosines = members.flatMap((g) =>
      members.filter((h) => h >= g).map((h) => solution.crossCosines.classifier[g]![h]!),
    );
    const known = cosines.filter((cosine) => cosine !== null);
    return known.length > 0 ? Math.max(...known) : null;
  };
  const [majority, minority] = [side(false), side(true)];
  const minorityCosine = largest(minority);
  const norms = groups.map((group) => group.classifierNorm);
  const vanished = minority.some((g) => groups[g]!.vanished);
  const margin = (members: readonly number[]): number => Math.min(...members.map((g) => groups[g]!.margin));
  const together = minority.some((g) => groups[g]!.collapsed);
  const parallel = minority.some((g) =>
    minority.some((h) => h > g && (vanished || solution.crossCosines.classifier[g]![h]! >= COINCIDING)),
  );
  return {
    collapsed: together || parallel,
    vanished,
    minorityCosine,
    majorityCosine: largest(majority),
    normRatio: Math.min(...norms) > 0 ? Math.max(...norms) / Math.min(...norms) : null,
    minorityMargin: minority.length > 0 ? margin(minority) : null,
    majorityMargin: margin(majority),
    groups,
    classifierCosines: solution.crossCosines.classifier,
    objective: solution.objective,
    relativeGap: solution.relativeGap,
    certified: solution.certified,
  };
}
