/** Tags as people type them, and what editing the tags of several runs means. */

export const parseTags = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
];

export const commonTags = (lists: readonly (readonly string[])[]): readonly string[] =>
  (lists[0] ?? []).filter((tag) => lists.every((list) => list.includes(tag)));

/** Takes away what was shared and is no longer wanted, adds what is wanted, and leaves a run's own tags alone. */
export const mergeTags = (
  own: readonly string[],
  shared: readonly string[],
  wanted: readonly string[],
): readonly string[] => [
  ...new Set([...own.filter((tag) => !shared.includes(tag) || wanted.includes(tag)), ...wanted]),
];
