/** Heat-maps of the cosines between all classes of a solve, classifiers and features, spread out from its groups. */
import type { RunDetail, SeriesRole } from '../api/contract.ts';
import { heatMap, runLabel, type HeatMapInput } from '../charts/index.ts';
import { solveDocument } from './solve-document.ts';
import type { ReportChart } from './svg.ts';

/** More classes than this would be less than a pixel each at column width. */
const mostClasses = 200;

type Cosines = readonly (readonly (number | null)[])[];

function spread(
  cosines: Cosines,
  groupOf: readonly number[],
  vanished: readonly boolean[],
): readonly (number | null)[] {
  return groupOf.flatMap((g, j) =>
    groupOf.map((h, k) => {
      if (vanished[g] || vanished[h]) return null;
      return j === k ? 1 : (cosines[g]?.[h] ?? null);
    }),
  );
}

/** @returns nothing for a run without groups, or with too many classes for a picture. */
export function cosineMaps(run: RunDetail, runs: readonly RunDetail[]): readonly ReportChart[] {
  const solved = solveDocument(run.result);
  const cosines = solved?.crossCosines ?? null;
  if (solved === null || cosines === null) return [];
  const groupOf = solved.groups.flatMap((group, index) => new Array<number>(group.classes).fill(index));
  if (groupOf.length > mostClasses) return [];
  const vanished = solved.groups.map((group) => group.vanished);
  const most = Math.max(...solved.groups.map((group) => group.samples * group.weight));
  const roleOf = (share: number): SeriesRole => (share === most ? 'majority' : 'minority');
  const groups = solved.groups.map(({ samples, classes, weight }) => ({
    name: `n = ${samples}`,
    size: classes,
    role: roleOf(samples * weight),
  }));
  const map = (side: 'classifier' | 'feature', symbol: string): ReportChart => {
    const title = `Cosines of ${side}s: ${runLabel(run, runs)}`;
    const values = spread(cosines[side], groupOf, vanished);
    const input: HeatMapInput = {
      title,
      size: groupOf.length,
      values,
      groups,
      symbol,
      missingReason: 'hatched: vanished',
    };
    return {
      name: `run-${run.id}-cosines-${side}`,
      title,
      width: 480,
      height: 480,
      option: (frame) => heatMap(input, frame),
    };
  };
  return [map('classifier', 'w'), map('feature', 'h')];
}
