/** The runs table's arithmetic: which columns are drawn, how numbers line up, what is copied, what a condition says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FractionWidths, padFraction, widestFraction } from '../../src-renderer/text/align.ts';
import { columnWindow } from '../../src-renderer/text/column-window.ts';
import { parameterText } from '../../src-main/charts/parameter-text.ts';
import { kinds } from '../../src-main/jobs/kinds/index.ts';
import { columnOf, copyText } from '../../src-renderer/text/columns.ts';
import { choicesOf, conditionText, operatorsFor, parseCondition } from '../../src-renderer/text/conditions.ts';
import type { ParameterSpecification, RunKind, RunRow } from '../../src-renderer/api.ts';

const run: RunRow = {
  id: 1,
  experimentId: 1,
  experiment: 'First',
  kind: 'lpm-solve',
  name: 'A\trun',
  status: 'done',
  note: '',
  tags: ['a', 'b'],
  seed: 4,
  parameters: { eh: 0.1 + 0.2, p: null },
  metrics: {
    objective: {
      n: 1,
      nonFinite: 0,
      firstX: 0,
      first: 1 / 3,
      lastX: 0,
      last: 1 / 3,
      min: 1 / 3,
      minX: 0,
      max: 1 / 3,
      maxX: 0,
    },
  },
  createdAt: 0,
  startedAt: 0,
  endedAt: 1_500,
  earlier: 0,
  archived: false,
  trashed: false,
  progress: null,
  error: null,
};

describe('columns in sight', () => {
  it('fill the width together with what is left before and after, and cover what is looked at', () => {
    const widths = fc.array(fc.integer({ min: 20, max: 300 }), { maxLength: 200 });
    fc.assert(
      fc.property(widths, fc.nat(20_000), fc.integer({ min: 1, max: 2_000 }), (all, from, width) => {
        const window = columnWindow(all, from, from + width, 0);
        const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
        expect(window.before + sum(all.slice(window.start, window.end)) + window.after).toBe(sum(all));
        expect(window.before).toBeLessThanOrEqual(Math.max(from, 0));
        if (window.after > 0) expect(sum(all) - window.after).toBeGreaterThanOrEqual(from + width);
      }),
    );
  });
});

describe('numbers of a column', () => {
  it('end at the same distance from their decimal point', () => {
    const texts = ['1.5', '0.25', '12', '−3.125'];
    const widest = widestFraction(texts);
    expect(texts.map((text) => padFraction(text, widest).length - text.split('.')[0]!.length)).toEqual([4, 4, 4, 4]);
  });

  it('leave words alone', () => {
    expect(widestFraction(['NaN', '–', 'e', '200x1'])).toBe(0);
  });

  it('stand with their points in one place, exponents or not', () => {
    const texts = ['3.1e-12', '0.0571800', '7e9', '12'];
    const padded = texts.map((text) => padFraction(text, widestFraction(texts)));
    const lengths = padded.map((text) => text.length - text.search(/[.e]|$|\u00a0/));
    expect(lengths).toEqual([8, 8, 8, 8]);
  });

  it('measure a page once', () => {
    let calls = 0;
    const column = {
      key: 'm:x',
      text: (value: number): string => {
        calls++;
        return String(value);
      },
    };
    const widths = new FractionWidths<number>();
    const pages = [[1.25, 2], [3]];
    expect([widths.of(column, pages), widths.of(column, pages)]).toEqual([3, 3]);
    expect(calls).toBe(3);
  });
});

describe('copying', () => {
  it('gives every digit, one line a run, and no stray tabs', () => {
    const columns = ['p:eh', 'p:p', 'm:objective', 'duration'].map((key) => columnOf(key, [])!);
    expect(copyText([run], columns).split('\n')).toEqual([
      'Name\teh\tp\tobjective\tduration',
      'A run\t0.30000000000000004\t\t0.3333333333333333\t1500 ms',
    ]);
  });

  it('knows no column of an unknown name', () => {
    expect(columnOf('nothing', [])).toBeNull();
  });
});

describe('values of parameters', () => {
  const common = { key: 'a', flag: 'a', label: 'A', help: '', group: '' };

  it('are in the words of the form: the label of a choice, a unit where there is a value', () => {
    const choices = [{ value: 'ratio', label: 'Imbalance ratio R' }];
    const choice = { ...common, type: 'choice' as const, default: 'ratio', choices };
    const count = { ...common, type: 'integer' as const, default: null, unit: 'samples' };
    expect(parameterText(choice, 'ratio')).toBe('Imbalance ratio R');
    expect(parameterText(choice, 'of an older version')).toBe('of an older version');
    expect([parameterText(count, 12), parameterText(count, null)]).toEqual(['12\u00a0samples', '–']);
    expect(parameterText(undefined, true)).toBe('yes');
  });

  it('in a column are those of the run’s own kind, and blank where they do not matter to it', () => {
    const losses = (value: string, label: string): ParameterSpecification => {
      return { ...common, key: 'loss', type: 'choice', default: value, choices: [{ value, label }] };
    };
    const shape = { ...common, key: 'shape', type: 'number', default: 2, when: [{ loss: ['b'] }] } as const;
    const kind = (id: string, own: readonly ParameterSpecification[]): RunKind => {
      return { id, label: id, description: '', parameters: own, metrics: [], charts: [] };
    };
    const kinds = [kind('one', [losses('a', 'First')]), kind('two', [losses('a', 'Second'), shape])];
    const two = { ...run, kind: 'two', parameters: { loss: 'a', shape: 2 } };
    expect(columnOf('p:loss', kinds)!.text(two)).toBe('Second');
    expect(columnOf('p:shape', kinds)!.text(two)).toBe('–');
    // What is copied stays raw.
    expect(columnOf('p:loss', kinds)!.exact(two)).toBe('a');
  });
});

describe('conditions', () => {
  it.each(['p:eh>=5', 'm:objective<0.3', 'status=done', 'experiment!=First one'])('read and write %s', (text) => {
    expect(conditionText(parseCondition(text)!)).toBe(text);
  });

  it('offer the choices of a parameter by the labels that the table shows', () => {
    const network = choicesOf('p:network', kinds)!;
    expect(network).toContainEqual({ value: 'mlp', label: 'MLP' });
    expect(choicesOf('p:eh', kinds)).toBe(null);
    expect(choicesOf('status', kinds)).toBe(null);
    // Kinds of different words for the same loss: every label is there once.
    const losses = choicesOf('p:loss', kinds)!.map(({ label }) => label.toLowerCase());
    expect(new Set(losses).size).toBe(losses.length);
    expect(losses).toContain('cross-entropy (ce)');
  });

  it('offer an order only where there is one', () => {
    expect(operatorsFor('p:eh')).toHaveLength(6);
    expect(operatorsFor('status').map(({ value }) => value)).toEqual(['=', '!=']);
    expect(operatorsFor('tag').map(({ value }) => value)).toEqual(['=']);
  });
});
