/** Reads the result documents of kinds with a view of their own. Says null rather than guess. */
import type { GroupSolution, LpmSolution } from '../../src-main/lpm/types.ts';

export type SolveResult = Omit<LpmSolution, 'logits' | 'problem' | 'crossCosines'> & {
  readonly groups: readonly GroupSolution[];
  readonly crossCosines: LpmSolution['crossCosines'] | null;
};

export interface SweepResult {
  readonly points: readonly Readonly<Record<string, number | boolean | null>>[];
  readonly r0: number | null;
  readonly r1: number | null;
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
  if (!isObject(result) || !Array.isArray(result['points']) || !('r0' in result) || !('r1' in result)) return null;
  return result as unknown as SweepResult;
}
