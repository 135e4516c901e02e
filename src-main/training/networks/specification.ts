/** Defaults of a network's specification and the check of one that is given. */
import { type FieldIssue, InvalidInput } from '../../parameters/specification.ts';
import { ARCHITECTURES, CLASSIFIERS, INITIAL_WEIGHTS, type NetworkSpecification } from './types.ts';

export const NETWORK_DEFAULTS: NetworkSpecification = {
  architecture: 'mlp',
  depth: 2,
  width: 512,
  widthFactor: 1,
  batchNorm: false,
  initial: 'he',
  rank: null,
  factors: 'spectral',
  featureDimension: null,
  featureRelu: false,
  headDepth: 1,
  headRank: null,
  classifier: 'trained',
  bias: true,
};

/** The specification with defaults filled in. @throws InvalidInput naming each field and value that cannot be used */
export function completeSpecification(given: Partial<NetworkSpecification>, K: number): NetworkSpecification {
  const full = { ...NETWORK_DEFAULTS, ...given };
  const issues: FieldIssue[] = [];
  const demand = (
    field: keyof NetworkSpecification | 'classes',
    value: unknown,
    holds: boolean,
    message: string,
  ): void => {
    if (!holds) issues.push({ field, value, message });
  };
  const whole = (field: keyof NetworkSpecification, least: number): void => {
    const value = full[field];
    demand(
      field,
      value,
      value === null || (Number.isInteger(value) && (value as number) >= least),
      `must be a whole number from ${least}`,
    );
  };
  const oneOf = (field: keyof NetworkSpecification, names: readonly string[]): void =>
    demand(field, full[field], names.includes(full[field] as string), `must be one of ${names.join(', ')}`);
  oneOf('architecture', ARCHITECTURES);
  oneOf('initial', INITIAL_WEIGHTS);
  oneOf('classifier', CLASSIFIERS);
  oneOf('factors', ['plain', 'spectral', 'spectral-ones']);
  whole('depth', 0);
  for (const field of ['width', 'rank', 'featureDimension', 'headDepth', 'headRank'] as const) whole(field, 1);
  demand(
    'widthFactor',
    full.widthFactor,
    full.widthFactor > 0 && Number.isFinite(full.widthFactor),
    'must be a positive number',
  );
  demand('classes', K, Number.isInteger(K) && K >= 2, 'at least two classes are needed');
  if (full.classifier === 'etf') {
    demand('headDepth', full.headDepth, full.headDepth === 1, 'must be 1 where the classifier is fixed');
    demand('headRank', full.headRank, full.headRank === null, 'cannot be set where the classifier is fixed');
  }
  if (issues.length > 0) throw new InvalidInput(issues);
  return full;
}
