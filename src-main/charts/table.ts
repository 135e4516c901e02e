/**
 * A chart as numbers: what "copy data" copies, what a screen reader reads, what a CSV export holds. Full precision.
 */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string | null)[])[];
}

/** Tab-separated, as spreadsheets paste it; a cell without a value is empty. */
export function tableText(table: ChartTable, separator = '\t'): string {
  const quote = (cell: number | string | null): string => {
    const text = cell === null ? '' : String(cell);
    return text.includes(separator) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [table.columns, ...table.rows].map((row) => row.map(quote).join(separator)).join('\n') + '\n';
}
