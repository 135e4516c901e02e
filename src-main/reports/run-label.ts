/** How a run is called in charts and table heads: its name, shortened, with its number where names repeat. */
import type { RunDetail } from '../api/contract.ts';

const longest = 28;

export function runLabel(run: RunDetail, runs: readonly RunDetail[]): string {
  if (run.name === '') return `Run ${run.id}`;
  const letters = [...run.name];
  const short = letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : run.name;
  const twin = runs.some((other) => other.id !== run.id && other.name === run.name);
  return twin ? `${short} (${run.id})` : short;
}
