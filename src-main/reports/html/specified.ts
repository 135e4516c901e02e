/** The result of a run as its kind declares it: on what it rests, single values, tables. Matrices and grids are charts. */
import type { Basis, ResultField, ResultSpecification } from '../../api/contract.ts';
import { basisOf, fieldNumber, fieldText, resultAt, resultTables, type ResultTable } from '../../charts/index.ts';
import { escape } from './escape.ts';
import { numberCell, pairsHtml, tableHtml, textCell, verdictCell, type Cell } from './table.ts';

/** A longer table is cut in print; the data block at the end holds all rows. */
const mostRows = 60;

const words: Readonly<Record<Basis['kind'], string>> = {
  certified: 'certified',
  exact: 'exact',
  numerical: 'numerical, with an error estimate',
  local: 'local, a better one is not excluded',
};

/** The verdict on the numbers of a run, and the sentence that holds the figure. */
function basisHtml({ kind, text }: Basis): string {
  const verdict = kind === 'numerical' ? escape(words[kind]) : verdictCell(kind !== 'local', words[kind]).html;
  return `<p class="basis">${verdict}: ${escape(text)}</p>`;
}

/** A value as its field writes it, every digit in the title. */
export function fieldCell(value: unknown, field: Pick<ResultField, 'format' | 'absent'>): Cell {
  const number = field.format === 'text' ? null : fieldNumber(value, field.format);
  if (field.format !== 'text' && number !== null) return numberCell(number, field.format);
  return { ...textCell(fieldText(value, field)), ...(field.format !== 'text' && { numeric: true }) };
}

function fields(result: unknown, list: readonly ResultField[]): string {
  return pairsHtml(list.map((field) => [escape(field.label), fieldCell(resultAt(result, field.key), field)]));
}

function table({ title, columns, rows }: ResultTable): string {
  const half = mostRows / 2;
  const cut = rows.length > mostRows;
  const listed = cut ? [...rows.slice(0, half), ...rows.slice(-half)] : rows;
  const note = `<p class="note">The first ${half} and last ${half} of ${rows.length} rows; the data block holds all.</p>`;
  const body = listed.map((row) => row.map((value, index) => fieldCell(value, columns[index]!)));
  const head = columns.map(({ label }) => escape(label));
  return `<h4>${escape(title)}</h4>${cut ? note : ''}${tableHtml(head, body, title)}`;
}

export function specifiedHtml(result: unknown, specification: ResultSpecification): string {
  const basis = basisOf(result);
  return [
    basis === null ? '' : basisHtml(basis),
    fields(result, specification.fields),
    ...resultTables(result, specification).map(table),
  ].join('\n');
}
