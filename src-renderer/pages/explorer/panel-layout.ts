/** Which panels of a view span both columns: wide ones, and one that would stand alone in its row. No pixels here. */
import type { Panel } from '../../models/model.ts';

export function spanning(panels: readonly Pick<Panel, 'id' | 'wide'>[]): ReadonlySet<string> {
  const found = new Set<string>();
  /** In the left column, with nothing beside it yet. */
  let alone: string | null = null;
  for (const { id, wide } of panels) {
    if (wide) {
      found.add(id);
      if (alone !== null) found.add(alone);
      alone = null;
    } else alone = alone === null ? id : null;
  }
  if (alone !== null) found.add(alone);
  return found;
}
