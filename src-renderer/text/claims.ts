/** What the claims screen shows of lists and runs: the latest outcome of each claim, filters, counts. No requests here. */
import type { ClaimDocument, ClaimOutcome, ClaimsDocument, PaperId, RunDetail } from '../api.ts';
import { matches } from './match.ts';

/** An outcome and the run it is from. */
export interface Tested {
  readonly outcome: ClaimOutcome;
  readonly run: Pick<RunDetail, 'id' | 'endedAt' | 'versions'>;
}

/** What a run that still computes said about a claim. */
export interface LiveVerdict {
  readonly verdict: 'holds' | 'fails';
  readonly milliseconds: number | null;
}

export type Verdict = 'holds' | 'fails' | 'untested';

export interface ClaimFilter {
  readonly paper: PaperId | 'all';
  readonly verdict: Verdict | 'all';
  readonly text: string;
}

/** The document of a run of claims; null for anything else. */
export function claimsResult(result: unknown): ClaimsDocument | null {
  const claims = typeof result === 'object' && result !== null ? (result as ClaimsDocument).claims : null;
  return Array.isArray(claims) ? (result as ClaimsDocument) : null;
}

/** By claim id, the outcome of the first run that tested it. @param runs newest first */
export function latestOutcomes(
  runs: readonly Pick<RunDetail, 'id' | 'endedAt' | 'versions' | 'result'>[],
): ReadonlyMap<string, Tested> {
  const latest = new Map<string, Tested>();
  for (const run of runs)
    for (const outcome of claimsResult(run.result)?.claims ?? [])
      if (!latest.has(outcome.id)) latest.set(outcome.id, { outcome, run });
  return latest;
}

export function verdictOf(outcome: ClaimOutcome | undefined, live: LiveVerdict | undefined): Verdict {
  return live?.verdict ?? outcome?.verdict ?? 'untested';
}

/** Whether the filter shows a claim whose verdict is this one. */
export function shows(filter: ClaimFilter, claim: ClaimDocument, verdict: Verdict): boolean {
  return (
    (filter.paper === 'all' || claim.paper === filter.paper) &&
    (filter.verdict === 'all' || verdict === filter.verdict) &&
    matches(`${claim.id} ${claim.title} ${claim.statement} ${claim.source}`, filter.text)
  );
}

/** Verdicts by claim, from the series of a run: error over tolerance (at most 1 holds) and time, x the claim's place from 1. */
export function liveVerdicts(
  claims: readonly ClaimDocument[],
  ratios: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number | null> },
  times: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number | null> },
): ReadonlyMap<string, LiveVerdict> {
  const spent = new Map(Array.from(times.x, (x, i) => [x, times.y[i] ?? null]));
  return new Map(
    Array.from(ratios.x, (x, i): [string, LiveVerdict] => {
      const ratio = ratios.y[i] ?? NaN;
      return [claims[x - 1]?.id ?? '', { verdict: ratio <= 1 ? 'holds' : 'fails', milliseconds: spent.get(x) ?? null }];
    }),
  );
}
