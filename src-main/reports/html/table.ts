/**
 * HTML tables of a report, and the cells in them. Numbers of a column align on the decimal point, and every number carries
 * its full precision in its title.
 */
import { absent, formatNumber, type FormattableNumber, type NumberFormat } from '../../charts/format.ts';
import { escape } from './escape.ts';

/** Ready HTML of one cell. */
export interface Cell {
  readonly html: string;
  readonly numeric?: boolean;
  /** Digits behind the decimal point, where the number is written with one or could be. */
  readonly places?: number;
  /** Text that may break anywhere rather than widen its column. */
  readonly long?: boolean;
  /** The value differs between the runs. */
  readonly differs?: boolean;
  /** The run has no such thing, not even an empty value. */
  readonly nothing?: boolean;
}

export const nothing: Cell = { html: absent, numeric: true, nothing: true };

export function textCell(text: string): Cell {
  return { html: escape(text), long: text.length > 24 };
}

/** Written by meaning, with every digit in the title. */
export function numberCell(value: FormattableNumber, format: NumberFormat): Cell {
  const shown = formatNumber(value, format);
  if (value === null || value === undefined) return { html: escape(shown), numeric: true };
  const digits = escape(String(value));
  const plain = /^[−\d\u2009]+(?:\.(\d+))?$/.exec(shown);
  return {
    html: `<data value="${digits}" title="${digits}">${escape(shown)}</data>`,
    numeric: true,
    ...(plain && { places: plain[1]?.length ?? 0 }),
  };
}

/** A statement that is good or not, as sign and word; colour only repeats it. */
export function verdictCell(good: boolean, words: string): Cell {
  const sign = good ? '✓' : '⚠';
  return { html: `<span class="${good ? 'good' : 'warning'}">${sign} ${escape(words)}</span>` };
}

/** @param places decimals of the column's longest number: shorter ones keep that room, so that points align. */
function cellHtml(cell: Cell, places: number): string {
  const room = cell.places === undefined ? 0 : places - cell.places;
  const point = cell.places === 0 ? 0.3 : 0;
  const html = room > 0 ? `<span style="margin-right:${room + point}ch">${cell.html}</span>` : cell.html;
  const names = [cell.numeric ? 'n' : '', cell.differs ? 'differs' : '', cell.long ? 'long' : '']
    .filter(Boolean)
    .join(' ');
  return `<td${names === '' ? '' : ` class="${names}"`}>${html}</td>`;
}

/** Names (HTML) and values in two columns. */
export function pairsHtml(list: readonly (readonly [string, Cell])[]): string {
  return `<dl class="pairs">${list.map(([name, cell]) => `<div><dt>${name}</dt><dd>${cell.html}</dd></div>`).join('')}</dl>`;
}

/** @param head titles as HTML; a row's first cell names the row. */
export function tableHtml(head: readonly string[], rows: readonly (readonly Cell[])[], label: string): string {
  const numeric = head.map((_, index) => rows.length > 0 && rows.every((row) => row[index]?.numeric === true));
  const titles = head.map((title, index) => `<th scope="col"${numeric[index] ? ' class="n"' : ''}>${title}</th>`);
  const places = head.map((_, index) => Math.max(0, ...rows.map((row) => row[index]?.places ?? 0)));
  const body = rows.map((row) => {
    const [first, ...rest] = row;
    const cells = rest.map((cell, index) => cellHtml(cell, places[index + 1]!));
    return `<tr><th scope="row">${first?.html ?? ''}</th>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table aria-label="${escape(label)}"><thead><tr>${titles.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}
