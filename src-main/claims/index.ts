/** Every claim, one line each, in the order of papers and of their statements. */
import type { Claim } from './claim.ts';

export const claims: readonly Claim[] = [];
