/** The phase tab: checked thresholds in view, cells that agree with single solves, points that open where they are. */
import { expect, test } from 'vitest';
import { phaseFromValues } from '../../../src-main/jobs/kinds/lpm-phase.ts';
import { solve } from '../../../src-main/lpm/solve.ts';
import { ratioProblem } from '../../../src-main/lpm/two-group-problem.ts';
import type { ModelSetting, ModelView, Panel } from '../../../src-renderer/models/model.ts';
import { phase } from '../../../src-renderer/models/phase.ts';
import { readAddress } from '../../../src-renderer/pages/explorer/address.ts';
import { defaultsOf } from '../../../src-renderer/pages/explorer/model-address.ts';

const at = (changes: ModelSetting = {}): ModelSetting => ({ ...defaultsOf(phase), ...changes });
const gridOf = (view: ModelView): Extract<Panel, { type: 'grid' }>['input'] => {
  const [panel] = view.panels;
  if (panel?.type !== 'grid') throw new Error('a grid is expected');
  return panel.input;
};
const figure = (view: ModelView, label: string) => view.figures.find((one) => one.label === label)!.value;

test('shows the checked values of K = 10, K_A = 5, E_H·E_W = 5, R = 10', () => {
  const view = phase.compute(at());
  expect(view.basis.kind).toBe('certified');
  expect(figure(view, 'at the sliders')).toBeCloseTo(0.517496, 6);
  expect(figure(view, 'minority collapses')).toBeCloseTo(12.192447, 6);
  expect(figure(view, 'minority vanishes')).toBeNull();
  expect(gridOf(view).contours.some((contour) => contour.label === 'R₀')).toBe(true);
});

test('cells are the optima of their points, by the general solver', () => {
  const setting = at({ weight: 2, share: 0.3 });
  const { xs, ys, values } = gridOf(phase.compute(setting));
  for (const [column, row] of [
    [3, 30],
    [20, 39],
    [35, 5],
  ] as const) {
    const { groups } = solve(
      ratioProblem({
        majorityClasses: 3,
        minorityClasses: 7,
        ratio: xs[column]!,
        featureBudget: ys[row]!,
        classifierBudget: 1,
        minorityWeight: 2,
      }),
    );
    const cell = values[row * xs.length + column] ?? NaN;
    const cosine = groups[1]!.classifierCosine;
    if (cosine === null) expect(cell).toBeNaN();
    else expect(cell).toBeCloseTo(cosine, 6);
  }
});

test('every pair of axes and every quantity can be drawn', () => {
  const choices = (key: string): string[] => {
    const control = phase.controls.find((one) => one.key === key);
    return control?.type === 'choice' ? control.choices.map((choice) => choice.value) : [];
  };
  for (const x of choices('x')) {
    for (const y of choices('y')) {
      if (x === y) continue;
      const { xs, ys, values } = gridOf(phase.compute(at({ x, y, ratio: 3, budget: 4 })));
      expect(values.length, `${x} ${y}`).toBe(xs.length * ys.length);
      expect(Array.from(values).some((value) => Number.isFinite(value))).toBe(true);
    }
  }
  for (const quantity of choices('quantity'))
    expect(figure(phase.compute(at({ quantity })), 'at the sliders'), quantity).toEqual(expect.any(Number));
});

test('the same axis twice is refused, and the field named', () => {
  expect(() => phase.compute(at({ y: 'ratio' }))).toThrow(/^y: /);
});

test('refining pauses often and ends with a finer diagram of the same quantity', () => {
  const steps = [...phase.refine!(at())];
  const views = steps.filter((step) => step !== null);
  expect(views).toHaveLength(1);
  expect(gridOf(views[0]!).values.length).toBe(40_000);
  expect(figure(views[0]!, 'at the sliders')).toBeCloseTo(0.517496, 6);
});

test('a point opens in the Layer-Peeled Model with all five numbers', () => {
  const setting = at({ x: 'share', y: 'classes', ratio: 7, weight: 3 });
  const picked = phase.pick!(setting, 'diagram', 0.3, 20)!;
  const { view, errors } = readAddress(picked.address);
  expect(errors).toEqual([]);
  expect(view.setting).toEqual({ ka: 6, kb: 14, r: 7, wr: 3, eh: 5, ew: 1, p: Infinity });
  expect(picked.label).toContain('K_A/K = 0.3, K = 20');
});

test('what is kept as a run is the fine diagram on screen', () => {
  const kept = phase.keep(at({ x: 'weight', y: 'share' }))!;
  expect(kept.kind).toBe('lpm-phase');
  const request = phaseFromValues(kept.parameters);
  expect(request.x).toEqual({ key: 'weight', from: 1, to: 1e4, count: 200 });
  expect(request.y).toMatchObject({ key: 'share', from: 0.05, to: 0.95 });
  expect(request.fixed).toMatchObject({ ratio: 10, budget: 5, classes: 10 });
});
