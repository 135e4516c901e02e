/** The small notations and the validation of parameters: what is accepted, and that every refusal names field and value. */
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src-main/jobs/kinds/index.ts';
import { groupEqualCounts, parseCounts, parseLogRange, parseNumbers } from '../../src-main/parameters/counts.ts';
import type { InvalidInput, ParameterSpecification } from '../../src-main/parameters/specification.ts';
import { validateParameters } from '../../src-main/parameters/validate.ts';

describe('counts', () => {
  it('reads groups, bare counts, blanks and the multiplication sign', () => {
    expect(parseCounts('1000x5, 10×5,7')).toEqual({
      value: [
        { samples: 1000, classes: 5 },
        { samples: 10, classes: 5 },
        { samples: 7, classes: 1 },
      ],
    });
    expect(parseCounts('1e6x2')).toEqual({ value: [{ samples: 1e6, classes: 2 }] });
  });

  it.each(['', ' , ', '-1x5', '2.5x2', 'nan', '5x0', '5x1.5', 'abc', '10xx5', '5x-1', 'infx3'])(
    'refuses "%s"',
    (text) => {
      const parsed = parseCounts(text);
      expect('message' in parsed).toBe(true);
      if ('message' in parsed && text.trim() !== '' && text.trim() !== ',')
        expect(parsed.message).toContain(text.trim());
    },
  );

  it('joins equal counts wherever they stand', () => {
    expect(groupEqualCounts([7, 3, 7, 3, 1])).toEqual([
      { samples: 7, classes: 2 },
      { samples: 3, classes: 2 },
      { samples: 1, classes: 1 },
    ]);
  });
});

describe('ranges and lists', () => {
  it('spaces evenly in the logarithm, ends exact', () => {
    const parsed = parseLogRange('1:10000:41');
    if ('message' in parsed) throw new Error(parsed.message);
    expect(parsed.value).toHaveLength(41);
    expect(parsed.value[0]).toBe(1);
    expect(parsed.value[40]).toBe(10000);
    expect(parsed.value[10]).toBeCloseTo(10, 10);
  });

  it.each(['1:10', '0:10:3', '1:-1:3', '1:10:2.5', '1:10:1', 'a:b:c', '1:2:3:4', '1:inf:4', '::'])(
    'refuses "%s"',
    (text) => {
      expect(parseLogRange(text)).toHaveProperty('message');
    },
  );

  it('reads a list of numbers and refuses blanks in it', () => {
    expect(parseNumbers('1, 0.5')).toEqual({ value: [1, 0.5] });
    expect(parseNumbers('')).toEqual({ value: [] });
    expect(parseNumbers('1,,2')).toHaveProperty('message');
  });
});

describe('validation against a specification', () => {
  const specification: ParameterSpecification[] = [
    { type: 'number', key: 'e', flag: 'e', label: 'E', help: '', default: 5, exclusiveMin: 0 },
    { type: 'number', key: 'r', flag: 'r', label: 'R', help: '', default: 1, min: 1, allowInfinity: true },
    { type: 'integer', key: 'p', flag: 'p', label: 'p', help: '', default: null, min: 1, max: 10 },
    { type: 'choice', key: 'c', flag: 'c', label: 'c', help: '', default: 'a', choices: [{ value: 'a', label: 'A' }] },
    { type: 'boolean', key: 'b', flag: 'b', label: 'b', help: '', default: false },
  ];

  it('fills defaults, reads numbers from text, stores infinity as a word', () => {
    expect(validateParameters(specification, {})).toEqual({ e: 5, r: 1, p: null, c: 'a', b: false });
    expect(validateParameters(specification, { e: '2e-1', r: '∞', p: '3', b: 'true' })).toEqual({
      e: 0.2,
      r: 'inf',
      p: 3,
      c: 'a',
      b: true,
    });
    expect(validateParameters(specification, { p: '' })['p']).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['e', 0, 'above 0'],
    ['e', 'x', 'must be a number, got "x"'],
    ['e', NaN, 'must be a number'],
    ['e', 'inf', 'must be finite'],
    ['e', '', 'is required'],
    ['r', '-inf', 'must be finite'],
    ['r', 0.5, 'at least 1, got 0.5'],
    ['p', 2.5, 'whole number, got 2.5'],
    ['p', 11, 'at most 10, got 11'],
    ['c', 'z', 'must be one of a, got "z"'],
    ['b', 1, 'must be true or false (yes or no), got 1'],
    ['nope', 1, 'is not a parameter'],
  ])('refuses %s = %s', (field, value, message) => {
    try {
      validateParameters(specification, { [field]: value });
      expect.unreachable('was accepted');
    } catch (error) {
      expect((error as InvalidInput).issues).toEqual([{ field, value, message: expect.stringContaining(message) }]);
    }
  });

  it('accepts the defaults of every kind', () => {
    for (const kind of kinds) expect(() => validateParameters(kind.parameters, {})).not.toThrow();
  });
});
