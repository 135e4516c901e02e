/** Every run kind, one line each. Order is the order of the "New experiment" form. */
import type { ParameterValues } from '../../parameters/specification.ts';
import { validateParameters } from '../../parameters/validate.ts';
import { claimsKind } from './claims.ts';
import { deepLinearDescent } from './deep-linear-descent.ts';
import { deepLinearSweep } from './deep-linear-sweep.ts';
import { deepLinear } from './deep-linear.ts';
import { framesKind } from './frames.ts';
import type { ExecutableKind } from './kind.ts';
import { lowRankDescent } from './low-rank-descent.ts';
import { lowRankHead } from './low-rank-head.ts';
import { lpmAdvisor } from './lpm-advisor.ts';
import { lpmLoss } from './lpm-loss.ts';
import { lpmPerClass } from './lpm-per-class.ts';
import { lpmPhase } from './lpm-phase.ts';
import { lpmSolve } from './lpm-solve.ts';
import { lpmSweep } from './lpm-sweep.ts';
import { ncMeasure } from './nc-measure.ts';
import { ridgeSolve } from './ridge-solve.ts';
import { ridgeSweep } from './ridge-sweep.ts';
import { trainKind } from './train.ts';
import { ulpmFlow } from './ulpm-flow.ts';

export const kinds: readonly ExecutableKind[] = [
  lpmSolve,
  lpmSweep,
  lpmPhase,
  lpmAdvisor,
  lpmLoss,
  lpmPerClass,
  ulpmFlow,
  lowRankHead,
  lowRankDescent,
  deepLinear,
  deepLinearSweep,
  deepLinearDescent,
  ridgeSolve,
  ridgeSweep,
  framesKind,
  ncMeasure,
  trainKind,
  claimsKind,
];

export function findKind(id: string): ExecutableKind | undefined {
  return kinds.find((kind) => kind.id === id);
}

/**
 * Raw input as the values of a run of this kind: each parameter by its specification, then all of them together.
 * @throws InvalidInput with every fault that was found
 */
export function checkedValues(kind: ExecutableKind, input: Readonly<Record<string, unknown>>): ParameterValues {
  const values = validateParameters(kind.parameters, input);
  kind.check?.(values);
  return values;
}
