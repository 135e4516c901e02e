/** The gradient flow's tab: checked values in the view, the moment slider, refinement, refusals. */
import { describe, expect, it } from 'vitest';
import { flow } from '../../../src-renderer/models/flow.ts';
import type { ModelView } from '../../../src-renderer/models/model.ts';
import { alignedPoint } from '../../../src-main/models/flow/aligned.ts';
import { checkedValues, findKind } from '../../../src-main/jobs/kinds/index.ts';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';

const defaults = Object.fromEntries(flow.controls.map((control) => [control.key, control.default]));
const at = (changes: Record<string, number | string>) => ({ ...defaults, ...changes });
const figure = (view: ModelView, label: string) => view.figures.find((one) => one.label === label)!.value as number;

/** The last refined view; how many came, and whether any pause was given. */
function refined(setting: Record<string, number | string>) {
  const steps = [...flow.refine!(setting)];
  const views = steps.filter((view): view is ModelView => view !== null);
  return { view: views.at(-1)!, views: views.length };
}

describe('the view', () => {
  it('shows the exact aligned flow, at any moment', () => {
    for (const t of [1, 1e4, 1e12]) {
      const view = flow.compute(at({ k: 10, n: 1, p: 10, start: 'aligned', t }));
      const exact = alignedPoint({ classes: 10, perClass: 1, scale: 1 }, Math.log(t));
      expect(figure(view, 'loss') / Math.exp(exact.logLoss)).toBeCloseTo(1, 3);
      expect(figure(view, 'margin over bound')).toBeCloseTo(1, 6);
      expect(figure(view, 'time')).toBeCloseTo(t, 6);
      const loss = view.panels.find(({ id }) => id === 'loss')!;
      if (loss.type !== 'line') throw new Error('the loss is a line chart');
      const [line, theory] = loss.input.series;
      Array.from(line!.y).forEach((value, i) => expect(value! / theory!.y[i]!).toBeCloseTo(1, 3));
    }
  });

  it('says on what it rests: the drift, and at rest the error of the coarse integration', () => {
    const setting = at({ seed: 77 });
    const coarse = flow.compute(setting);
    expect(coarse.basis.kind).toBe('numerical');
    expect(coarse.basis.text).toMatch(/drifted by \d\.\de-\d+; integrated to 1e-6 per step/);
    expect(coarse.figures.find(({ label }) => label === 'least curvature')!.value).toBeNull();
    const { view, views } = refined(setting);
    expect(views).toBe(2);
    expect(view.basis.text).toMatch(/differs by \d\.\de-\d+/);
    expect(figure(view, 'least curvature')).toBeLessThan(0);
    expect(figure(view, 'loss') / figure(coarse, 'loss')).toBeCloseTo(1, 3);
    // Once there, the fine one is what a moved slider shows.
    expect(flow.compute({ ...setting, t: 1e12 }).basis.text).toBe(view.basis.text);
  });

  it('moves in time without a new integration', () => {
    const setting = at({ k: 10, n: 3, p: 10, seed: 5 });
    flow.compute(setting);
    const since = performance.now();
    for (let power = -2; power < 12; power++) flow.compute({ ...setting, t: 10 ** power });
    // Fourteen views in less than two integrations would take, however slow the machine.
    const moved = performance.now() - since;
    const before = performance.now();
    flow.compute({ ...setting, seed: 6 });
    flow.compute({ ...setting, seed: 7 });
    expect(moved).toBeLessThan(performance.now() - before);
  });

  it('draws a plane exactly, three dimensions exactly, and says what a projection keeps', () => {
    const panel = (changes: Record<string, number | string>) => {
      const found = flow.compute(at(changes)).panels.find(({ id }) => id === 'geometry')!;
      if (found.type !== 'geometry' && found.type !== 'space') throw new Error('geometry has vectors');
      return { type: found.type, input: found.input };
    };
    expect(panel({ k: 3, n: 1, p: 2 })).toMatchObject({ type: 'geometry', input: { projection: 'exact: rank 2' } });
    const tetrahedron = panel({ k: 4, n: 2, p: 3, start: 'aligned' });
    expect(tetrahedron).toMatchObject({ type: 'space', input: { projection: 'exact: rank 3' } });
    expect(tetrahedron.input.vectors.length).toBe(4 + 8);
    for (const v of tetrahedron.input.vectors)
      expect(Math.hypot(v.x, v.y, 'z' in v ? Number(v.z) : NaN)).toBeCloseTo(1, 6);
    expect(panel({ k: 10, n: 1, p: 10 }).input.projection).toMatch(/principal axes at the end: \d+\.\d % of/);
  });

  it('marks what cannot collapse', () => {
    expect(flow.compute(at({ k: 5, p: 2, n: 1 })).notices).toEqual([expect.stringContaining('below K − 1 = 4')]);
    expect(flow.compute(at({ k: 3, p: 2, n: 1 })).notices).toEqual([]);
  });
});

it('refuses a start that the sizes do not have, naming the field', () => {
  expect(() => flow.compute(at({ k: 5, start: 'pairs' }))).toThrow(InvalidInput);
  expect(() => flow.compute(at({ k: 10, p: 3, start: 'aligned' }))).toThrow(/p of at least 9/);
});

it('keeps a run that its kind accepts, with the same seed', () => {
  const kept = flow.keep(at({ k: 6, start: 'polygon', seed: 9 }))!;
  expect(kept.seed).toBe(9);
  expect(checkedValues(findKind(kept.kind)!, kept.parameters)).toMatchObject({ k: 6, start: 'polygon', power: 12 });
});
