/** A kind that reads its seed says so: where it does not, studio and reports show none. */
import { expect, it } from 'vitest';
import { kinds } from '../../src-main/jobs/kinds/index.ts';
import { validateParameters } from '../../src-main/parameters/validate.ts';

/** Their jobs need a file, minutes, or another process. */
const apart = ['nc-measure', 'train', 'claims'];
/** What makes a job of a kind quick, or draw. */
const given: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'lpm-sweep': { ratios: '1:10:3' },
  'lpm-phase': { xs: '1:10:3', ys: '1:10:3' },
  'deep-linear': { counts: '4x2', depth: 1, loss: 'ce', starts: 1 },
  'deep-linear-sweep': { range: '1:10:3' },
  'deep-linear-descent': { counts: '4x2', depth: 1, widths: '4', steps: 5 },
  'low-rank-head': { counts: '4x3', rank: 1, p: 4 },
  'low-rank-descent': { counts: '4x3', rank: 2, p: 4, epochs: 2, switch: 0 },
  'ridge-sweep': { decays: '1e-4:1e-3:3' },
  'ulpm-flow': { k: 3, n: 1, p: 3, power: 1 },
};

it.each(kinds.filter(({ id }) => !apart.includes(id)).map((kind) => [kind.id, kind] as const))(
  '%s reads the seed of its run, or says that it does not',
  async (id, kind) => {
    let read = false;
    await kind.execute(validateParameters(kind.parameters, given[id] ?? {}), {
      get seed() {
        read = true;
        return 1;
      },
      points: () => undefined,
      log: () => undefined,
      progress: () => undefined,
      artifact: () => undefined,
      breathe: async () => undefined,
    });
    expect(read).toBe(kind.random === true);
  },
);

it('kinds apart say so too', () => {
  expect(apart.map((id) => kinds.find((kind) => kind.id === id)?.random === true)).toEqual([false, true, false]);
});
