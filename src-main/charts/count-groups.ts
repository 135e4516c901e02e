/** Neighbouring classes of equal count as the groups of a heat-map: most samples majority, fewest minority. */
import type { HeatGroup } from './heat-map.ts';

export function countGroups(counts: readonly number[]): HeatGroup[] {
  const [top, least] = [Math.max(...counts), Math.min(...counts)];
  const groups: HeatGroup[] = [];
  counts.forEach((n, k) => {
    const last = groups.at(-1);
    if (last && counts[k - 1] === n) groups[groups.length - 1] = { ...last, size: last.size + 1 };
    else
      groups.push({ name: `n = ${n}`, size: 1, role: n === top ? 'majority' : n === least ? 'minority' : 'between' });
  });
  return groups;
}
