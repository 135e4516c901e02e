/** Addresses of screens: every route survives writing and reading; what is no address is said to be none. */
import { describe, expect, it } from 'vitest';
import { formatRoute, parseIds, parseRoute, type Route } from '../../src-renderer/text/routes.ts';

describe('routes', () => {
  const routes: readonly Route[] = [
    { page: 'explorer' },
    { page: 'explorer', model: 'ridge' },
    { page: 'runs' },
    { page: 'new', from: null },
    { page: 'new', from: 7 },
    { page: 'new', from: null, preset: { kind: 'lpm-solve', parameters: {} } },
    { page: 'new', from: 3, preset: { kind: 'lpm-sweep', parameters: { ratios: '1:10:3', note: 'a&b=c ≤ #' } } },
    { page: 'claims' },
    { page: 'run', id: 12 },
    { page: 'compare', runs: [], baseline: null },
    { page: 'compare', runs: [3, 1, 2], baseline: 1 },
    { page: 'report', runs: [5] },
    { page: 'settings' },
  ];

  it.each(routes)('reads what it writes: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('begins at the Explorer, whatever query it keeps there', () => {
    expect(parseRoute('').page).toBe('explorer');
    expect(parseRoute('#/explorer?r=10')).toEqual({ page: 'explorer' });
    expect(parseRoute('#/explorer/ridge?K=10')).toEqual({ page: 'explorer', model: 'ridge' });
  });

  it.each(['#/nothing', '#/run/', '#/run/1e3', '#/run/-1', '#/run/0'])('knows no screen at %s', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'unknown', hash });
  });

  it('reads run numbers once each, in order, and leaves out the rest', () => {
    expect(parseIds('3,x,1,3,,2')).toEqual([3, 1, 2]);
    expect(parseIds(null)).toEqual([]);
  });
});
