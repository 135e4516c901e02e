/** A solve's cosines between groups, spread out to all classes, as input for the heat-map. */
import type { HeatMapInput } from '../../src-main/charts/index.ts';
import type { SolveResult } from './result.ts';

/** More classes would be less than two pixels each. */
const MOST_CLASSES = 200;

/** Null where the result lists no cosines, or too many classes for a picture. */
export function cosineMap(result: SolveResult, side: 'classifier' | 'feature', symbol: string): HeatMapInput | null {
  const { groups, crossCosines } = result;
  const size = groups.reduce((sum, group) => sum + group.classes, 0);
  if (crossCosines === null || size > MOST_CLASSES) return null;
  const groupOf = groups.flatMap((group, index) => new Array<number>(group.classes).fill(index));
  const largest = Math.max(...groups.map((group) => group.samples * group.weight));
  return {
    size,
    symbol,
    missingReason: 'hatched: vanished',
    groups: groups.map(({ samples, classes, weight }) => ({
      name: `n = ${samples}`,
      size: classes,
      role: samples * weight === largest ? 'majority' : 'minority',
    })),
    values: groupOf.flatMap((a, i) =>
      groupOf.map((b, j) => {
        if (groups[a]!.vanished || groups[b]!.vanished) return null;
        return i === j ? 1 : (crossCosines[side][a]?.[b] ?? null);
      }),
    ),
  };
}
