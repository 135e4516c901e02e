/** Every run kind, one line each. Order is the order of the "New experiment" form. */
import type { ExecutableKind } from './kind.ts';
import { lpmSolve } from './lpm-solve.ts';
import { lpmSweep } from './lpm-sweep.ts';

export const kinds: readonly ExecutableKind[] = [lpmSolve, lpmSweep];

export function findKind(id: string): ExecutableKind | undefined {
  return kinds.find((kind) => kind.id === id);
}
