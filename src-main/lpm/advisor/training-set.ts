/**
 * A training set as the advisor sees it: distinct counts in descending order, and which of them are minority. It refuses
 * what cannot be advised on: classes without samples, a minority that is nobody or everybody.
 */
import type { CountGroup } from '../../parameters/counts.ts';
import { InvalidInput } from '../../parameters/specification.ts';
import { validateProblem } from '../validate.ts';
import type { LpmProblem } from '../types.ts';

export interface TrainingSet {
  /** Distinct counts, descending. */
  readonly groups: readonly (CountGroup & { readonly minority: boolean })[];
  readonly featureBudget: number;
  readonly classifierBudget: number;
}

/**
 * @param atMost classes of at most so many samples are minority; null: those of the smallest count
 * @throws InvalidInput naming counts, eh, ew or atMost
 */
export function trainingSet(
  counts: readonly CountGroup[],
  budgets: { readonly featureBudget: number; readonly classifierBudget: number },
  atMost: number | null,
): TrainingSet {
  const merged = new Map<number, number>();
  for (const { samples, classes } of counts) merged.set(samples, (merged.get(samples) ?? 0) + classes);
  const sorted = [...merged].map(([samples, classes]) => ({ samples, classes })).sort((a, b) => b.samples - a.samples);
  validateProblem({ groups: sorted.map((group) => ({ ...group, weight: 1 })), ...budgets, dimension: null });
  const [largest, smallest] = [sorted[0]!.samples, sorted.at(-1)!.samples];
  const refuse = (field: string, value: number, message: string): never => {
    throw new InvalidInput([{ field, value, message }]);
  };
  if (smallest === 0)
    refuse('counts', 0, 'a class without samples cannot be weighted: leave it out or give it one sample');
  if (atMost !== null && sorted.length > 1) {
    if (!(atMost >= smallest))
      refuse('atMost', atMost, `no class has at most ${atMost} samples: the smallest count is ${smallest}`);
    if (atMost >= largest) refuse('atMost', atMost, `every class has at most ${atMost} samples: no majority is left`);
  }
  const limit = sorted.length === 1 ? -Infinity : (atMost ?? smallest);
  return { groups: sorted.map((group) => ({ ...group, minority: group.samples <= limit })), ...budgets };
}

/** n_max over the smallest count. */
export function imbalanceRatio({ groups }: TrainingSet): number {
  return groups[0]!.samples / groups.at(-1)!.samples;
}

export function minorityClassCount({ groups }: TrainingSet): number {
  return groups.reduce((sum, group) => sum + (group.minority ? group.classes : 0), 0);
}

/** The problem with one loss weight for every minority class. */
export function weightedProblem(set: TrainingSet, weight: number): LpmProblem {
  const groups = set.groups.map(({ samples, classes, minority }) => ({
    samples,
    classes,
    weight: minority ? weight : 1,
  }));
  return { groups, featureBudget: set.featureBudget, classifierBudget: set.classifierBudget, dimension: null };
}

/** The problem with weight n_max/n_k on every class k: balanced again. */
export function restoredProblem(set: TrainingSet): LpmProblem {
  const largest = set.groups[0]!.samples;
  const groups = set.groups.map(({ samples, classes }) => ({ samples, classes, weight: largest / samples }));
  return { groups, featureBudget: set.featureBudget, classifierBudget: set.classifierBudget, dimension: null };
}
