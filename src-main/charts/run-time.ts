/** How long a run took or has taken so far, the jobs before it was resumed included. Wall-clock time; waiting does not count. */
import type { RunRow } from '../api/contract.ts';

/** @returns milliseconds; null where it never began */
export function spentMilliseconds(
  { startedAt, endedAt, earlier }: Pick<RunRow, 'startedAt' | 'endedAt' | 'earlier'>,
  now: number,
): number | null {
  if (startedAt === null) return earlier > 0 ? earlier : null;
  return earlier + Math.max(0, (endedAt ?? now) - startedAt);
}
