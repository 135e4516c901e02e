/** random: against its definition. */
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../src-main/numerics/random.ts';

const draw = (seed: number, count: number, kind: 'uniform' | 'normal'): number[] => {
  const source = randomSource(seed);
  return Array.from({ length: count }, () => source[kind]());
};

const moment = (x: readonly number[], power: number): number => x.reduce((sum, v) => sum + v ** power, 0) / x.length;

describe('random source', () => {
  it('repeats itself for a seed and differs between seeds, also adjacent ones', () => {
    expect(draw(7, 20, 'uniform')).toEqual(draw(7, 20, 'uniform'));
    const first = new Set(Array.from({ length: 1000 }, (_, seed) => draw(seed, 1, 'uniform')[0]));
    expect(first.size).toBe(1000);
  });

  it('has the moments of the uniform and the normal distribution within five standard errors', () => {
    const n = 200_000;
    const u = draw(1, n, 'uniform');
    expect(Math.min(...u.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(Math.abs(moment(u, 1) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(moment(u, 2) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n));
    const z = draw(2, n, 'normal');
    expect(Math.abs(moment(z, 1))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(moment(z, 2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(z, 4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    const lag = z.slice(1).reduce((sum, v, i) => sum + v * z[i]!, 0) / n;
    expect(Math.abs(lag)).toBeLessThan(5 / Math.sqrt(n));
  });
});
