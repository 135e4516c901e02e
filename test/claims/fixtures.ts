/**
 * Claims for tests: one that holds, ones that fail in each way there is, and one that takes its time. And what every
 * claim's link to a run must satisfy.
 */
import { expect } from 'vitest';
import type { Claim, Evidence } from '../../src-main/claims/claim.ts';
import { checkedValues, findKind } from '../../src-main/jobs/kinds/index.ts';

/** The link opens a form that can be started: a kind there is, names of its parameters, values that go together. */
export function expectStartable(run: Evidence['run']): void {
  if (run === undefined) return;
  const kind = findKind(run.kind);
  expect(kind, run.kind).toBeDefined();
  expect(() => checkedValues(kind!, run.parameters)).not.toThrow();
}

export function claim(id: string, test: Claim['test'], more: Partial<Claim> = {}): Claim {
  return {
    id,
    paper: 'layer-peeled',
    source: 'A source, theorem 1',
    title: `Title of ${id}`,
    statement: 'The cosine equals <0.5> & nothing else.',
    formula: "\\cos(w, w') = \\tfrac{1}{2}",
    tolerance: 1e-6,
    errorMeaning: 'distance of the cosine from 1/2',
    test,
    ...more,
  };
}

export const evidence = (error: number): Evidence => ({
  error,
  numbers: [
    { label: 'cosine', value: 0.5 + error, expected: 0.5, format: 'cosine' },
    { label: 'ratio', value: Infinity, format: 'ratio' },
  ],
  chart: {
    x: { label: 'Ratio R', logarithmic: true },
    y: { label: 'Cosine' },
    series: [
      { name: 'found', role: 'minority', x: Float64Array.of(1, 10, 100), y: [0.1, NaN, 0.5] },
      { name: 'stated', role: 'theory', x: [1, 100], y: [0.5, 0.5] },
    ],
  },
  run: { kind: 'lpm-sweep', parameters: { eh: 5, ratios: '1:100:9' } },
  remark: 'Tested at three ratios.',
});

export const holds = claim('fixture-holds', () => evidence(1e-9));
export const edge = claim('fixture-edge', async () => Promise.resolve(evidence(1e-6)));
export const wrong = claim('fixture-wrong', () => evidence(2e-6), { paper: 'deep-linear', title: 'A wrong theorem' });
export const lost = claim('fixture-lost', () => evidence(NaN));
export const broken = claim('fixture-broken', () => {
  throw new Error('the matrix was singular');
});
