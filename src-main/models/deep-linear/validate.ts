/**
 * The door of the deep linear solvers: refuses what is not a problem of this model, naming every field and value at fault.
 * Past this point no solver checks its input again.
 */
import { InvalidInput, type FieldIssue } from '../../parameters/specification.ts';
import type { DeepLinearProblem } from './types.ts';

/** Products of K×K matrices of this size still take well under a second. */
export const LARGEST_CLASS_COUNT = 500;
export const LARGEST_DEPTH = 50;

/** What a user gives: `decays` and `widths` may hold one entry for all layers, `widths` none for large enough. */
export interface DeepLinearInput {
  readonly counts: readonly number[];
  readonly loss: 'mse' | 'ce';
  readonly bias: boolean;
  readonly depth: number;
  readonly decays: readonly number[];
  readonly featureDecay: number;
  readonly widths: readonly number[];
}

/** @throws InvalidInput with one issue per fault (fields: counts, depth, decay, featureDecay, widths). */
export function validateDeepLinear(input: DeepLinearInput): DeepLinearProblem {
  const { counts, loss, bias, depth, decays, featureDecay, widths } = input;
  const issues: FieldIssue[] = [];
  const fault = (field: string, value: unknown, message: string): void => void issues.push({ field, value, message });
  if (counts.length < 2) fault('counts', counts.length, `at least 2 classes are needed, got ${counts.length}`);
  if (counts.length > LARGEST_CLASS_COUNT)
    fault('counts', counts.length, `at most ${LARGEST_CLASS_COUNT} classes are supported, got ${counts.length}`);
  const empty = counts.find((n) => !(n > 0 && Number.isFinite(n)));
  if (empty !== undefined)
    fault('counts', empty, `every class needs at least 1 sample, got ${empty}; leave the class out`);
  if (!(Number.isInteger(depth) && depth >= 1 && depth <= LARGEST_DEPTH))
    fault('depth', depth, `must be a whole number from 1 to ${LARGEST_DEPTH}, got ${depth}`);
  if (decays.length !== 1 && decays.length !== depth)
    fault('decay', decays.join(','), `give 1 value for all layers or ${depth}, one per layer; got ${decays.length}`);
  const flat = decays.find((decay) => !(decay > 0 && Number.isFinite(decay)));
  if (flat !== undefined) fault('decay', flat, `must be above 0 (without decay no optimum exists), got ${flat}`);
  if (!(featureDecay > 0 && Number.isFinite(featureDecay)))
    fault('featureDecay', featureDecay, `must be above 0 (without decay no optimum exists), got ${featureDecay}`);
  if (widths.length > 1 && widths.length !== depth)
    fault(
      'widths',
      widths.join(','),
      `give no value, 1 for all layers or ${depth}, one per layer; got ${widths.length}`,
    );
  const narrow = widths.find((width) => !(Number.isInteger(width) && width >= 1));
  if (narrow !== undefined) fault('widths', narrow, `must be whole numbers of at least 1, got ${narrow}`);
  if (issues.length > 0) throw new InvalidInput(issues);
  const perLayer = (values: readonly number[]): number[] =>
    values.length === depth ? [...values] : new Array<number>(depth).fill(values[0]!);
  return {
    counts,
    loss,
    bias,
    decays: perLayer(decays),
    featureDecay,
    widths: widths.length === 0 ? null : perLayer(widths),
  };
}
