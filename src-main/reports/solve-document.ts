/** Reads a run's stored result as the answer of a solve or of a sweep, or says that it is neither. Computes nothing. */
import { resultNumber } from '../charts/index.ts';
import type { GroupSolution, LpmSolution } from '../lpm/types.ts';

export type SolveDocument = Pick<
  LpmSolution,
  | 'objective'
  | 'gap'
  | 'relativeGap'
  | 'lowerBound'
  | 'status'
  | 'iterations'
  | 'milliseconds'
  | 'rank'
  | 'nuclearNorm'
  | 'radius'
  | 'multiplier'
  | 'certified'
  | 'optimality'
> & {
  readonly groups: readonly GroupSolution[];
  /** null where the groups are too many to list every pair. */
  readonly crossCosines: LpmSolution['crossCosines'] | null;
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** @returns the result when it is one of a solve, else null. */
export function solveDocument(result: unknown): SolveDocument | null {
  if (!isObject(result) || typeof result['objective'] !== 'number' || !Array.isArray(result['groups'])) return null;
  return result as unknown as SolveDocument;
}

/** Thresholds; null for never, or beyond the range of numbers where the logarithm is one. */
export interface Thresholds {
  readonly r0: number | null;
  readonly r1: number | null;
  readonly logR0: number | null;
  readonly logR1: number | null;
}

/** @returns R0 and R1 when the result states them, else null. */
export function thresholdsOf(result: unknown): Thresholds | null {
  if (!isObject(result) || !('r0' in result) || !('r1' in result)) return null;
  const at = (key: keyof Thresholds): number | null => resultNumber(result, key);
  return { r0: at('r0'), r1: at('r1'), logR0: at('logR0'), logR1: at('logR1') };
}
