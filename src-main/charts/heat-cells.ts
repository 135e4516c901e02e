/**
 * Joins equal neighbours of a row into one rectangle. A matrix with block structure then costs a few rectangles per row
 * instead of K², and an exported file stays small; nothing is averaged, so nothing is lost.
 */
export interface HeatRun {
  readonly row: number;
  readonly column: number;
  readonly length: number;
  /** null: no value. */
  readonly value: number | null;
}

/** @param values size×size, row-major; null or NaN stands for a cell without a value. */
export function heatRuns(values: ArrayLike<number | null>, size: number): HeatRun[] {
  const runs: HeatRun[] = [];
  for (let row = 0; row < size; row++) {
    let start = 0;
    for (let column = 1; column <= size; column++) {
      if (column < size && cell(values, row * size + column) === cell(values, row * size + start)) continue;
      runs.push({ row, column: start, length: column - start, value: cell(values, row * size + start) });
      start = column;
    }
  }
  return runs;
}

function cell(values: ArrayLike<number | null>, index: number): number | null {
  const value = values[index] ?? null;
  return value === null || Number.isNaN(value) ? null : value;
}

/** Ends of 45° hatch lines inside a rectangle, `gap` pixels apart. */
export function hatchLines(x: number, y: number, width: number, height: number, gap: number): [number, number, number, number][] {
  const lines: [number, number, number, number][] = [];
  for (let offset = gap / 2; offset < width + height; offset += gap) {
    // The line x' + y' = offset, cut by the rectangle.
    const x1 = Math.min(offset, width);
    const x2 = Math.max(0, offset - height);
    lines.push([x + x1, y + offset - x1, x + x2, y + offset - x2]);
  }
  return lines;
}
