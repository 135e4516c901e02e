/**
 * Joins equal neighbours into rectangles: first along a row, then rows that agree. A matrix with block structure then
 * costs a few rectangles per class instead of K², and an exported file stays small; nothing is averaged or lost.
 */
export interface HeatBlock {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
  /** null: no value. */
  readonly value: number | null;
}

/** @param values size×size, row-major; null or NaN stands for a cell without a value. */
export function heatBlocks(values: ArrayLike<number | null>, size: number): HeatBlock[] {
  const blocks: HeatBlock[] = [];
  /** Blocks that reach down to the row before, by their first column. */
  let open = new Map<number, HeatBlock>();
  for (let row = 0; row < size; row++) {
    const touched = new Map<number, HeatBlock>();
    for (const run of rowRuns(values, size, row)) {
      const above = open.get(run.column);
      const joined =
        above?.columns === run.columns && above.value === run.value ? { ...above, rows: above.rows + 1 } : run;
      touched.set(run.column, joined);
    }
    for (const [column, block] of open) {
      const next = touched.get(column);
      if (next?.row !== block.row) blocks.push(block);
    }
    open = touched;
  }
  return [...blocks, ...open.values()];
}

function rowRuns(values: ArrayLike<number | null>, size: number, row: number): HeatBlock[] {
  const runs: HeatBlock[] = [];
  let start = 0;
  for (let column = 1; column <= size; column++) {
    if (column < size && cell(values, row * size + column) === cell(values, row * size + start)) continue;
    runs.push({ row, rows: 1, column: start, columns: column - start, value: cell(values, row * size + start) });
    start = column;
  }
  return runs;
}

function cell(values: ArrayLike<number | null>, index: number): number | null {
  const value = values[index] ?? null;
  return value === null || Number.isNaN(value) ? null : value;
}

/** Ends of 45° hatch lines inside a rectangle, `gap` pixels apart. */
export function hatchLines(
  x: number,
  y: number,
  width: number,
  height: number,
  gap: number,
): [number, number, number, number][] {
  const lines: [number, number, number, number][] = [];
  for (let offset = gap / 2; offset < width + height; offset += gap) {
    // The line x' + y' = offset, cut by the rectangle.
    const x1 = Math.min(offset, width);
    const x2 = Math.max(0, offset - height);
    lines.push([x + x1, y + offset - x1, x + x2, y + offset - x2]);
  }
  return lines;
}
