/** What the claims screen makes of lists, runs and live series: latest outcomes, verdicts, filters. */
import { describe, expect, it } from 'vitest';
import type { ClaimDocument, ClaimOutcome, RunDetail } from '../../src-renderer/api.ts';
import {
  claimsResult,
  latestOutcomes,
  liveVerdicts,
  shows,
  verdictOf,
  type ClaimFilter,
} from '../../src-renderer/text/claims.ts';

const claim = (id: string, more: Partial<ClaimDocument> = {}): ClaimDocument => ({
  id,
  paper: 'layer-peeled',
  source: 'Theorem 1',
  title: `About ${id}`,
  statement: 'Something holds.',
  formula: 'x = 1',
  tolerance: 1e-6,
  errorMeaning: 'a distance',
  ...more,
});
const outcome = (id: string, verdict: 'holds' | 'fails'): ClaimOutcome => ({
  ...claim(id),
  verdict,
  error: 0,
  milliseconds: 1,
  evidence: null,
  failure: null,
});
const run = (
  id: number,
  claims: readonly ClaimOutcome[],
): Pick<RunDetail, 'id' | 'endedAt' | 'versions' | 'result'> => ({
  id,
  endedAt: id,
  versions: { peel: '0.1.0' },
  result: { claims, holds: 0, fails: 0, milliseconds: 0 },
});

it('the newest outcome of each claim counts, whichever run it is from', () => {
  const latest = latestOutcomes([
    { ...run(4, []), result: null },
    run(3, [outcome('a', 'fails')]),
    run(2, [outcome('a', 'holds'), outcome('b', 'holds')]),
  ]);
  expect([...latest].map(([id, { outcome: found, run: from }]) => [id, found.verdict, from.id])).toEqual([
    ['a', 'fails', 3],
    ['b', 'holds', 2],
  ]);
});

it.each([null, 3, 'x', {}, { claims: 3 }, []])('%j is no document of claims', (result) => {
  expect(claimsResult(result)).toBeNull();
});

it('what a running run says stands before what an earlier one said', () => {
  expect(verdictOf(undefined, undefined)).toBe('untested');
  expect(verdictOf(outcome('a', 'fails'), undefined)).toBe('fails');
  expect(verdictOf(outcome('a', 'fails'), { verdict: 'holds', milliseconds: 1 })).toBe('holds');
});

it('live verdicts come from error over tolerance; what could not be measured fails', () => {
  const claims = ['a', 'b', 'c', 'd', 'e'].map((id) => claim(id));
  const live = liveVerdicts(claims, { x: [1, 3, 4, 5], y: [0, 1, 1.0001, NaN] }, { x: [1, 3, 4], y: [10, 20, 30] });
  expect([...live].map(([id, { verdict, milliseconds }]) => [id, verdict, milliseconds])).toEqual([
    ['a', 'holds', 10],
    ['c', 'holds', 20],
    ['d', 'fails', 30],
    ['e', 'fails', null],
  ]);
});

describe('a filter', () => {
  const every: ClaimFilter = { paper: 'all', verdict: 'all', text: '' };
  const one = claim('seli-zero', { paper: 'neighbours', title: 'A zero', statement: 'The cosine vanishes at seven.' });
  it.each([
    [{}, true],
    [{ paper: 'neighbours' as const }, true],
    [{ paper: 'low-rank' as const }, false],
    [{ verdict: 'holds' as const }, true],
    [{ verdict: 'fails' as const }, false],
    [{ text: 'SEVEN cosine' }, true],
    [{ text: 'seven sine zeroes' }, false],
    [{ text: 'theorem', verdict: 'holds' as const, paper: 'neighbours' as const }, true],
  ])('%j shows it: %s', (more, shown) => {
    expect(shows({ ...every, ...more }, one, 'holds')).toBe(shown);
  });
});
