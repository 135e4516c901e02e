/** Which claims a command line means: --paper, --only and bare words, judged as the run kind judges them. */
import type { Claim } from '../claims/claim.ts';
import { chosenClaims, claimsKind } from '../jobs/kinds/claims.ts';
import type { ParameterValues } from '../parameters/specification.ts';
import { validateParameters } from '../parameters/validate.ts';
import { valueOf, type Flag, type Given } from './command.ts';
import { flagsOf } from './parameter-flags.ts';

/** Several --only are alternatives, as are bare words behind it. */
export const choiceFlags: readonly Flag[] = flagsOf(claimsKind.parameters).map((flag) =>
  flag.name === 'only' ? { ...flag, placeholder: 'WORD…', repeatable: true } : flag,
);

/** @throws InvalidInput for an unknown paper, or where no claim is meant. */
export function claimsGiven(given: Given): { readonly values: ParameterValues; readonly chosen: readonly Claim[] } {
  const only = [...(given.values.get('only') ?? []), ...given.positionals].join(', ');
  const paper = valueOf(given, 'paper');
  const values = validateParameters(claimsKind.parameters, { only, ...(paper !== undefined && { paper }) });
  return { values, chosen: chosenClaims(values) };
}
