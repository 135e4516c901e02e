/** How a run is called in charts and table heads: its name, shortened, with its number where names repeat. */

const longest = 28;

interface Named {
  readonly id: number;
  readonly name: string;
}

export function runLabel(run: Named, runs: readonly Named[]): string {
  if (run.name === '') return `Run ${run.id}`;
  const letters = [...run.name];
  const short = letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : run.name;
  const twin = runs.some((other) => other.id !== run.id && other.name === run.name);
  return twin ? `${short} (${run.id})` : short;
}
