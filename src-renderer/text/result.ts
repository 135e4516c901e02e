/** Reads the result documents of kinds with a view of their own. Says null rather than guess. */
import type { GroupSolution, LpmSolution } from '../../src-main/lpm/types.ts';

export type SolveResult = Omit<LpmSolution, 'logits' | 'problem' | 'crossCosines'> & {
  readonly groups: readonly GroupSolution[];
  readonly crossCosines: LpmSolution['crossCosines'] | null;
};

export interface SweepResult {
  /** Ratios solved. Their points are in the series, of short sweeps in the document too. */
  readonly count: number;
  readonly r0: number | null;
  readonly r1: number | null;
  /** Natural logarithms; absent in documents of older versions. */
  readonly logR0?: number | null;
  readonly logR1?: number | null;
  readonly worstRelativeGap: number | null;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function solveResult(result: unknown): SolveResult | null {
  if (!isObject(result) || typeof result['objective'] !== 'number' || !Array.isArray(result['groups'])) return null;
  return result as unknown as SolveResult;
}

export function sweepResult(result: unknown): SweepResult | null {
  if (!isObject(result) || !('r0' in result) || !('r1' in result)) return null;
  // Documents of older versions hold every point and no count.
  const count = result['count'] ?? (Array.isArray(result['points']) ? result['points'].length : null);
  return typeof count === 'number' ? ({ ...result, count } as unknown as SweepResult) : null;
}
