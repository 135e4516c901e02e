/** The advisor, the losses and the per-class budgets as run kinds: documents, points, and what they refuse. */
import { describe, expect, it } from 'vitest';
import { findKind } from '../../src-main/jobs/kinds/index.ts';
import { JobCancelled } from '../../src-main/jobs/kinds/kind.ts';
import { execute, expectDeclared, refusedFields } from './execute.ts';

type Document = Record<string, unknown> & {
  readonly basis: { readonly kind: string; readonly text: string };
  readonly groups: Record<string, unknown>[];
};

async function run(id: string, input: Record<string, unknown>, breaths = Infinity) {
  const kind = findKind(id)!;
  const { document, points, fractions } = await execute<Document>(kind, input, { breaths });
  expectDeclared(kind, document);
  expect(JSON.stringify(document)).not.toMatch(/NaN|Infinity/);
  return { document, points, fractions };
}

const refused = (id: string, input: Record<string, unknown>): string[] => refusedFields(findKind(id)!, input);

describe('lpm-advisor', () => {
  it('advises on the checked setting and draws what weights do', async () => {
    const { document, points, fractions } = await run('lpm-advisor', { counts: '1000x5,10x5', points: 9 });
    expect(document.basis.kind).toBe('certified');
    expect(document['r0']).toBeCloseTo(12.192447, 6);
    expect(document['avoidingWeight']).toBeCloseTo(100 / 12.192447, 6);
    expect(document['restoringWeight']).toBe(100);
    expect(document['rule']).toContain('above 8.2018');
    const { x: weights, y: cosines } = points['cos_w_minority']!;
    expect(weights).toHaveLength(9);
    expect([weights[0], cosines[0]]).toEqual([1, 1]);
    expect(weights.at(-1)).toBeCloseTo(200, 9);
    weights.forEach((weight, i) => expect(cosines[i] === 1).toBe(weight <= 100 / 12.192447));
    // Three weightings of the majority, then three of the minority: collapsed, not any more, and the simplex ETF.
    const weightings = document.groups.slice(3);
    expect(weightings.map(({ role, weight }) => [role, weight])).toEqual([
      ['minority', 1],
      ['minority', expect.closeTo((1.1 * 100) / 12.192447, 5)],
      ['minority', 100],
    ]);
    expect(weightings[0]!['classifierCosine']).toBe(1);
    expect(weightings[1]!['classifierCosine']).toBeLessThan(1);
    expect(weightings[2]!['classifierCosine']).toBeCloseTo(-1 / 9, 9);
    expect(Math.max(...fractions)).toBe(1);
  });

  it('brackets where counts are more than two, and says so', async () => {
    const { document } = await run('lpm-advisor', { counts: '300x2,60x2,5x2', eh: 2, points: 3 });
    expect(document.basis).toMatchObject({ kind: 'numerical', text: expect.stringContaining('1e-6') });
  });

  it.each([{ counts: '100x10' }, { counts: '100x9,3' }, { counts: '100x7,10x3' }])(
    'answers the edge %j',
    async (input) => {
      await run('lpm-advisor', { ...input, points: 2 });
    },
  );

  it('stops when asked to', async () => {
    await expect(run('lpm-advisor', { counts: '300x2,60x2,5x2' }, 5)).rejects.toThrow(JobCancelled);
  });

  it('refuses by name', () => {
    expect(refused('lpm-advisor', { counts: '10x2,5', atMost: 4 })).toEqual(['atMost']);
    expect(refused('lpm-advisor', { counts: '10x2,0' })).toEqual(['counts']);
    expect(refused('lpm-advisor', { safety: 0.5 })).toEqual(['safety']);
  });
});

describe('lpm-loss', () => {
  it('solves cross-entropy itself to the checked loss, along the checked curve', async () => {
    const input = { loss: 'cross-entropy', counts: '100x5,1x5', points: 4 };
    const { document, points } = await run('lpm-loss', input);
    expect(document['objective']).toBeCloseTo(0.091299, 6);
    expect(document['balancedObjective']).toBeCloseTo(0.559782, 6);
    expect(document['r0']).toBeCloseTo(12.192447, 5);
    const { x, y } = points['cos_minority']!;
    expect(x[1]).toBeCloseTo(10, 9);
    expect(y[1]).toBeCloseTo(0.517496, 6);
    expect(y[2]).toBe(1);
  });

  it.each(['power', 'exponential', 'pairwise-logistic', 'squared-hinge', 'polynomial-tail', 'contrastive'])(
    '%s: certified, everything declared is there',
    async (loss) => {
      const { document, points } = await run('lpm-loss', { loss, counts: '20x3,1x3', eh: 0.5, points: 3 });
      expect(document.basis.kind).toBe('certified');
      expect(points['cos_minority']!.y[0]).toBeCloseTo(-1 / 5, 6);
    },
  );

  it('takes several counts for the contrastive loss alone', async () => {
    const { points } = await run('lpm-loss', { loss: 'contrastive', counts: '20x3,5x2,1x3', eh: 3 });
    expect(points['cos_minority']).toBeUndefined();
    expect(refused('lpm-loss', { loss: 'power', counts: '20x3,5x2,1x3' })).toEqual(['counts']);
  });

  it('refuses by name', () => {
    expect(refused('lpm-loss', { loss: 'exponential', shape: 2 })).toEqual(['shape']);
    expect(refused('lpm-loss', { loss: 'contrastive', weights: '1,2' })).toEqual(['weights']);
    expect(refused('lpm-loss', { loss: 'focal' })).toEqual(['loss']);
    expect(refused('lpm-loss', { temperature: 0 })).toEqual(['temperature']);
  });
});

describe('lpm-per-class', () => {
  it('solves beside mean budgets', async () => {
    const { document, points, fractions } = await run('lpm-per-class', { counts: '100x5,1x5' });
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    expect(document.basis.kind).toBe('certified');
    expect(document['mean']).toMatchObject({ objective: expect.closeTo(0.091299, 6) });
    expect(document['price']).toBeGreaterThan(0);
    expect(document.groups.map(({ samples, budgets }) => [samples, budgets])).toEqual([
      [100, 'per class'],
      [100, 'mean'],
      [1, 'per class'],
      [1, 'mean'],
    ]);
    expect(document.groups[3]).toMatchObject({ classifierCosine: 1, collapsed: true });
    for (const norm of points['class_norm_w']!.y) expect(norm).toBeCloseTo(1, 8);
    expect(points['class_norm_w_mean']!.y[9]).toBeLessThan(1);
  });

  it('coincides with mean budgets where balanced, and stops when asked to', async () => {
    const { document } = await run('lpm-per-class', { counts: '100x10' });
    expect(document['price']).toBeCloseTo(0, 10);
    await expect(run('lpm-per-class', { counts: '9x3,5x2,1x2' }, 4)).rejects.toThrow(JobCancelled);
  });

  it('refuses by name', () => {
    const counts = Array.from({ length: 13 }, (_, i) => i + 1).join();
    expect(refused('lpm-per-class', { counts })).toEqual(['counts']);
    expect(refused('lpm-per-class', { weights: '1' })).toEqual(['weights']);
  });
});
