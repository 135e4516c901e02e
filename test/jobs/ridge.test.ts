/** The ridge and frame kinds, executed: checked values in the documents, points, thresholds, cancelling and refusals. */
import { describe, expect, it } from 'vitest';
import { framesKind } from '../../src-main/jobs/kinds/frames.ts';
import { checkedValues } from '../../src-main/jobs/kinds/index.ts';
import { JobCancelled } from '../../src-main/jobs/kinds/kind.ts';
import { ridgeSolve } from '../../src-main/jobs/kinds/ridge-solve.ts';
import { ridgeSweep } from '../../src-main/jobs/kinds/ridge-sweep.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { execute, expectDeclared } from './execute.ts';

describe('ridge-solve', () => {
  it('solves, certifies and places a two-group problem on the Layer-Peeled map', async () => {
    const { document, points } = await execute(ridgeSolve, { counts: '290x5,100x5', lw: 0.005, lh: 0.005 });
    expectDeclared(ridgeSolve, document);
    expect(document.basis.kind).toBe('certified');
    // N = 1950: N² l² = 95.06 < 100, so not yet collapsed; at n_A = 310 it is.
    expect(document['collapseCount']).toBeCloseTo(95.0625, 9);
    expect(points['collapsed_classes']!.y).toEqual([0]);
    expect(points['class_loss']!.x).toHaveLength(10);
    expect(document['map']).toMatchObject({ ratio: expect.closeTo(2.9, 9), r0: expect.any(Number) });
    const beyond = await execute(ridgeSolve, { counts: '310x5,100x5', lw: 0.005, lh: 0.005 });
    expect(beyond.points['collapsed_classes']!.y).toEqual([5]);
  });

  it('reports Newton’s way for several counts, and can be cancelled', async () => {
    const input = { counts: '500x2,200x3,90,40x2', lw: 1e-4, lh: 1e-3, bias: true };
    const { document, points } = await execute(ridgeSolve, input);
    expect(document.basis.kind).toBe('certified');
    expect(points['solver_gap']!.y.length).toBeGreaterThan(2);
    expect(document['map']).toBeNull();
    await expect(execute(ridgeSolve, input, { breaths: 3 })).rejects.toThrow(JobCancelled);
  });

  it('has the squared loss in closed form', async () => {
    const { document } = await execute(ridgeSolve, { counts: '200,100,50x2', loss: 'squared' });
    // science.md, section 3, M = 1, λ = 5e-4.
    expect(document['objective']).toBeCloseTo(0.01894214, 8);
    expect(document['distances']).toContainEqual(expect.objectContaining({ name: 'SELI' }));
  });

  it.each([
    [{ counts: '10x3,0x2' }, 'counts'],
    [{ counts: '10' }, 'counts'],
    [{ counts: 'many' }, 'counts'],
    [{ lw: 0 }, 'lw'],
    [{ loss: 'squared', bias: true, normalisation: 'class' }, 'normalisation'],
    [{ counts: Array.from({ length: 101 }, (_, i) => i + 1).join() }, 'counts'],
  ])('refuses %o', (input, field) => {
    const refused = () => checkedValues(ridgeSolve, input);
    expect(refused).toThrow(InvalidInput);
    expect(refused).toThrow(field);
  });
});

describe('ridge-sweep', () => {
  it('along the decay goes from SELI to zero through collapse', async () => {
    const { document, points } = await execute(ridgeSweep, { samples: 300, ratio: 3, decays: '1e-30:0.1:61' });
    expectDeclared(ridgeSweep, document);
    expect(document.basis.kind).toBe('certified');
    // Hong–Ling: √100/2000.
    expect(document['collapse']).toBeCloseTo(0.005, 12);
    const { x, y } = points['seli_w']!;
    expect(y[0]).toBeLessThan(0.02);
    expect(y.every((value, i) => i === 0 || x[i]! > 1e-4 || value > y[i - 1]!)).toBe(true);
    expect(points['rank']!.y[0]).toBe(9);
    expect(points['rank']!.y.at(-1)).toBe(0);
    points['cos_w_minority']!.x.forEach((l, i) =>
      expect(points['cos_w_minority']!.y[i] === 1, `l = ${l}`).toBe(l >= 0.005),
    );
  });

  it('along the ratio collapses where the closed form says', async () => {
    const { document, points } = await execute(ridgeSweep, {
      along: 'ratio',
      ratios: '1:1000:61',
      decay: 0.002,
      samples: 500,
    });
    const collapse = document['collapse'] as number;
    const { x, y } = points['cos_w_minority']!;
    x.forEach((R, i) => expect(y[i] === 1, `R = ${R}`).toBe(R >= collapse));
    expect(collapse).toBeGreaterThan(1);
  });

  it.each([
    [{ decays: '1:2' }, 'decays'],
    [{ along: 'ratio', ratios: 'x' }, 'ratios'],
    [{ decay: 0 }, 'decay'],
    [{ ka: 0 }, 'ka'],
  ])('refuses %o', (input, field) => {
    const refused = () => checkedValues(ridgeSweep, input);
    expect(refused).toThrow(InvalidInput);
    expect(refused).toThrow(field);
  });
});

describe('frames', () => {
  it('compares all geometries; SELI at K = 10, R = 100 has its checked values', async () => {
    const { document, points } = await execute(framesKind, { counts: '100x5,1x5' });
    expectDeclared(framesKind, document);
    const rows = document['geometry'] as {
      frame: string;
      samples: number;
      cosW: number;
      cosH: number;
      normW: number;
    }[];
    const minority = rows.find(({ frame, samples }) => frame === 'SELI' && samples === 1)!;
    expect(minority.cosW).toBeCloseTo(0.33803, 5);
    expect(minority.cosH).toBeCloseTo(-0.22839, 5);
    expect(1 / minority.normW).toBeCloseTo(2.40129, 5);
    expect((document['distances'] as unknown[]).length).toBe(10);
    expect(points['etf_of_w']!.y[0]).toBeCloseTo(Math.sqrt(2 - 2 * Math.sqrt(9 / 10)), 12);
    expect((document['duality'] as { name: string; dual: number }[])[0]!.dual).toBeLessThan(1e-14);
  });

  it('takes 1,000 classes listed one by one', async () => {
    const counts = Array.from({ length: 1000 }, (_, k) => (k < 500 ? 70 : 10)).join();
    const { document } = await execute(framesKind, { counts, lw: 1e-6, lh: 1e-6 });
    const rows = document['geometry'] as { frame: string; samples: number; cosW: number }[];
    // R = 7: zero for every K.
    expect(rows.find(({ frame, samples }) => frame === 'SELI' && samples === 10)!.cosW).toBeCloseTo(0, 12);
    expect((document['cosines'] as Record<string, { w: unknown[] }>)['SELI']!.w).toHaveLength(2);
  });

  it('refuses empty classes, which have no feature', () => {
    expect(() => checkedValues(framesKind, { counts: '5x2,0x2' })).toThrow(InvalidInput);
  });
});
