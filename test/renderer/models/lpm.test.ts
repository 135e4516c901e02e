/** The advisor, losses and per-class tabs: checked values on screen, limits, notices, kept runs, quick at the extremes. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind } from '../../../src-main/jobs/kinds/index.ts';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { advisor } from '../../../src-renderer/models/advisor.ts';
import { losses } from '../../../src-renderer/models/losses.ts';
import type { ExplorerModel, ModelSetting, ModelView, Panel } from '../../../src-renderer/models/model.ts';
import { perClass } from '../../../src-renderer/models/per-class.ts';

const usual = (model: ExplorerModel): ModelSetting =>
  Object.fromEntries(model.controls.map((control) => [control.key, control.default]));
const show = (model: ExplorerModel, change: ModelSetting = {}): ModelView =>
  model.compute({ ...usual(model), ...change });
const figure = (view: ModelView, label: string) => view.figures.find((each) => each.label === label)!.value;
const panel = <T extends Panel['type']>(view: ModelView, id: string, type: T) => {
  const found = view.panels.find((each) => each.id === id)!;
  if (found.type !== type) throw new Error(`${id} is no ${type}`);
  return found as Extract<Panel, { type: T }>;
};

function rested(model: ExplorerModel, change: ModelSetting = {}): ModelView {
  let last: ModelView | null = null;
  for (const view of model.refine!({ ...usual(model), ...change })) last = view ?? last;
  return last!;
}

describe('advisor', () => {
  it('shows the checked threshold, the two weights and what the slider does', () => {
    const view = show(advisor, { counts: '1000x5,10x5', weight: 10 });
    expect(figure(view, 'collapse begins at')).toBeCloseTo(12.192447, 6);
    expect(figure(view, 'avoids collapse: above')).toBeCloseTo(100 / 12.192447, 6);
    expect(figure(view, 'restores the ETF')).toBe(100);
    // Weight 10 turns R = 100 into R = 10 of the checked curve.
    expect(figure(view, 'minority cosine at the slider')).toBeCloseTo(0.517496, 6);
    expect(view.notices).toEqual([
      'Minority Collapse: minority classifiers coincide.',
      'Collapse is avoided by every minority weight above 8.20180 (exact, R/R0).',
    ]);
    const { verticals } = panel(view, 'cosines', 'line').input;
    expect(verticals!.map(({ label }) => label)).toEqual(['slider', 'R', 'R/R₀']);
    const heat = panel(view, 'heat-now', 'heat').input;
    expect(heat.values[9 * 10 + 8]).toBe(1);
    expect(panel(view, 'groups', 'table').rows.map((row) => row.slice(0, 5))).toEqual([
      [1000, 5, 'majority', 'as given', 1],
      [1000, 5, 'majority', 'slider', 1],
      [1000, 5, 'majority', 'restoring', 1],
      [10, 5, 'minority', 'as given', 1],
      [10, 5, 'minority', 'slider', 10],
      [10, 5, 'minority', 'restoring', 100],
    ]);
  });

  it('searches once the controls rest where counts are more than two', () => {
    const change = { counts: '300x2,60x2,5x2', budget: 2 };
    const moving = show(advisor, change);
    expect(moving.notices[0]).toContain('Searching');
    expect(figure(moving, 'avoids collapse: above')).toBeNull();
    const view = rested(advisor, change);
    expect(view.basis).toMatchObject({ kind: 'numerical', text: expect.stringContaining('bracketed') });
    expect(figure(view, 'avoids collapse: above')).toBeGreaterThan(1);
    expect(panel(view, 'cosines', 'line').input.series[0]!.x.length).toBeGreaterThan(20);
  });

  it('answers the edges: balanced, one minority class, vanished', () => {
    expect(show(advisor, { counts: '100x10' }).notices[0]).toContain('Balanced');
    expect(figure(show(advisor, { counts: '100x9,50' }), 'avoids collapse: above')).toBeNull();
    expect(show(advisor, { counts: '1000x7,1x3' }).notices[0]).toContain('vanishes');
  });

  it('refuses a minority of everybody, and words that are no number', () => {
    expect(() => show(advisor, { minority: '5000' })).toThrow(InvalidInput);
    const control = advisor.controls.find(({ key }) => key === 'minority')!;
    if (control.type !== 'text') throw new Error('no text');
    expect(control.check('most')).toContain('"most"');
    expect(control.check(' smallest ')).toBeNull();
  });
});

describe('losses', () => {
  it('shows the checked loss, cosine and threshold for cross-entropy', () => {
    const view = show(losses, { loss: 'cross-entropy', ratio: 10 });
    expect(figure(view, 'loss')).toBeCloseTo(0.261677, 6);
    expect(figure(view, 'minority cosine')).toBeCloseTo(0.517496, 6);
    expect(figure(view, 'collapse begins at')).toBeCloseTo(12.192447, 5);
    expect(view.basis.kind).toBe('certified');
  });

  it.each(['power', 'exponential', 'pairwise-logistic', 'squared-hinge', 'polynomial-tail', 'contrastive'])(
    '%s: the simplex ETF at R = 1, refined at rest',
    (loss) => {
      const view = show(losses, { loss, ratio: 1, budget: 0.5 });
      expect(figure(view, 'minority cosine')).toBeCloseTo(-1 / 9, 6);
      expect(view.notices).toContain('Balanced classes: the simplex ETF, whatever the loss.');
      const [coarse, fine] = [view, rested(losses, { loss, ratio: 1, budget: 0.5 })].map(
        (each) => panel(each, 'cosines', 'line').input.series[0]!.x.length,
      );
      expect(fine).toBeGreaterThan(coarse!);
    },
  );

  it('says where nothing is lost, and scales the shape', () => {
    expect(show(losses, { loss: 'squared-hinge', budget: 5 }).notices[0]).toContain('one of many');
    expect(show(losses, { loss: 'squared-hinge', budget: 5, shape: 5 }).notices).toEqual([]);
  });
});

describe('per-class budgets', () => {
  it('shows both optima, equal where balanced', () => {
    const balanced = show(perClass, { counts: '7x10' });
    expect(figure(balanced, 'loss, per class')).toBeCloseTo(0.559782, 6);
    expect(figure(balanced, 'difference')).toBeCloseTo(0, 10);
    const view = show(perClass, { counts: '100x5,1x5' });
    expect(figure(view, 'loss, mean budgets')).toBeCloseTo(0.091299, 6);
    expect(figure(view, 'minority cosine, mean budgets')).toBe(1);
    expect(view.notices).toEqual(['Only the mean budgets let the minority collapse here.']);
    const norms = panel(view, 'norms', 'line').input.series;
    expect([...Array.from(norms[0]!.y)].every((value) => Math.abs(value! - 1) < 1e-8)).toBe(true);
  });
});

describe.each([advisor, losses, perClass])('$id', (model) => {
  it('keeps a run that its kind accepts', () => {
    const kept = model.keep(usual(model))!;
    expect(() => checkedValues(findKind(kept.kind)!, kept.parameters)).not.toThrow();
  });

  it('is plain data that crosses from a worker', () => {
    const view = show(model);
    expect(structuredClone(view)).toEqual(view);
  });
});

it('finds the contrastive ratio of collapse once the controls rest', () => {
  const change = { loss: 'contrastive', ratio: 50, budget: 1 };
  expect(figure(show(losses, change), 'collapse begins at')).toBe('once at rest');
  const r0 = Number(figure(rested(losses, change), 'collapse begins at'));
  expect(figure(show(losses, { ...change, ratio: 0.9 * r0 }), 'minority cosine')).toBeLessThan(1);
  expect(figure(show(losses, { ...change, ratio: 1.01 * r0 }), 'minority cosine')).toBe(1);
});

it('says so where a contrastive loss is zero in double precision', () => {
  const view = show(losses, { loss: 'contrastive', budget: 1e4, temperature: 0.05 });
  expect(view.notices[0]).toContain('one of many');
});
