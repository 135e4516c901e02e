/** The deep linear tab: checked values on screen, notices where they belong, and quick at its extremes. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind } from '../../../src-main/jobs/kinds/index.ts';
import { rootCeiling, zeroBound } from '../../../src-main/models/deep-linear/scalar.ts';
import { deepLinear } from '../../../src-renderer/models/deep-linear.ts';
import type { ModelSetting, Panel } from '../../../src-renderer/models/model.ts';

const usual: ModelSetting = Object.fromEntries(deepLinear.controls.map((control) => [control.key, control.default]));
const view = (change: ModelSetting = {}) => deepLinear.compute({ ...usual, ...change });
const panel = (id: string, change: ModelSetting = {}): Panel => view(change).panels.find((each) => each.id === id)!;
const figure = (label: string, change: ModelSetting = {}) =>
  view(change).figures.find((each) => each.label === label)!.value;

function lines(id: string, change: ModelSetting = {}) {
  const found = panel(id, change);
  if (found.type !== 'line') throw new Error(`${id} is no line chart`);
  return found.input;
}

it('shows the checked values', () => {
  expect((figure('objective') as number).toFixed(8)).toBe('0.01221840');
  expect((figure('objective', { depth: 1 }) as number).toFixed(8)).toBe('0.01894214');
  const table = panel('classes');
  if (table.type !== 'table') throw new Error('no table');
  expect(table.rows.map((row) => (row[2] as number).toFixed(6))).toEqual([
    '52.882676',
    '31.322298',
    '18.502206',
    '18.502206',
  ]);
  expect(figure('zero bound')).toBeCloseTo(0.529134, 6);
  expect(figure('frame', { counts: '50x5', bias: 'yes' })).toBe('simplex ETF');
});

describe('the scalar chart', () => {
  it('dots the minimiser: no value of the curve is below it', () => {
    const { series, dots } = lines('scalar');
    const lowest = Math.min(...Array.from(series[0]!.y, (y) => y ?? Infinity));
    expect(dots![0]!.y).toBeLessThanOrEqual(lowest);
    expect(lowest - dots![0]!.y).toBeLessThan(1e-3);
  });

  it('marks the trap: larger root above zero, and says so', () => {
    // b ∝ λ^{4/3} for M = 3: the decay that puts class 1 between bound and ceiling.
    const price = figure('price of class 1') as number;
    const aim = (zeroBound(3) + rootCeiling(3)) / 2;
    const decay = 5e-4 * (aim / price) ** 0.75;
    const change = { decay, featureDecay: decay };
    expect(figure('price of class 1', change)).toBeCloseTo(aim, 10);
    const { dots } = lines('scalar', change);
    expect(dots![0]!).toMatchObject({ x: 0, y: 1 });
    expect(dots![1]!.y).toBeGreaterThan(1);
    expect(view(change).notices.some((text) => text.includes('larger root'))).toBe(true);
    expect(view().notices).toEqual([]);
  });
});

it('draws the thresholds where curves become zero', () => {
  for (const id of ['count', 'ratio']) {
    const { series, verticals } = lines(id);
    const threshold = verticals!.find(({ kind }) => kind === 'threshold')!.x;
    const last = series.at(-1)!;
    Array.from(last.x).forEach((x, i) => {
      const alive = id === 'count' ? x > threshold : x < threshold;
      expect((last.y[i] ?? NaN) > 0).toBe(alive);
    });
  }
});

it('says what the widths remove, what ties leave open and where classes coincide', () => {
  expect(view({ width: 2 }).notices.join(' ')).toContain('room for 2');
  expect(view({ width: 3 }).notices.join(' ')).toContain('which of them survive is open');
  expect(view({ counts: '1000x2,2x3', bias: 'yes' }).notices.join(' ')).toContain('Minority Collapse');
  expect(view({ decay: 1, featureDecay: 1 }).notices.join(' ')).toContain('4 of 4 classes have vanished');
});

it('refuses counts in words, keeps a run that its kind takes', () => {
  const control = deepLinear.controls[0]!;
  if (control.type !== 'text') throw new Error('counts are text');
  expect(control.check('5,0')).toContain('at least 1 sample');
  expect(control.check('5')).toContain('2 to 60 classes');
  expect(control.check('nonsense')).toContain('nonsense');
  expect(control.check('5x2')).toBeNull();
  for (const change of [{}, { width: 3, bias: 'yes' }]) {
    const kept = deepLinear.keep({ ...usual, ...change })!;
    expect(checkedValues(findKind(kept.kind)!, kept.parameters)).toMatchObject({ counts: '200,100,50x2' });
  }
});

it('stays within its time at the usual values and at the extremes', () => {
  const time = (change: ModelSetting): number => {
    view(change);
    const start = performance.now();
    for (let i = 0; i < 3; i++) view(change);
    return (performance.now() - start) / 3;
  };
  // Generous, the machine may be shared: measured 4 ms and 100 ms.
  expect(time({})).toBeLessThan(40);
  expect(time({ counts: Array.from({ length: 60 }, (_, k) => 1000 - 9 * k).join(','), bias: 'yes' })).toBeLessThan(
    2000,
  );
});
