/** Which columns of a wide table are in sight. Arithmetic only. */
export interface ColumnWindow {
  readonly start: number;
  readonly end: number;
  /** Pixels to leave before and after the drawn columns. */
  readonly before: number;
  readonly after: number;
}

export function columnWindow(widths: readonly number[], from: number, to: number, overscan = 200): ColumnWindow {
  let start = 0;
  let before = 0;
  while (start < widths.length && before + widths[start]! < from - overscan) before += widths[start++]!;
  let end = start;
  let edge = before;
  while (end < widths.length && edge < to + overscan) edge += widths[end++]!;
  let after = 0;
  for (let index = end; index < widths.length; index++) after += widths[index]!;
  return { start, end, before, after };
}
