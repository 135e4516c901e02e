/** A form that stands for several runs: lists in number fields become every combination, other commas stay text. */
import { describe, expect, it } from 'vitest';
import type { ParameterSpecification } from '../../src-renderer/api.ts';
import { expandGrid, fieldsThatMatter, gridSize, type FormValues } from '../../src-renderer/text/grid.ts';
import { commonTags, mergeTags, parseTags } from '../../src-renderer/text/tags.ts';

const number = (key: string): ParameterSpecification => ({
  type: 'number',
  key,
  flag: key,
  label: key,
  help: '',
  default: 1,
});
const parameters: readonly ParameterSpecification[] = [
  number('eh'),
  number('ew'),
  { type: 'counts', key: 'counts', flag: 'counts', label: 'counts', help: '', default: '5x2' },
];

describe('grid', () => {
  it('is one run for plain values, and counts are never a list of runs', () => {
    const values = { eh: '5', ew: '1', counts: '10x5,1x5' };
    expect(expandGrid(parameters, values)).toEqual([{ parameters: values, suffix: '' }]);
  });

  it('takes lists of numbers apart at semicolons, and says where a list leaves a value out', () => {
    const numbers: ParameterSpecification = {
      type: 'numbers',
      key: 'a',
      flag: 'a',
      label: 'a',
      help: '',
      default: '',
    };
    const runs = expandGrid([numbers, number('r')], { a: '0,1; 0,1,2', r: '2,' });
    expect(runs.map((run) => run.parameters)).toEqual([
      { a: '0,1', r: '2' },
      { a: '0,1', r: '' },
      { a: '0,1,2', r: '2' },
      { a: '0,1,2', r: '' },
    ]);
    expect(runs[1]?.suffix).toBe('a=0,1, r=not set');
    expect(gridSize([numbers], { a: '0,1' })).toBe(1);
  });

  it('is every combination of the lists, named by what varies', () => {
    const runs = expandGrid(parameters, { eh: '1, 2', ew: '3,4,5', counts: '5x2' });
    expect(gridSize(parameters, { eh: '1, 2', ew: '3,4,5', counts: '5x2' })).toBe(6);
    expect(runs.map((run) => run.suffix)).toEqual([
      'eh=1, ew=3',
      'eh=1, ew=4',
      'eh=1, ew=5',
      'eh=2, ew=3',
      'eh=2, ew=4',
      'eh=2, ew=5',
    ]);
  });
});

describe('fields that do not matter', () => {
  const choice: ParameterSpecification = {
    type: 'choice',
    key: 'network',
    flag: 'network',
    label: 'network',
    help: '',
    default: 'mlp',
    choices: [
      { value: 'mlp', label: 'MLP' },
      { value: 'cnn', label: 'CNN' },
    ],
  };
  const rank = { ...number('rank'), default: null, when: [{ network: ['mlp'] }] } as ParameterSpecification;
  const factors: ParameterSpecification = {
    type: 'boolean',
    key: 'spectral',
    flag: 'spectral',
    label: 'spectral',
    help: '',
    default: true,
    when: [{ rank: 'given' }],
  };
  const all = [choice, rank, factors];
  const shown = (values: FormValues): string[] => fieldsThatMatter(all, values).map(({ key }) => key);

  it('are not shown, and are where they matter for one value of a list', () => {
    expect(shown({})).toEqual(['network', 'rank']);
    expect(shown({ rank: '2' })).toEqual(['network', 'rank', 'spectral']);
    expect(shown({ rank: ' , 2' })).toEqual(['network', 'rank', 'spectral']);
    expect(shown({ network: 'cnn', rank: '2' })).toEqual(['network']);
  });

  it('make no runs of the lists they hold, and are left out of what is queued', () => {
    const values = { network: 'cnn', rank: '2,4', spectral: false };
    expect(gridSize(all, values)).toBe(1);
    expect(expandGrid(all, values)).toEqual([{ parameters: { network: 'cnn' }, suffix: '' }]);
  });

  it('are left out run by run', () => {
    const runs = expandGrid(all, { network: 'mlp', rank: '2,', spectral: false });
    expect(runs.map(({ parameters: own }) => own)).toEqual([
      { network: 'mlp', rank: '2', spectral: false },
      { network: 'mlp', rank: '' },
    ]);
  });
});

describe('tags', () => {
  it('are separated by commas, once each', () => {
    expect(parseTags(' a, b,,a ')).toEqual(['a', 'b']);
  });

  it('of several runs: what is shared changes, what is a run’s own stays', () => {
    const [first, second] = [
      ['a', 'b', 'x'],
      ['b', 'a'],
    ];
    const shared = commonTags([first!, second!]);
    expect(shared).toEqual(['a', 'b']);
    expect(mergeTags(first!, shared, ['b', 'c'])).toEqual(['b', 'x', 'c']);
    expect(mergeTags(second!, shared, ['b', 'c'])).toEqual(['b', 'c']);
  });
});
