/** HTML tables of a report, and the cells in them. Every number carries its full precision in its title. */
import { formatNumber, type FormattableNumber, type NumberFormat } from '../../charts/format.ts';
import { escape } from './escape.ts';

/** Ready HTML of one cell. */
export interface Cell {
  readonly html: string;
  readonly numeric?: boolean;
  /** The value differs between the runs. */
  readonly differs?: boolean;
}

export function textCell(text: string): Cell {
  return { html: escape(text) };
}

/** Written by meaning, with every digit in the title. */
export function numberCell(value: FormattableNumber, format: NumberFormat): Cell {
  const shown = escape(formatNumber(value, format));
  if (value === null || value === undefined) return { html: shown, numeric: true };
  return {
    html: `<data value="${escape(String(value))}" title="${escape(String(value))}">${shown}</data>`,
    numeric: true,
  };
}

/** A statement that is good or not, as sign and word; colour only repeats it. */
export function verdictCell(good: boolean, words: string): Cell {
  const sign = good ? '✓' : '⚠';
  return { html: `<span class="${good ? 'good' : 'warning'}">${sign} ${escape(words)}</span>` };
}

function cellHtml(cell: Cell): string {
  const names = [cell.numeric ? 'n' : '', cell.differs ? 'differs' : ''].filter(Boolean).join(' ');
  return `<td${names === '' ? '' : ` class="${names}"`}>${cell.html}</td>`;
}

/** @param head titles as HTML; a row's first cell names the row. */
export function tableHtml(head: readonly string[], rows: readonly (readonly Cell[])[], label: string): string {
  const numeric = head.map((_, index) => rows.length > 0 && rows.every((row) => row[index]?.numeric === true));
  const titles = head.map((title, index) => `<th scope="col"${numeric[index] ? ' class="n"' : ''}>${title}</th>`);
  const body = rows.map((row) => {
    const [first, ...rest] = row;
    return `<tr><th scope="row">${first?.html ?? ''}</th>${rest.map(cellHtml).join('')}</tr>`;
  });
  return `<div class="wide"><table aria-label="${escape(label)}"><thead><tr>${titles.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}
