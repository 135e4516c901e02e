/** The low-rank tab: checked values on screen, the impossible region, refinement rank by rank, and its run. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind } from '../../../src-main/jobs/kinds/index.ts';
import { lowRank } from '../../../src-renderer/models/low-rank.ts';
import type { ModelSetting, ModelView, Panel } from '../../../src-renderer/models/model.ts';

const usual: ModelSetting = Object.fromEntries(lowRank.controls.map((control) => [control.key, control.default]));
const with_ = (change: ModelSetting): ModelSetting => ({ ...usual, ...change });

/** The last view, once every rank is solved. */
function settled(change: ModelSetting = {}): ModelView {
  let last = lowRank.compute(with_(change));
  for (const better of lowRank.refine!(with_(change))) last = better ?? last;
  return last;
}
const panel = (view: ModelView, id: string): Panel | undefined => view.panels.find((each) => each.id === id);
const figure = (view: ModelView, label: string) => view.figures.find((each) => each.label.startsWith(label))!.value;
function line(view: ModelView, id: string) {
  const found = panel(view, id);
  if (found?.type !== 'line') throw new Error(`${id} is no line chart`);
  return found.input;
}

describe('budgets', () => {
  it('at once: what is certified; then rank by rank, each kept for the next look', () => {
    const setting = with_({ e: 1.001 });
    const first = lowRank.compute(setting);
    const at = (view: ModelView) => Array.from(line(view, 'loss').series[0]!.y);
    expect(at(first).map((y) => y !== null)).toEqual([false, false, false, false, true, true]);
    expect(figure(first, 'objective')).toBeNull();
    expect(figure(first, 'proven bound')).not.toBeNull();
    expect(first.notices.join(' ')).toContain('2 of 6 ranks solved');
    const views = [...lowRank.refine!(setting)].filter((view) => view !== null);
    expect(views.length).toBeGreaterThanOrEqual(4);
    expect(at(views.at(-1)!).every((y) => y !== null)).toBe(true);
    expect(views.at(-1)!.notices.join(' ')).not.toContain('solved so far');
    expect(at(lowRank.compute(with_({ e: 1.001, rank: 4 })))).toEqual(at(views.at(-1)!));
  });

  it('shows the hexagon in the plane and the ETF from K − 1 on', () => {
    const plane = settled();
    const hexagon = Math.log(1 + 2 * Math.exp(-0.5) + 2 * Math.exp(-1.5) + Math.exp(-2));
    expect(figure(plane, 'objective')).toBeCloseTo(hexagon, 9);
    expect(plane.basis.kind).toBe('local');
    const costs = Array.from(line(plane, 'excess').series[0]!.y);
    expect(costs[1]).toBeCloseTo(hexagon - Math.log(1 + 5 * Math.exp(-1.2)), 9);
    expect(costs.slice(4)).toEqual([null, null]);
    expect(plane.notices.join(' ')).toContain('Impossible region: rank 2 < K − 1 = 5');
    const drawn = panel(plane, 'geometry');
    if (drawn?.type !== 'geometry') throw new Error('no geometry');
    expect(drawn.input.projection).toBe('exact: rank 2');
    const { vectors } = drawn.input;
    for (const { x, y } of vectors) expect(Math.hypot(x, y)).toBeCloseTo(1, 6);
    expect(vectors[0]!.y).toBeCloseTo(0, 9);
    const cosines = panel(plane, 'cosines');
    if (cosines?.type !== 'heat') throw new Error('no cosines');
    vectors.forEach((a, j) =>
      vectors.forEach((b, k) => expect(a.x * b.x + a.y * b.y).toBeCloseTo(cosines.input.values[6 * j + k]!, 6)),
    );
    const full = settled({ rank: 5 });
    expect(full.basis.kind).toBe('certified');
    expect(figure(full, 'ETF distance')).toBeLessThan(1e-9);
    expect(figure(full, 'objective')).toBeCloseTo(Math.log(1 + 5 * Math.exp(-1.2)), 12);
    expect(full.notices.join(' ')).not.toContain('Impossible');
  });

  it('three dimensions are drawn in space; K = 2 and a rank above K are taken', () => {
    expect(panel(settled({ k: 4, rank: 3 }), 'space')?.type).toBe('space');
    const two = settled({ k: 2, rank: 9 });
    expect(figure(two, 'objective at r = 2')).toBeCloseTo(Math.log(1 + Math.exp(-2)), 12);
  });

  it('the checked value at K = 4, R = 3', () => {
    const view = settled({ k: 4, r: 3, rank: 3 });
    expect((figure(view, 'objective') as number).toFixed(6)).toBe('0.490693');
    expect(view.basis.kind).toBe('certified');
  });
});

describe('decay', () => {
  it('squared error is exact at once', () => {
    const view = lowRank.compute(with_({ limit: 'mse-product', l: 1e-3, k: 4, rank: 2 }));
    expect(view.basis.kind).toBe('exact');
    expect(view.notices.join(' ')).toContain('one of many');
    // n = 10, N = 40: (1/2N)[r τ² + (K−r) n] + l r (√n − τ), τ = N l.
    const [tau, root] = [0.04, Math.sqrt(10)];
    const expected = (2 * tau ** 2 + 2 * 10) / 80 + 1e-3 * 2 * (root - tau);
    expect(figure(view, 'objective')).toBeCloseTo(expected, 12);
  });

  it('cross-entropy with decay on the factors stays below K − 1, and says so', () => {
    const view = settled({ limit: 'ce-factors', rank: 6 });
    expect(view.basis.kind).toBe('local');
    expect(view.notices.join(' ')).toContain('uses only 3 of the 6 ranks');
    expect(figure(view, 'nuclear rank')).toBeCloseTo(3, 6);
  });

  it('too much decay leaves nothing, and there is no number for it', () => {
    const view = settled({ limit: 'mse-product', l: 5 });
    expect(figure(view, 'nuclear rank')).toBeNull();
    expect(view.notices.join(' ')).toContain('the best head is zero');
    expect(JSON.stringify(view.figures)).not.toContain('NaN');
  });
});

it('keeps a run that its kind takes', () => {
  for (const change of [{}, { limit: 'mse-factors', r: 2.34, rank: 12 }, { limit: 'ce-product', k: 12 }]) {
    const kept = lowRank.keep(with_(change))!;
    expect(() => checkedValues(findKind(kept.kind)!, kept.parameters)).not.toThrow();
  }
  expect(lowRank.keep(with_({ k: 3, r: 2.34 }))!.parameters['counts']).toBe('23,23,10');
});

it('what is shown at once is quick at the extremes', () => {
  for (const limit of ['budgets', 'ce-product', 'ce-factors', 'mse-factors']) {
    const started = performance.now();
    lowRank.compute(with_({ limit, k: 12, r: 777, e: 50, l: 1e-3 }));
    // Generous, the machine may be shared.
    expect(performance.now() - started).toBeLessThan(1000);
  }
});
