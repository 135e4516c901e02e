/** The claims about the unconstrained model hold; and each fails for a statement that is deliberately wrong. */
import { describe, expect, it } from 'vitest';
import type { Claim, Evidence } from '../../src-main/claims/claim.ts';
import { conservation, measureConservation } from '../../src-main/claims/unconstrained/conservation.ts';
import { direction, measureDirection } from '../../src-main/claims/unconstrained/direction.ts';
import {
  escapeExponential,
  escapePower,
  measureExponential,
  measurePower,
} from '../../src-main/claims/unconstrained/escape.ts';
import { kktDirection, measureKkt } from '../../src-main/claims/unconstrained/kkt-direction.ts';
import { lossRate, measureLossRate } from '../../src-main/claims/unconstrained/loss-rate.ts';
import {
  marginBound,
  maxMarginSolution,
  measureCertificate,
  measureMarginBound,
} from '../../src-main/claims/unconstrained/margin-bound.ts';
import { measureSaddles, strictSaddles } from '../../src-main/claims/unconstrained/saddles.ts';
import { expectStartable } from './fixtures.ts';

const breathe = async (): Promise<void> => undefined;
const collapse = { kind: 'aligned', problem: { classes: 4, perClass: 1, dimension: 4 }, scale: 2 } as const;

/** Each claim, and the same measurement of a wrong statement. */
const cases: readonly (readonly [Claim, () => Evidence | Promise<Evidence>])[] = [
  [conservation, () => measureConservation(1)],
  [direction, () => measureDirection(-0.5, breathe)],
  [marginBound, () => measureMarginBound((K) => 1 / (2 * (K - 1)))],
  // Too small a coefficient: points above the bound.
  [marginBound, () => measureMarginBound((K, n) => 0.99 / (2 * (K - 1) * Math.sqrt(n)))],
  [maxMarginSolution, () => measureCertificate((own, other) => 1 + 0.01 * ((own + other) % 2))],
  [lossRate, () => measureLossRate((K) => (K - 1) / 2, breathe)],
  [kktDirection, () => measureKkt(-1, breathe)],
  // Neural collapse is critical and no saddle.
  [strictSaddles, () => measureSaddles([collapse])],
  [escapeExponential, () => measureExponential((n) => n)],
  [escapePower, () => measurePower((sigma, mu) => 1 + (0.99 * (sigma - mu)) / mu)],
];

describe.each(cases)('$id', (claim, wrong) => {
  it('holds, with numbers and a run that its kind accepts', async () => {
    const { error, numbers, run } = await claim.test(breathe);
    expect(error).toBeLessThanOrEqual(claim.tolerance);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.every(({ value }) => value !== null && Number.isFinite(value))).toBe(true);
    expect(run).toBeDefined();
    expectStartable(run);
  });

  it('fails for a wrong statement', async () => {
    expect((await wrong()).error).toBeGreaterThan(claim.tolerance);
  });
});
