/** The run kinds of low-rank heads, executed: documents, points, artifact, divergence, cancelling and refusals. */
import { describe, expect, it } from 'vitest';
import { readNpz } from '../../src-main/interop/npz.ts';
import { JobCancelled, type ExecutableKind } from '../../src-main/jobs/kinds/kind.ts';
import { lowRankDescent } from '../../src-main/jobs/kinds/low-rank-descent.ts';
import { lowRankHead } from '../../src-main/jobs/kinds/low-rank-head.ts';
import { execute, refusedFields } from './execute.ts';

interface Row {
  readonly [key: string]: unknown;
}

type Document = Row & {
  readonly basis: { readonly kind: string; readonly text: string };
  readonly ranks: Row[];
  readonly schedules: Row[];
  readonly chosen: Row;
};

const run = (kind: ExecutableKind, input: Record<string, unknown>, breaths = Infinity) =>
  execute<Document>(kind, input, { breaths });

describe('low-rank-head', () => {
  it('sweeps every rank of a balanced problem and describes the chosen one', async () => {
    const { document, points, files, fractions } = await run(lowRankHead, { counts: '10x4', eh: 1, rank: 2 });
    expect(document.basis).toEqual({
      kind: 'local',
      text: 'local minima at r = 1, 2; the bound is proven at every rank',
    });
    // K = 4, E_H = E_W = 1: the square at r = 2, the ETF from r = 3 on.
    const square = Math.log(1 + 2 * Math.exp(-1) + Math.exp(-2));
    const etf = Math.log(1 + 3 * Math.exp(-4 / 3));
    const objective = document.ranks.map((row) => row['objective'] as number);
    expect(objective[1]).toBeCloseTo(square, 9);
    expect(objective[2]).toBeCloseTo(etf, 12);
    expect(document.chosen).toMatchObject({ rank: 2, arrangement: 'cross-polytope', parameters: 2 * (4 + 512) });
    expect(document['sufficientRank']).toBe(3);
    expect(document['breakEven']).toBeCloseTo((4 * 512) / 516, 12);
    expect(points['objective']).toEqual({ x: [1, 2, 3, 4], y: objective });
    expect(points['excess']!.x).toEqual([1, 2]);
    expect(points['excess']!.y[1]).toBeCloseTo(square - etf, 9);
    expect(readNpz(files['heads.npz']!)['cosines']!.shape).toEqual([4, 4, 4]);
    expect(fractions.at(-1)).toBe(1);
    expect(JSON.stringify(document)).not.toContain('NaN');
  });

  it('squared error is exact, and a vanished class has no cosine', async () => {
    const { document } = await run(lowRankHead, { counts: '20,10,5', limit: 'factors', loss: 'mse', rank: 1, p: 2 });
    expect(document.basis.kind).toBe('exact');
    expect(document.ranks).toHaveLength(2);
    expect(document['sufficientRank']).toBeNull();
    expect(document.chosen['cosines']).toEqual([
      [1, null, null],
      [null, null, null],
      [null, null, null],
    ]);
  });

  it.each([
    [{ counts: '5' }, ['counts']],
    [{ counts: '0x2,1' }, ['counts']],
    [{ counts: '1x33' }, ['counts']],
    [{ loss: 'mse' }, ['loss']],
    [{ rank: 7 }, ['rank']],
    [{ rank: 3, p: 2, loss: 'mse' }, ['rank', 'loss']],
    [{ lw: 0 }, ['lw']],
  ])('refuses %j', (input, fields) => {
    expect(refusedFields(lowRankHead, input)).toEqual(fields);
  });
});

describe('low-rank-descent', () => {
  it('ends in the exact optimum from every schedule', async () => {
    const { document, points } = await run(lowRankDescent, { loss: 'mse', epochs: 2500, switch: 100 });
    expect(document.schedules.map((row) => row['status'])).toEqual(new Array(4).fill('finished'));
    expect(document['optimumBasis']).toContain('exact');
    expect(Math.abs(document['excess'] as number)).toBeLessThan(1e-10);
    // The start is drawn as epoch 1, for the axis is logarithmic.
    expect(document['switch']).toBe(101);
    expect(points['objective_plain']!.x[0]).toBe(1);
    expect(points['objective_plain']!.x.at(-1)).toBe(2501);
    const dense = points['nuclear_dense']!;
    // Full rank before the switch, at most 2 from the switch on, which is measured itself.
    expect(dense.x).toContain(101);
    dense.x.forEach((epoch, i) => {
      if (epoch >= 101) expect(dense.y[i]).toBeLessThan(2 + 1e-9);
    });
    expect(dense.y[0]).toBeGreaterThan(2.1);
    expect(points['imbalance_dense']!.x[0]).toBe(101);
    expect(points['optimum']!.y[0]).toBe(document['optimum']);
  });

  it('says which schedules diverge, and keeps what they had', async () => {
    const { document, points } = await run(lowRankDescent, { lr: 300, epochs: 50, switch: 0 });
    expect(document.schedules.map((row) => row['status'])).toEqual(new Array(3).fill('diverged'));
    expect(document.basis.text).toBe('every descent diverged');
    expect(document['excess']).toBeNull();
    expect(points['objective_plain']!.y.length).toBeGreaterThan(1);
    expect(points['objective_dense']).toBeUndefined();
  });

  it('stops when it is told to', async () => {
    await expect(run(lowRankDescent, { epochs: 1_000_000 }, 30)).rejects.toThrow(JobCancelled);
  });

  it.each([
    [{ switch: 10, epochs: 5 }, ['switch']],
    [{ rank: 5 }, ['rank']],
    [{ deviation: -1 }, ['deviation']],
  ])('refuses %j', (input, fields) => {
    expect(refusedFields(lowRankDescent, input)).toEqual(fields);
  });
});
