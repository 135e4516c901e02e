/** The door of the losses: refuses shapes, temperatures and counts that a loss has no use for, naming field and value. */
import { InvalidInput, type FieldIssue } from '../../parameters/specification.ts';
import { mergeGroups } from '../general/solve.ts';
import type { LpmProblem } from '../types.ts';
import type { ContrastiveProblem } from './contrastive.ts';
import { chooseLoss, type ChosenLoss, type LossId } from './softmax-type.ts';

/** Distinct counts of the contrastive program: G(G+3)/2 unknowns and dense Newton steps. */
export const MOST_COUNTS = 12;

function refuse(field: string, value: unknown, message: string): never {
  throw new InvalidInput([{ field, value, message }]);
}

/** @throws InvalidInput naming shape */
export function validateLoss(id: LossId, shape: number | null): ChosenLoss {
  const chosen = chooseLoss(id, shape ?? undefined);
  if (shape !== null && chosen.loss.shape === null)
    refuse('shape', shape, `${chosen.loss.name.toLowerCase()} has no shape parameter`);
  if (!(chosen.shape > 0 && Number.isFinite(chosen.shape)))
    refuse('shape', shape, `the shape must be a finite number above 0, got ${shape}`);
  return chosen;
}

/** @throws InvalidInput naming counts: softmax-type losses are solved for at most two distinct shares. */
export function validateTwoShares(problem: LpmProblem): void {
  const { count } = mergeGroups(problem).reduced;
  if (count > 2)
    refuse('counts', count, `this loss is solved for at most two distinct counts (times weights), got ${count}`);
}

/**
 * The contrastive problem of these counts; equal counts are merged.
 * @throws InvalidInput naming counts, weights or temperature
 */
export function contrastiveProblem(problem: LpmProblem, temperature: number): ContrastiveProblem {
  const issues: FieldIssue[] = [];
  const merged = new Map<number, number>();
  for (const { samples, classes, weight } of problem.groups) {
    merged.set(samples, (merged.get(samples) ?? 0) + classes);
    if (samples === 0)
      issues.push({ field: 'counts', value: 0, message: 'a class without samples has no positive pair' });
    if (weight !== 1) {
      const message = `the contrastive loss takes no loss weights, got ${weight}: repeat samples in the counts instead`;
      issues.push({ field: 'weights', value: weight, message });
    }
  }
  if (merged.size > MOST_COUNTS) {
    const message = `the contrastive loss is solved for at most ${MOST_COUNTS} distinct counts, got ${merged.size}`;
    issues.push({ field: 'counts', value: merged.size, message });
  }
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    const message = `the temperature must be a finite number above 0, got ${temperature}`;
    issues.push({ field: 'temperature', value: temperature, message });
  }
  if (issues.length > 0) throw new InvalidInput(issues);
  const groups = [...merged].map(([samples, classes]) => ({ samples, classes }));
  return { groups: groups.sort((a, b) => b.samples - a.samples), featureBudget: problem.featureBudget, temperature };
}
