/** The values of a kind's parameters from a command line: flags and files read, judged by the specification, faults told in flags. */
import type { ParameterSpecification, ParameterValues } from '../parameters/specification.ts';
import { validateParameters } from '../parameters/validate.ts';
import type { Given } from './command.ts';
import { withCountsFile } from './counts-file.ts';
import { flagName, parametersGiven } from './parameter-flags.ts';

/** @throws InvalidInput with one issue per fault; BadUsage where two flags exclude each other */
export function valuesGiven(specifications: readonly ParameterSpecification[], given: Given): ParameterValues {
  return validateParameters(specifications, withCountsFile(parametersGiven(specifications, given), given), flagName);
}
