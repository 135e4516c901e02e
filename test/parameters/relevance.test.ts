/** Where parameters matter: what conditions mean, what new input may name, and that every kind declares conditions that can hold. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind, kinds } from '../../src-main/jobs/kinds/index.ts';
import { conditionText, mattersAt, valuesThatMatter } from '../../src-main/parameters/relevance.ts';
import type { InvalidInput, ParameterSpecification, ParameterValue } from '../../src-main/parameters/specification.ts';
import { validateParameters } from '../../src-main/parameters/validate.ts';

const common = (key: string) => ({ key, flag: `the-${key}`, label: `The ${key}`, help: '' });
const parameters: readonly ParameterSpecification[] = [
  {
    type: 'choice',
    ...common('network'),
    default: 'mlp',
    choices: ['mlp', 'cnn', 'resnet'].map((value) => ({ value, label: value.toUpperCase() })),
  },
  { type: 'integer', ...common('rank'), default: null, when: [{ network: ['mlp', 'cnn'] }] },
  { type: 'integer', ...common('depth'), default: 1 },
  { type: 'boolean', ...common('bias'), default: false, when: [{ rank: 'given' }, { depth: [2], network: ['mlp'] }] },
];

/** The specification that conditions have, read off the words of their declaration by hand. */
const biasMatters = (network: ParameterValue, rank: ParameterValue, depth: ParameterValue): boolean =>
  (rank !== null && network !== 'resnet') || (depth === 2 && network === 'mlp');

describe('a parameter with conditions', () => {
  it('matters where one of them holds, and none holds by a parameter that does not matter itself', () => {
    for (const network of ['mlp', 'cnn', 'resnet'])
      for (const rank of [null, 3])
        for (const depth of [1, 2])
          expect(mattersAt(parameters, parameters[3]!, { network, rank, depth }), `${network} ${rank} ${depth}`).toBe(
            biasMatters(network, rank, depth),
          );
  });

  it('is judged by the usual value of what is missing', () => {
    expect(mattersAt(parameters, parameters[1]!, {})).toBe(true);
    expect(mattersAt(parameters, parameters[3]!, {})).toBe(false);
  });

  it('is left out where it does not matter, and unknown values are kept', () => {
    const values = { network: 'resnet', rank: 4, depth: 2, bias: true, older: 1 };
    expect(valuesThatMatter(parameters, values)).toEqual({ network: 'resnet', depth: 2, older: 1 });
  });

  it('says in words where it matters', () => {
    const text = conditionText(parameters[3]!.when!, (key) => `--${key}`);
    expect(text).toBe('--rank is given, or --depth is 2 and --network is mlp');
    expect(conditionText([{ bias: [true], network: ['mlp', 'cnn', 'resnet'] }], (key) => key)).toBe(
      'bias is yes and network is mlp, cnn or resnet',
    );
  });
});

describe('new input', () => {
  const issues = (input: Record<string, unknown>) => {
    try {
      validateParameters(parameters, input);
      return [];
    } catch (error) {
      return (error as InvalidInput).issues;
    }
  };

  it('that would be passed over is refused, with the field, its value and what decides', () => {
    expect(issues({ network: 'resnet', rank: '4' })).toEqual([
      {
        field: 'rank',
        value: '4',
        message: 'matters only where The network is mlp or cnn; here The network is resnet',
      },
    ]);
    expect(issues({ bias: true })[0]?.message).toContain(
      'here The network is mlp, The rank is not given, The depth is 1',
    );
  });

  it('is refused in the words of whoever reads it', () => {
    const flags = (): unknown =>
      validateParameters(parameters, { network: 'resnet', rank: 4 }, ({ flag }) => `--${flag}`);
    expect(flags).toThrow('matters only where --the-network is mlp or cnn; here --the-network is resnet');
  });

  it('may repeat usual values, so that a complete set is accepted', () => {
    expect(issues({ network: 'resnet', rank: null, depth: 2, bias: false })).toEqual([]);
  });

  it('is not blamed for a decision that is wrong itself', () => {
    expect(issues({ network: 'vgg', rank: 4 }).map(({ field }) => field)).toEqual(['network']);
  });
});

describe.each(kinds.map((kind) => [kind.id, kind.parameters] as const))('the conditions of %s', (_, declared) => {
  const values = (decider: ParameterSpecification): readonly ParameterValue[] | null =>
    decider.type === 'choice'
      ? decider.choices.map(({ value }) => value)
      : decider.type === 'boolean'
        ? [true, false]
        : null;
  const conditions = declared.flatMap((parameter, at) =>
    (parameter.when ?? []).flatMap((condition) =>
      Object.entries(condition).map(([key, allowed]) => ({ parameter, above: declared.slice(0, at), key, allowed })),
    ),
  );

  it('name parameters declared above and values that these can have', () => {
    for (const { parameter, above, key, allowed } of conditions) {
      const decider = above.find((one) => one.key === key);
      expect(decider, `${parameter.key} depends on ${key}`).toBeDefined();
      const possible = values(decider!);
      if (allowed === 'given') expect(decider!.default, `${key} can be left out`).toBe(null);
      else if (possible !== null) expect(possible, parameter.key).toEqual(expect.arrayContaining([...allowed]));
      else for (const value of allowed) expect(() => validateParameters([decider!], { [key]: value })).not.toThrow();
      // A condition that always holds is none.
      if (possible !== null) expect(allowed.length, `${parameter.key} by ${key}`).toBeLessThan(possible.length);
    }
  });

  it('let no field that may be a list depend on another that may be one, so that a form can count its runs', () => {
    const listed = ['number', 'integer', 'numbers'];
    for (const { parameter, above, key } of conditions)
      if (listed.includes(parameter.type))
        expect(listed, `${parameter.key} depends on ${key}`).not.toContain(above.find((one) => one.key === key)!.type);
  });
});

it('training names the flags that its network, data and loss pass over', () => {
  const refused = (input: Record<string, unknown>): string[] => {
    try {
      checkedValues(findKind('train')!, input);
      return [];
    } catch (error) {
      return (error as InvalidInput).issues.map(({ field }) => field);
    }
  };
  const images = { source: 'gratings', dimension: 32 };
  expect(refused({ ...images, network: 'resnet-18', depth: 3, rank: 4, batchNorm: true })).toEqual([
    'depth',
    'batchNorm',
    'rank',
  ]);
  expect(refused({ ...images, network: 'cnn', rank: 4, factors: 'plain', widthFactor: 0.5 })).toEqual([]);
  expect(refused({ loss: 'mse', adjustment: 1 })).toEqual(['adjustment']);
  expect(refused({ decayOn: 'peeled', weightDecay: 1e-3 })).toEqual(['weightDecay']);
  expect(refused({ optimiser: 'adam', momentum: 0.5 })).toEqual(['momentum']);
  expect(refused({ imbalance: 'explicit', counts: '5,5', perClass: 3 })).toEqual(['perClass']);
  expect(refused({ source: 'random-labels', separation: 3 })).toEqual(['separation']);
  // Tails of several linear layers have no factors.
  expect(refused({ headDepth: 3, headRank: 4, factors: 'plain' })).toEqual(['factors']);
  expect(refused({ headRank: 4, factors: 'plain' })).toEqual([]);
});
