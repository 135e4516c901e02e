/** Numbers of one column aligned on the decimal point, exponents behind it: what is missing becomes spaces, which are as wide as digits in
 * the monospaced face that columns of numbers are set in. */
const SPACE = '\u00a0';

const fraction = (text: string): number => {
  if (!/^[\d\u2212\u2009.]+(e-?\d+)?$/.test(text)) return 0;
  const end = text.search(/[.e]/);
  return end < 0 ? 0 : text.length - end;
};

/** The widest fraction (with its point) among the column's texts. */
export const widestFraction = (texts: readonly string[]): number =>
  texts.reduce((widest, text) => Math.max(widest, fraction(text)), 0);

export const padFraction = (text: string, widest: number): string =>
  text + SPACE.repeat(Math.max(0, widest - fraction(text)));

interface Texts<Row> {
  readonly key: string;
  readonly text: (row: Row) => string;
}

/** Widest fractions of columns over pages of rows; a page is measured once, however often the table is drawn. */
export class FractionWidths<Row> {
  readonly #known = new WeakMap<readonly Row[], Map<string, number>>();

  of(column: Texts<Row>, pages: Iterable<readonly Row[]>): number {
    let widest = 0;
    for (const rows of pages) widest = Math.max(widest, this.#page(column, rows));
    return widest;
  }

  #page(column: Texts<Row>, rows: readonly Row[]): number {
    const known = this.#known.get(rows) ?? new Map<string, number>();
    this.#known.set(rows, known);
    const width = known.get(column.key) ?? widestFraction(rows.map(column.text));
    known.set(column.key, width);
    return width;
  }
}
