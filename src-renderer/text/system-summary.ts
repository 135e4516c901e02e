/** What a run says of the machine while its curves are folded, or where it was too short to have any. */
import type { MetricSummary } from '../api.ts';
import { bytesText } from './bytes.ts';

/** Null where the run was not sampled at all. */
export function systemSummary(system: Readonly<Record<string, MetricSummary>>): string | null {
  const memory = system['system/memory'];
  if (memory === undefined) return null;
  const bytes = bytesText(Number(memory.max ?? 0) * 1e6);
  return memory.n === 1 ? `Sampled once: memory of the job ${bytes}.` : `Memory of the job at most ${bytes}.`;
}
