/**
 * One property per row and one run per column, or the other way round where the runs are many; differences marked. Of many
 * runs a table has those alone that have any of its properties: runs of several kinds share few.
 */
import { escape } from './escape.ts';
import { tableHtml, textCell, type Cell } from './table.ts';

/** Up to so many runs stand side by side; more stand below each other. */
export const mostRuns = 5;
/** Columns that fit on paper beside the names; more go into tables of their own. */
const mostColumns = 7;

export interface Property {
  /** HTML. */
  readonly name: string;
  /** One per run. */
  readonly cells: readonly Cell[];
  /** Marked in the head and in every cell. */
  readonly differs?: boolean;
}

const sign = ' <span class="mark" title="differs between the runs">≠</span>';

/** @param labels names of the runs, as text. */
export function sideBySide(properties: readonly Property[], labels: readonly string[], title: string): string {
  if (properties.length === 0) return '';
  const head = ({ name, differs }: Property): string => name + (differs ? sign : '');
  const cell = (property: Property, run: number): Cell => {
    const found = property.cells[run]!;
    return property.differs ? { ...found, differs: true } : found;
  };
  if (labels.length <= mostRuns) {
    const rows = properties.map((property) => [
      { html: head(property) },
      ...labels.map((_, run) => cell(property, run)),
    ]);
    return tableHtml(['', ...labels.map(escape)], rows, title);
  }
  const blocks = Array.from({ length: Math.ceil(properties.length / mostColumns) }, (_, block) =>
    properties.slice(block * mostColumns, (block + 1) * mostColumns),
  );
  return blocks
    .map((block) => {
      const rows = labels
        .map((label, run) => [textCell(label), ...block.map((property) => cell(property, run))])
        .filter(([, ...cells]) => cells.some((one) => one.nothing !== true));
      return tableHtml(['Run', ...block.map(head)], rows, title);
    })
    .join('\n');
}
