/**
 * The door of the general solver: any number of groups, with or without a bound on the rank. Nothing else in this
 * folder is meant to be imported from outside.
 */

export { solveRankConstrained } from './rank-constrained.ts';
export { solveGeneral } from './relaxation.ts';
