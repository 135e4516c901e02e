/**
 * The door of the general solver: any number of groups, with or without a bound on the rank. Nothing else in this
 * folder is meant to be imported from outside.
 */

export { expand } from './expand.ts';
export { solveRankConstrained } from './rank-constrained.ts';
export { mergeGroups, type Merging } from './reduced-problem.ts';
export { solveGeneral } from './relaxation.ts';
