/** Learning-rate schedules at the points that define them. */
import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../../../src-main/training/networks/index.ts';

const near = (value: number, expected: number): void => expect(value).toBeCloseTo(expected, 12);

describe('schedules', () => {
  it('by steps fall at epochs 116 and 233 of 350', () => {
    const factor = scheduleOf({ kind: 'step', warmUp: 0 }, 350);
    const at = (epoch: number): number => factor(epoch / 350);
    expect([0, 115, 115.99, 116, 232, 232.99, 233, 350].map(at)).toEqual([1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01]);
  });

  it('by steps begin at the full rate however short training is', () => {
    for (const epochs of [1, 2, 3, 4, 5]) {
      const factor = scheduleOf({ kind: 'step', warmUp: 0 }, epochs);
      expect([0, 0.4, 0.99].map(factor)).toEqual([1, 0.1, 0.01]);
    }
  });

  it('by cosine pass 1, a half, 0', () => {
    const factor = scheduleOf({ kind: 'cosine', warmUp: 0 }, 10);
    near(factor(0), 1);
    near(factor(1 / 3), 0.75);
    near(factor(0.5), 0.5);
    near(factor(1), 0);
  });

  it('rise linearly while they warm up, and the cosine starts after', () => {
    const constant = scheduleOf({ kind: 'constant', warmUp: 0.1 }, 10);
    expect([0, 0.05, 0.1, 1].map(constant)).toEqual([0, 0.5, 1, 1]);
    const cosine = scheduleOf({ kind: 'cosine', warmUp: 0.2 }, 10);
    near(cosine(0.1), 0.5);
    near(cosine(0.2), 1);
    near(cosine(0.6), 0.5);
    near(cosine(1), 0);
  });

  it('are refused where the warm-up is all of training', () => {
    expect(() => scheduleOf({ kind: 'step', warmUp: 1 }, 10)).toThrow(/warmUp/);
    expect(() => scheduleOf({ kind: 'step', warmUp: 0 }, 0)).toThrow(/epochs/);
  });
});
