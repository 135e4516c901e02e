/** The door of the ridge solvers: refuses what is not a ridge problem, naming every field and value at fault. */
import { InvalidInput, type FieldIssue } from '../../parameters/specification.ts';
import type { RidgeProblem } from './types.ts';

/** Largest number of distinct counts that the general solver takes: its work grows with the fourth power. */
export const LARGEST_GROUP_COUNT = 100;
const LARGEST_CLASS_COUNT = 20_000;

/** @throws InvalidInput with one issue per fault (fields: counts, lw, lh, normalisation). */
export function validateRidge(problem: RidgeProblem): RidgeProblem {
  const issues: FieldIssue[] = [];
  const refuse = (field: string, value: unknown, message: string) => issues.push({ field, value, message });
  for (const { samples, classes } of problem.groups) {
    if (!(Number.isSafeInteger(classes) && classes >= 1))
      refuse('counts', classes, `a number of classes must be a whole number of at least 1, got ${classes}`);
    // Ratios stand for counts in sweeps, so a count need not be whole.
    if (!(Number.isFinite(samples) && samples > 0))
      refuse('counts', samples, `every class needs samples here: a count must be above 0, got ${samples}`);
  }
  const K = problem.groups.reduce((sum, { classes }) => sum + classes, 0);
  if (issues.length === 0 && !(K >= 2 && K <= LARGEST_CLASS_COUNT))
    refuse('counts', K, `from 2 to ${LARGEST_CLASS_COUNT} classes are supported, got ${K}`);
  const distinct = new Set(problem.groups.map(({ samples }) => samples)).size;
  const explicit = problem.loss === 'squared' && !problem.bias;
  if (distinct > LARGEST_GROUP_COUNT && !explicit)
    refuse('counts', distinct, `at most ${LARGEST_GROUP_COUNT} distinct counts are supported, got ${distinct}`);
  for (const [field, name, value] of [
    ['lw', 'classifier decay λ_W', problem.classifierDecay],
    ['lh', 'feature decay λ_H', problem.featureDecay],
  ] as const)
    if (!(Number.isFinite(value) && value > 0))
      refuse(field, value, `the ${name} must be a finite number above 0, got ${value}`);
  if (problem.loss === 'squared' && problem.bias && problem.normalisation === 'class')
    refuse(
      'normalisation',
      problem.normalisation,
      'the squared loss with a bias is solved per sample only: per class its loss and penalty weigh classes differently',
    );
  if (issues.length > 0) throw new InvalidInput(issues);
  return problem;
}
