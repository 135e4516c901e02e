/**
 * The cells of a grid as few shapes: neighbours of one colour in a row become one rectangle, and all rectangles of one
 * colour one path. Forty thousand cells then cost at most 255 elements on a canvas and in a file. Nothing is averaged.
 */

/**
 * Edges between cells centred at `centres`: half-way, on a logarithmic axis half-way in the logarithm; the outer cells
 * are as wide outwards as inwards.
 * @param centres ascending, positive where logarithmic.
 * @returns centres.length + 1 edges.
 */
export function cellEdges(centres: readonly number[], logarithmic: boolean): number[] {
  if (centres.length === 1)
    return logarithmic ? [centres[0]! / 2, centres[0]! * 2] : [centres[0]! - 0.5, centres[0]! + 0.5];
  const to = logarithmic ? Math.log : (x: number) => x;
  const from = logarithmic ? Math.exp : (x: number) => x;
  const at = centres.map(to);
  const between = at.slice(1).map((right, i) => from((at[i]! + right) / 2));
  const last = at.length - 1;
  return [from(1.5 * at[0]! - 0.5 * at[1]!), ...between, from(1.5 * at[last]! - 0.5 * at[last - 1]!)];
}

/**
 * @param levels columns×rows, row-major, −1 where there is no value.
 * @param x pixels of the columns' edges, rising; y: of the rows' edges, falling, for the first row is the lowest.
 * @returns path data by level. A rectangle reaches one pixel under its right and upper neighbours: seams would show otherwise
 *   wherever the picture is scaled.
 */
export function cellPaths(levels: Int16Array, x: readonly number[], y: readonly number[]): ReadonlyMap<number, string> {
  const columns = x.length - 1;
  const parts = new Map<number, string[]>();
  for (let row = 0; row + 1 < y.length; row++) {
    const [bottom, top] = [y[row]!, y[row + 1]!];
    const height = bottom - top + (row + 2 < y.length ? 1 : 0);
    let start = 0;
    for (let column = 1; column <= columns; column++) {
      const level = levels[row * columns + start]!;
      if (column < columns && levels[row * columns + column] === level) continue;
      const width = x[column]! - x[start]! + (column < columns ? 1 : 0);
      const rectangle = `M${x[start]!} ${bottom}h${width}v${-height}h${-width}z`;
      const list = parts.get(level);
      if (list) list.push(rectangle);
      else parts.set(level, [rectangle]);
      start = column;
    }
  }
  return new Map([...parts].sort(([a], [b]) => a - b).map(([level, list]) => [level, list.join('')]));
}

/** 45° lines, `gap` pixels apart, over the cells without a value: path data. */
export function hatchPath(levels: Int16Array, x: readonly number[], y: readonly number[], gap: number): string {
  const columns = x.length - 1;
  const rows = y.length - 1;
  const [left, right, bottom, top] = [x[0]!, x[columns]!, y[0]!, y[rows]!];
  const missing = (px: number, row: number): boolean => {
    if (px < left || px >= right) return false;
    let [low, high] = [0, columns];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle]! <= px) low = middle;
      else high = middle;
    }
    return levels[row * columns + low] === -1;
  };
  const lines: string[] = [];
  for (let sum = Math.ceil((left + top) / gap) * gap; sum < right + bottom; sum += gap) {
    // Along x + y = sum, from the lowest row up; a row belongs to the line where its middle lies in a missing cell.
    let from: number | null = null;
    for (let row = 0; row <= rows; row++) {
      const inside = row < rows && missing(sum - (y[row]! + y[row + 1]!) / 2, row);
      if (inside && from === null) from = y[row]!;
      if (!inside && from !== null) {
        const to = y[row]!;
        lines.push(`M${sum - from} ${from}L${sum - to} ${to}`);
        from = null;
      }
    }
  }
  return lines.join('');
}
