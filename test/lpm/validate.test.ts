/** Bad problems are refused with the field and the value by name. */
import { describe, expect, it } from 'vitest';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { validateProblem } from '../../src-main/lpm/validate.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';

const good: LpmProblem = {
  groups: [
    { samples: 100, classes: 5, weight: 1 },
    { samples: 10, classes: 5, weight: 1 },
  ],
  featureBudget: 5,
  classifierBudget: 1,
  dimension: null,
};
const group = (samples: number, classes = 2, weight = 1) => ({ ...good, groups: [{ samples, classes, weight }] });

it('lets a good problem through unchanged', () => {
  expect(validateProblem(good)).toBe(good);
});

describe('names the field and the value', () => {
  it.each<[string, LpmProblem, string, string]>([
    ['negative count', group(-3), 'counts', '-3'],
    ['fractional count', group(2.5), 'counts', '2.5'],
    ['NaN count', group(NaN), 'counts', 'NaN'],
    ['all counts zero', group(0), 'counts', '0'],
    ['one class', group(10, 1), 'counts', '1'],
    ['fractional classes', group(10, 1.5), 'counts', '1.5'],
    ['negative weight', group(10, 2, -1), 'weights', '-1'],
    ['all weights zero', group(10, 2, 0), 'weights', '0'],
    ['E_H = 0', { ...good, featureBudget: 0 }, 'eh', '0'],
    ['E_W < 0', { ...good, classifierBudget: -2 }, 'ew', '-2'],
    ['E_W infinite', { ...good, classifierBudget: Infinity }, 'ew', 'Infinity'],
    ['p = 0', { ...good, dimension: 0 }, 'p', '0'],
    ['p fractional', { ...good, dimension: 1.5 }, 'p', '1.5'],
  ])('%s', (_, problem, field, value) => {
    try {
      validateProblem(problem);
      expect.unreachable('was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      const [issue] = (error as InvalidInput).issues;
      expect(issue!.field).toBe(field);
      expect(issue!.message).toContain(value);
    }
  });

  it('reports every fault at once', () => {
    try {
      validateProblem({ ...group(-1), featureBudget: 0, dimension: 0 });
      expect.unreachable('was accepted');
    } catch (error) {
      expect((error as InvalidInput).issues.map((issue) => issue.field)).toEqual(['counts', 'eh', 'p']);
    }
  });
});
