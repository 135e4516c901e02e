/** Optimisers by name, with the check of their numbers. */
import { type FieldIssue, InvalidInput } from '../../../parameters/specification.ts';
import type { Tf } from '../../backends/backend.ts';
import type { Parameter } from '../types.ts';
import { adam } from './adam.ts';
import type { Optimiser, OptimiserSpecification } from './optimiser.ts';
import { sgd } from './sgd.ts';

/** @throws InvalidInput naming each number that cannot be used */
export function createOptimiser(
  specification: OptimiserSpecification,
  parameters: readonly Parameter[],
  tf: Tf,
): Optimiser {
  const issues: FieldIssue[] = [];
  const demand = (field: string, value: unknown, holds: boolean, message: string): void => {
    if (!holds) issues.push({ field, value, message });
  };
  const share = (field: string, value: number): void =>
    demand(field, value, value >= 0 && value < 1, 'must be from 0 to below 1');
  const { weightDecay } = specification;
  demand('weightDecay', weightDecay, weightDecay >= 0 && Number.isFinite(weightDecay), 'must be a number from 0');
  if (specification.kind === 'sgd') {
    const { momentum, nesterov } = specification;
    share('momentum', momentum);
    demand('nesterov', nesterov, !nesterov || momentum > 0, 'needs a momentum above 0');
  } else {
    share('beta1', specification.beta1);
    share('beta2', specification.beta2);
    demand('epsilon', specification.epsilon, specification.epsilon > 0, 'must be above 0');
  }
  if (issues.length > 0) throw new InvalidInput(issues);
  return specification.kind === 'sgd' ? sgd(specification, parameters, tf) : adam(specification, parameters, tf);
}
