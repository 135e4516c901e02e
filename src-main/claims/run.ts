/**
 * Tests claims one after the other. A claim holds if and only if its error is finite and at most its tolerance; a test
 * that throws, or that cannot measure its error, fails with the reason. Only being stopped ends the whole.
 */
import { claimDocument, type Claim, type ClaimDocument, type Evidence } from './claim.ts';

/** A claim as it was tested: all that a reader needs, also of a claim that later versions no longer have. */
export interface ClaimOutcome extends ClaimDocument {
  readonly verdict: 'holds' | 'fails';
  /** null where it could not be measured; `failure` says why. */
  readonly error: number | null;
  readonly milliseconds: number;
  /** null where the test threw. */
  readonly evidence: Omit<Evidence, 'error'> | null;
  readonly failure: string | null;
}

export interface ClaimsDocument {
  readonly claims: readonly ClaimOutcome[];
  readonly holds: number;
  readonly fails: number;
  /** Of all tests together. */
  readonly milliseconds: number;
}

export interface ClaimsOptions {
  /** Lets messages in; a throw stops everything and is thrown on. */
  readonly breathe: () => Promise<void>;
  readonly onResult?: (outcome: ClaimOutcome) => void;
}

/** @throws what `breathe` throws; outcomes until then went to `onResult`. */
export async function runClaims(claims: readonly Claim[], options: ClaimsOptions): Promise<ClaimsDocument> {
  const outcomes: ClaimOutcome[] = [];
  for (const claim of claims) {
    const outcome = await testClaim(claim, options.breathe);
    outcomes.push(outcome);
    options.onResult?.(outcome);
  }
  return claimsDocument(outcomes);
}

export function claimsDocument(claims: readonly ClaimOutcome[]): ClaimsDocument {
  const holds = claims.filter(({ verdict }) => verdict === 'holds').length;
  const milliseconds = claims.reduce((sum, claim) => sum + claim.milliseconds, 0);
  return { claims, holds, fails: claims.length - holds, milliseconds };
}

async function testClaim(claim: Claim, breathe: () => Promise<void>): Promise<ClaimOutcome> {
  let stopped: { readonly reason: unknown } | null = null;
  // Remembered, so that a test can neither swallow the wish to stop nor be blamed for it.
  const watched = async (): Promise<void> => {
    try {
      await breathe();
    } catch (reason) {
      stopped = { reason };
      throw reason;
    }
  };
  await breathe();
  const head = claimDocument(claim);
  const start = performance.now();
  const found = await measure(claim, watched);
  const milliseconds = performance.now() - start;
  if (stopped !== null) throw (stopped as { readonly reason: unknown }).reason;
  if ('failure' in found) return { ...head, ...found, verdict: 'fails', error: null, milliseconds, evidence: null };
  const { error, ...evidence } = found;
  const finite = Number.isFinite(error);
  return {
    ...head,
    verdict: finite && error <= claim.tolerance ? 'holds' : 'fails',
    error: finite ? error : null,
    milliseconds,
    evidence,
    failure: finite ? null : `The error could not be measured: the test found ${String(error)}.`,
  };
}

async function measure(claim: Claim, breathe: () => Promise<void>): Promise<Evidence | { readonly failure: string }> {
  try {
    return await claim.test(breathe);
  } catch (error) {
    return { failure: error instanceof Error ? error.message || error.name : String(error) };
  }
}

/** The error in units of the tolerance: at most 1 where the claim holds; NaN where it could not be measured. */
export function errorRatio({ error, tolerance }: Pick<ClaimOutcome, 'error' | 'tolerance'>): number {
  if (error === null) return NaN;
  if (error === 0) return 0;
  return error / tolerance;
}
