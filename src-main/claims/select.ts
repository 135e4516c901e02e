/** Which claims a person means by a paper and some words. */
import type { Claim, PaperId } from './claim.ts';

type Words = Pick<Claim, 'id' | 'paper' | 'source' | 'title' | 'statement'>;

/**
 * @param paper `all` for every paper.
 * @param only alternatives separated by commas. Each is the id of one claim, or words that must all occur in its id,
 * source, title or statement, in capitals or not. Without any every claim is meant.
 */
export function selectClaims<C extends Words>(
  claims: readonly C[],
  paper: PaperId | 'all',
  only: string,
): readonly C[] {
  const alternatives = only
    .toLowerCase()
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const ids = new Set(claims.map(({ id }) => id));
  const means = (claim: C, text: string): boolean => {
    if (ids.has(text)) return claim.id === text;
    const words = `${claim.id} ${claim.source} ${claim.title} ${claim.statement}`.toLowerCase();
    return text.split(/\s+/).every((word) => words.includes(word));
  };
  return claims.filter(
    (claim) =>
      (paper === 'all' || claim.paper === paper) &&
      (alternatives.length === 0 || alternatives.some((text) => means(claim, text))),
  );
}
