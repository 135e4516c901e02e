/** A form that stands for several runs: lists in number fields become every combination, other commas stay text. */
import { describe, expect, it } from 'vitest';
import type { ParameterSpecification } from '../../src-renderer/api.ts';
import { expandGrid, gridSize } from '../../src-renderer/text/grid.ts';
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
