/** The ridge tab and the budget-to-SELI tab: checked values on screen, limits, notices, kept runs, quick at the extremes. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind } from '../../../src-main/jobs/kinds/index.ts';
import { frames } from '../../../src-renderer/models/frames.ts';
import type { ExplorerModel, ModelSetting, ModelView } from '../../../src-renderer/models/model.ts';
import { ridge } from '../../../src-renderer/models/ridge.ts';

const usual = (model: ExplorerModel): ModelSetting =>
  Object.fromEntries(model.controls.map((control) => [control.key, control.default]));
const show = (model: ExplorerModel, change: ModelSetting = {}): ModelView =>
  model.compute({ ...usual(model), ...change });
const figure = (model: ExplorerModel, label: string, change: ModelSetting = {}) =>
  show(model, change).figures.find((each) => each.label === label)!.value;

function lines(model: ExplorerModel, id: string, change: ModelSetting = {}) {
  const panel = show(model, change).panels.find((each) => each.id === id)!;
  if (panel.type !== 'line') throw new Error(`${id} is no line chart`);
  return panel.input;
}

/** Milliseconds, the best of three: other work on the machine does not count. */
function quickest(work: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );
}

describe('ridge', () => {
  it('shows Hong and Ling’s threshold: n_B = 100 at l = 0.005 collapses from n_A = 300 on', () => {
    const at = (samples: number) => ({ samples, ratio: samples / 100, lw: 0.005, lh: 0.005 });
    expect(figure(ridge, 'collapse up to', at(300))).toBeCloseTo(100, 9);
    expect(figure(ridge, 'collapse from', at(299))).toBeCloseTo(300, 9);
    expect(figure(ridge, 'collapse from', { ...at(299), ka: 3, kb: 7 })).toBeCloseTo(1300 / 3, 9);
    expect(figure(ridge, 'minority cosine', at(299))).toBeLessThan(1);
    expect(figure(ridge, 'minority cosine', at(301))).toBe(1);
    expect(show(ridge, at(301)).notices).toContainEqual(expect.stringContaining('Minority Collapse'));
    const { verticals } = lines(ridge, 'cosines', at(299));
    expect(verticals!.find(({ label }) => label === 'collapse')!.x).toBeCloseTo(10 / 1995, 12);
  });

  it('shows the checked objective of the squared loss', () => {
    // science.md, section 3: balanced n = 100 × 4 at λ = 5e-4, M = 1.
    const balanced = { samples: 100, ratio: 1, ka: 2, kb: 2, lw: 5e-4, lh: 5e-4, loss: 'squared' };
    expect(figure(ridge, 'objective', balanced)).toBeCloseTo(0.0198, 10);
  });

  it('labels the spectrum by what the values separate', () => {
    const panel = show(ridge, { ka: 3, kb: 4 }).panels.find(({ id }) => id === 'spectrum')!;
    if (panel.type !== 'spectrum') throw new Error('no spectrum');
    const counted = Object.fromEntries(panel.input.parts.map(({ role, multiplicity }) => [role, multiplicity]));
    expect(counted).toEqual({ majority: 2, minority: 3, between: 1 });
    expect(panel.input.size).toBe(7);
    const values = panel.input.parts.map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('says what is zero and what the limits are', () => {
    expect(show(ridge, { lw: 1, lh: 1 }).notices[0]).toContain('All logits are zero');
    expect(show(ridge, { bias: 'yes' }).notices.join()).toContain('not SELI');
    expect(show(ridge, { normalisation: 'class' }).notices.join()).toContain('ETF');
    expect(() => show(ridge, { loss: 'squared', bias: 'yes', normalisation: 'class' })).toThrow('normalisation');
  });
});

describe('from budget to SELI', () => {
  it('ends in SELI with its checked values', () => {
    const setting = { ratio: 100, budget: Infinity };
    expect(figure(frames, 'minority cosine', setting)).toBeCloseTo(0.33803, 5);
    expect(figure(frames, 'features, of SELI', setting)).toBeCloseTo(-0.22839, 5);
    expect(figure(frames, 'of SELI', { ratio: 7 })).toBeCloseTo(0, 12);
    expect(figure(frames, 'of the LPM', setting)).toBeCloseTo(-1 / 9, 12);
  });

  it('shows checked values of the Layer-Peeled Model at E_H E_W = 5, R = 10', () => {
    // science.md, section 1: cos w_BB .517496.
    expect(figure(frames, 'of the LPM', { ratio: 10, budget: Math.sqrt(5) })).toBeCloseTo(0.517496, 6);
  });

  it('draws distances that fall to SELI with decay and to the ETF with budgets', () => {
    const { series } = lines(frames, 'distances', { ratio: 20 });
    const last = (name: string) => series.find((each) => each.name === name)!.y[series[0]!.x.length - 1]!;
    expect(last('to SELI')).toBeLessThan(0.02);
    expect(last('to the ETF')).toBeGreaterThan(0.2);
    expect(last('LPM to the ETF')).toBeLessThan(0.02);
    const x = Array.from(series[0]!.x);
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(x.at(-1)! / x[0]!).toBeGreaterThan(1000);
  });

  it('has the threshold of collapse on its way', () => {
    const { series, verticals } = lines(frames, 'cosines', { ratio: 50 });
    const collapse = verticals!.find(({ label }) => label === 'collapse')!.x;
    const { x, y } = series.find(({ name }) => name === 'decay per sample')!;
    Array.from(x).forEach((budget, i) => {
      if (y[i] === null) return;
      expect(y[i] === 1, `budget ${budget}`).toBe(budget <= collapse);
    });
  });
});

describe.each([ridge, frames])('$id', (model) => {
  const extremes: ModelSetting[] = [
    {},
    { ka: 1, kb: 1 },
    { ka: 50, kb: 50 },
    { ratio: 1e6 },
    { ratio: 1 },
    { lw: 1e-100, lh: 1e-100 },
    { budget: 0.01 },
    { budget: 300 },
    { ratio: 1e6, budget: 300 },
  ];

  it('computes at its extremes, certified and within the time of a drag', () => {
    for (const change of extremes) {
      const { basis, panels } = show(model, change);
      expect(quickest(() => show(model, change))).toBeLessThan(300);
      expect(basis.kind, JSON.stringify(change)).toBe('certified');
      expect(() => structuredClone(panels)).not.toThrow();
      for (const panel of panels)
        if (panel.type === 'line')
          for (const { y } of panel.input.series)
            expect(Array.from(y).every((value) => value === null || Number.isFinite(value))).toBe(true);
    }
  });

  it('keeps what is on screen as a run that its kind accepts', () => {
    for (const change of [...extremes, { budget: Infinity, ratio: 12.345 }]) {
      const { kind, parameters } = model.keep({ ...usual(model), ...change })!;
      expect(() => checkedValues(findKind(kind)!, parameters)).not.toThrow();
    }
  });
});
