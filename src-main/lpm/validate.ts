/**
 * The door of the solvers: refuses what is not a Layer-Peeled problem, naming every field and value at fault.
 * Past this point no solver checks its input again.
 */
import { InvalidInput, type FieldIssue } from '../parameters/specification.ts';
import { classCount } from './shares.ts';
import type { ClassGroup, LpmProblem } from './types.ts';

/** Largest number of classes that is accepted: a full Gram matrix of this size still fits in memory. */
export const LARGEST_CLASS_COUNT = 20_000;

/**
 * @param problem as typed by a user; sample counts must be whole numbers.
 * @throws InvalidInput with one issue per fault (fields: counts, weights, eh, ew, p).
 */
export function validateProblem(problem: LpmProblem): LpmProblem {
  const issues: FieldIssue[] = [];
  for (const group of problem.groups) issues.push(...groupIssues(group));
  const K = classCount(problem.groups);
  if (issues.length === 0) {
    if (K < 2) issues.push({ field: 'counts', value: K, message: `at least 2 classes are needed, got ${K}` });
    if (K > LARGEST_CLASS_COUNT)
      issues.push({
        field: 'counts',
        value: K,
        message: `at most ${LARGEST_CLASS_COUNT} classes are supported, got ${K}`,
      });
    if (problem.groups.every((group) => group.samples === 0))
      issues.push({ field: 'counts', value: 0, message: 'all sample counts are 0: at least one class needs samples' });
    else if (problem.groups.every((group) => group.samples * group.weight === 0))
      issues.push({
        field: 'weights',
        value: 0,
        message: 'every class with samples has weight 0: nothing is left of the loss',
      });
  }
  const { featureBudget, classifierBudget } = problem;
  issues.push(...budgetIssues('eh', featureBudget), ...budgetIssues('ew', classifierBudget));
  if (issues.length === 0) issues.push(...productIssues(featureBudget, classifierBudget));
  const p = problem.dimension;
  if (p !== null && !(Number.isInteger(p) && p >= 1))
    issues.push({
      field: 'p',
      value: p,
      message: `the feature dimension must be a whole number of at least 1, got ${p}`,
    });
  if (issues.length > 0) throw new InvalidInput(issues);
  return problem;
}

function groupIssues({ samples, classes, weight }: ClassGroup): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (!(Number.isSafeInteger(samples) && samples >= 0))
    issues.push({
      field: 'counts',
      value: samples,
      message: `a sample count must be a whole number of at least 0, got ${samples}`,
    });
  if (!(Number.isSafeInteger(classes) && classes >= 1))
    issues.push({
      field: 'counts',
      value: classes,
      message: `a number of classes must be a whole number of at least 1, got ${classes}`,
    });
  if (!(Number.isFinite(weight) && weight >= 0))
    issues.push({
      field: 'weights',
      value: weight,
      message: `a weight must be a finite number of at least 0, got ${weight}`,
    });
  return issues;
}

function budgetIssues(field: 'eh' | 'ew', value: number): FieldIssue[] {
  if (Number.isFinite(value) && value > 0) return [];
  const name = field === 'eh' ? 'feature budget E_H' : 'classifier budget E_W';
  return [{ field, value, message: `the ${name} must be a finite number above 0, got ${value}` }];
}

/** The geometry depends on the product of the budgets: it has to be a number. */
export function productIssues(featureBudget: number, classifierBudget: number): readonly FieldIssue[] {
  if (Number.isFinite(featureBudget * classifierBudget)) return [];
  const message = `the product of the budgets is beyond the range of numbers, got ${featureBudget} times ${classifierBudget}`;
  return [{ field: 'ew', value: classifierBudget, message }];
}
