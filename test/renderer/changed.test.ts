/** What a folded group of the form says of its fields. */
import { expect, it } from 'vitest';
import type { ParameterSpecification } from '../../src-main/api/contract.ts';
import { changedText } from '../../src-renderer/text/changed.ts';

const parameters: readonly ParameterSpecification[] = [
  { type: 'integer', key: 'width', flag: 'width', label: 'Width', help: '', default: 512 },
  { type: 'integer', key: 'rank', flag: 'rank', label: 'Rank', help: '', default: null },
  { type: 'boolean', key: 'bias', flag: 'bias', label: 'Bias', help: '', default: true },
  {
    type: 'choice',
    key: 'loss',
    flag: 'loss',
    label: 'Loss',
    help: '',
    default: 'ce',
    choices: [
      { value: 'ce', label: 'cross-entropy' },
      { value: 'mse', label: 'squared' },
    ],
  },
];

it('names what is not as usual, in the words of the form', () => {
  const usual = { width: '512', rank: '', bias: true, loss: 'ce' };
  expect(changedText(parameters, usual)).toBe('The usual values');
  expect(changedText(parameters, {})).toBe('The usual values');
  expect(changedText(parameters, { ...usual, width: '', rank: '2,5', bias: false, loss: 'mse' })).toBe(
    'Width not set · Rank 2,5 · Bias no · Loss squared',
  );
});
