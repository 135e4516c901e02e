/** Aligned text tables for a terminal. No boxes, no colour; columns are two spaces apart. */

export interface Column {
  readonly title: string;
  /** Numbers align on the decimal point, words at the left. */
  readonly numeric?: boolean;
}

/** Display width: counts code points, which is right for the signs and Latin names that occur here. */
function width(text: string): number {
  return [...text].length;
}

function whole(cell: string): number {
  const match = /^[-−]?[\d \u2009]*\d/.exec(cell);
  return match === null ? width(cell) : width(match[0]);
}

/** Pads numbers so that their decimal points (or last whole digits) stand under each other. */
function alignOnPoint(cells: readonly string[]): readonly string[] {
  const left = Math.max(0, ...cells.map(whole));
  return cells.map((cell) => ' '.repeat(left - whole(cell)) + cell);
}

function pad(cell: string, to: number): string {
  return cell + ' '.repeat(Math.max(0, to - width(cell)));
}

/** One line of titles and one per row. Control characters in cells are shown as spaces: a name cannot move the cursor. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  // eslint-disable-next-line no-control-regex
  const clean = rows.map((row) => row.map((cell) => cell.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')));
  const bodies = columns.map((column, index) => {
    const cells = clean.map((row) => row[index] ?? '');
    return column.numeric ? alignOnPoint(cells) : cells;
  });
  const widths = columns.map((column, index) => Math.max(width(column.title), ...bodies[index]!.map(width)));
  const title = (column: Column, index: number): string =>
    column.numeric ? column.title.padStart(Math.max(...bodies[index]!.map(width), width(column.title))) : column.title;
  const shifted = bodies.map((cells, index) => {
    const widest = Math.max(0, ...cells.map(width));
    return columns[index]!.numeric ? cells.map((cell) => ' '.repeat(widths[index]! - widest) + cell) : cells;
  });
  const lines = [columns.map(title), ...clean.map((_, row) => shifted.map((cells) => cells[row]!))];
  return lines
    .map((line) =>
      line
        .map((cell, index) => pad(cell, widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `name   value` lines. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  const left = Math.max(...entries.map(([name]) => width(name)));
  return entries.map(([name, value]) => `${pad(name, left)}  ${value}`).join('\n');
}
