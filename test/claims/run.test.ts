/** Verdicts on claims: what holds, every way to fail, being stopped, and which claims some words mean. */
import { describe, expect, it } from 'vitest';
import { claims } from '../../src-main/claims/index.ts';
import { papers } from '../../src-main/claims/papers.ts';
import { errorRatio, runClaims, type ClaimOutcome } from '../../src-main/claims/run.ts';
import { selectClaims } from '../../src-main/claims/select.ts';
import { broken, claim, edge, evidence, holds, lost, wrong } from './fixtures.ts';

const breathe = async (): Promise<void> => undefined;

describe('a verdict', () => {
  it.each([
    [holds, 'holds'],
    [edge, 'holds'],
    [wrong, 'fails'],
  ] as const)('follows from error and tolerance alone: %#', async (one, verdict) => {
    const { claims: outcomes } = await runClaims([one], { breathe });
    const { error, ...rest } = await one.test(breathe);
    expect(outcomes).toMatchObject([{ id: one.id, verdict, error, failure: null, evidence: rest }]);
    expect(errorRatio(outcomes[0]!) <= 1).toBe(verdict === 'holds');
  });

  it.each([NaN, Infinity, -Infinity])('cannot be good where the error is %d', async (error) => {
    const {
      claims: [outcome],
    } = await runClaims([claim('x', () => evidence(error), { tolerance: Infinity })], { breathe });
    expect(outcome).toMatchObject({ verdict: 'fails', error: null, failure: expect.stringContaining(String(error)) });
    expect(outcome!.evidence?.remark).toBe('Tested at three ratios.');
    expect(errorRatio(outcome!)).toBeNaN();
  });

  it('of a test that throws is that it fails, with the message; the next ones are tested', async () => {
    const seen: ClaimOutcome[] = [];
    const words = claim('words', () => Promise.reject('in words'));
    const found = await runClaims([broken, words, lost, holds], { breathe, onResult: (one) => seen.push(one) });
    expect(found.claims.map(({ verdict, failure }) => [verdict, failure])).toEqual([
      ['fails', 'the matrix was singular'],
      ['fails', 'in words'],
      ['fails', expect.stringContaining('NaN')],
      ['holds', null],
    ]);
    expect(found).toMatchObject({ holds: 1, fails: 3 });
    expect(found.milliseconds).toBeCloseTo(
      found.claims.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
      9,
    );
    expect(seen).toEqual(found.claims);
  });

  it('at tolerance zero asks for an error of zero', async () => {
    const exact = (error: number) => claim('exact', () => evidence(error), { tolerance: 0 });
    const found = await runClaims([exact(0), exact(1e-300)], { breathe });
    expect(found.claims.map(({ verdict }) => verdict)).toEqual(['holds', 'fails']);
    expect(found.claims.map(errorRatio)).toEqual([0, Infinity]);
  });
});

describe('being stopped', () => {
  const stopAfter = (breaths: number) => async (): Promise<void> => {
    if (--breaths < 0) throw new Error('cancelled');
  };

  it('ends everything between two claims, and is no failure of a claim', async () => {
    const seen: string[] = [];
    const run = runClaims([holds, holds, holds], { breathe: stopAfter(2), onResult: ({ id }) => seen.push(id) });
    await expect(run).rejects.toThrow('cancelled');
    expect(seen).toHaveLength(2);
  });

  it('ends everything within a claim, even one that swallows the wish', async () => {
    const patient = claim('patient', async (rest) => {
      for (let i = 0; i < 5; i++) await rest();
      return evidence(0);
    });
    const deaf = claim('deaf', async (rest) => {
      await rest().catch(() => undefined);
      return evidence(0);
    });
    for (const one of [patient, deaf]) {
      const seen: string[] = [];
      const run = runClaims([one, holds], { breathe: stopAfter(1), onResult: ({ id }) => seen.push(id) });
      await expect(run).rejects.toThrow('cancelled');
      expect(seen).toEqual([]);
    }
  });
});

describe('words mean', () => {
  const list = [
    claim('etf', breathe as never, { title: 'Balanced frames', statement: 'a', source: 'Theorem 1' }),
    claim('etf-large', breathe as never, { title: 'Large frames', statement: 'b', source: 'Theorem 2' }),
    claim('zero', breathe as never, { title: 'A zero', statement: 'at seven', source: 'x', paper: 'neighbours' }),
  ];
  it.each([
    ['all', '', ['etf', 'etf-large', 'zero']],
    ['neighbours', '', ['zero']],
    ['all', 'etf', ['etf']],
    ['all', 'ETF-large, Seven', ['etf-large', 'zero']],
    ['all', 'frames', ['etf', 'etf-large']],
    ['all', 'frames theorem 2', ['etf-large']],
    ['neighbours', 'frames', []],
    ['all', ' , ', ['etf', 'etf-large', 'zero']],
  ] as const)('of %s with "%s": %j', (paper, only, ids) => {
    expect(selectClaims(list, paper, only).map(({ id }) => id)).toEqual(ids);
  });
});

describe('the registered claims', () => {
  it('have ids of their own, a paper, words, and a tolerance that can be missed', () => {
    const ids = claims.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const one of claims) {
      expect(one.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(one.tolerance).toBeGreaterThanOrEqual(0);
      expect(one.tolerance).toBeLessThan(Infinity);
      for (const text of [one.title, one.statement, one.source, one.formula, one.errorMeaning])
        expect(text).toMatch(/\S/);
    }
  });

  it('stand in the order of papers', () => {
    const place = claims.map(({ paper }) => papers.findIndex(({ id }) => id === paper));
    expect(place).toEqual([...place].sort((a, b) => a - b));
    expect(place).not.toContain(-1);
  });
});
