/** Paths of a run are kept whole: it may be resumed by a studio that was started in another folder. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { withWholePaths } from '../../src-main/api/whole-paths.ts';
import { findKind } from '../../src-main/jobs/kinds/index.ts';

it('makes relative paths whole, and touches nothing else', () => {
  const { parameters } = findKind('train')!;
  const whole = (path: unknown): unknown => withWholePaths(parameters, { path, source: './idx' });
  expect(whole(' ../data ')).toEqual({ path: resolve('..', 'data'), source: './idx' });
  expect(whole('~/data')).toEqual({ path: join(homedir(), 'data'), source: './idx' });
  for (const kept of [resolve('/data'), '', 7, null, undefined])
    expect(whole(kept)).toEqual({ path: kept, source: './idx' });
});

it('every path that a kind asks for is one', () => {
  const paths = (id: string): readonly string[] =>
    findKind(id)!.parameters.flatMap((one) => (one.type === 'text' && one.path ? [one.key] : []));
  expect(paths('train')).toEqual(['path']);
  expect(paths('nc-measure')).toEqual(['file']);
});
