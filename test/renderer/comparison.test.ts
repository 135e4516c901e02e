/** Compare: parameters beside each other, with what does not matter to a run set apart. */
import { expect, it } from 'vitest';
import { idle } from '../../src-main/charts/parameter-text.ts';
import { checkedValues, findKind, kinds } from '../../src-main/jobs/kinds/index.ts';
import type { RunRow } from '../../src-renderer/api.ts';
import { parameterLines } from '../../src-renderer/text/comparison.ts';

function trained(parameters: Readonly<Record<string, unknown>>): RunRow {
  const values = checkedValues(findKind('train')!, { source: 'gratings', ...parameters });
  return { kind: 'train', seed: 1, parameters: values } as Partial<RunRow> as RunRow;
}

it('marks what differs among the runs to which it matters, in the words of the form', () => {
  const runs = [trained({ width: 64 }), trained({ network: 'resnet-18' }), trained({ width: 64, optimiser: 'adam' })];
  const lines = parameterLines(runs, kinds);
  const line = (key: string) => lines.find((one) => one.key === key);
  expect(line('network')).toMatchObject({ values: ['MLP', 'ResNet-18', 'MLP'], differs: true });
  expect(line('width')).toMatchObject({ values: ['64', idle, '64'], differs: false });
  expect(line('momentum')).toMatchObject({ values: ['0.9', '0.9', idle], differs: false });
  expect(line('seed')).toMatchObject({ values: ['1', '1', '1'], differs: false });
  // It matters to none of them.
  expect(line('path')).toBeUndefined();
  expect(line('featureRelu')).toBeUndefined();
});

it('runs that draw nothing at random do not differ in their seed', () => {
  const solve = { kind: 'lpm-solve', parameters: checkedValues(findKind('lpm-solve')!, {}) };
  const solves = [3, 4].map((seed) => ({ ...solve, seed }) as Partial<RunRow> as RunRow);
  const seeds = (runs: readonly RunRow[]) => parameterLines(runs, kinds).find(({ key }) => key === 'seed');
  expect(seeds(solves)).toBeUndefined();
  expect(seeds([...solves, trained({})])).toMatchObject({ values: [idle, idle, '1'], differs: false });
  // Of a kind that this studio does not know, nobody can tell.
  expect(seeds(solves.map((run) => ({ ...run, kind: 'later' })))).toMatchObject({ differs: true });
});
