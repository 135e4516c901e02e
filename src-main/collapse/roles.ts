/** Which classes are majority and which minority: as told, or read off counts that take exactly two values. */

export interface Roles {
  readonly majority: readonly number[];
  readonly minority: readonly number[];
}

/** @returns the two lists, or the reason why there are none. */
export function rolesOf(counts: Float64Array, majority: readonly number[] | null): Roles | string {
  const all = [...counts.keys()];
  if (majority !== null) {
    const minority = all.filter((k) => !majority.includes(k));
    if (majority.length === 0 || minority.length === 0)
      return 'every class was named the same: there are no two groups';
    return { majority, minority };
  }
  const distinct = [...new Set(counts)].filter((count) => count > 0).sort((a, b) => b - a);
  if (distinct.length === 1) return 'the classes are balanced: there is no majority and no minority';
  if (distinct.length > 2)
    return `the classes have ${distinct.length} different counts: say which are majority to get the groups' figures`;
  return {
    majority: all.filter((k) => counts[k] === distinct[0]),
    minority: all.filter((k) => counts[k] === distinct[1]),
  };
}
