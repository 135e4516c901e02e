/** A result document for the terminal, by the specification of its kind; metrics where the kind declares no results. */
import type { Basis, MetricSummary, ResultField, ResultSpecification, RunKind } from '../api/contract.ts';
import { basisOf, fieldText, resultAt, resultMatrices, resultTables } from '../charts/index.ts';
import { plain, terminalNumber } from './numbers.ts';
import { pairs, table } from './table.ts';

/** Rows, and classes of a matrix, that fit on a screen; --json has them all. */
const mostRows = 40;
const mostClasses = 12;

const words: Readonly<Record<Basis['kind'], string>> = {
  certified: 'Certified',
  exact: 'Exact',
  numerical: 'Numerical, with an error estimate',
  local: 'Local, a better one is not excluded',
};

const written = (value: unknown, field: Pick<ResultField, 'format' | 'absent'>): string =>
  plain(fieldText(value, field));

function cutRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (rows.length <= mostRows) return rows;
  return [...rows.slice(0, mostRows / 2), ...rows.slice(-mostRows / 2)];
}

function declared(result: unknown, specification: ResultSpecification): readonly string[] {
  const basis = basisOf(result);
  const tables = resultTables(result, specification).map(({ title, columns, rows }) => {
    const texts = rows.map((row) => row.map((value, index) => written(value, columns[index]!)));
    const shown = cutRows(texts);
    const left = texts.length - shown.length;
    const cut = left === 0 ? '' : `\n(${left} rows in the middle are left out here; --json has them all)`;
    const heads = columns.map(({ label, format }) => ({ title: label, numeric: format !== 'text' }));
    return `${title}\n${table(heads, shown)}${cut}`;
  });
  const matrices = resultMatrices(result, specification)
    .filter(({ input }) => input.size <= mostClasses)
    .map(({ title, input: { size, values } }) => {
      const heads = ['', ...Array.from({ length: size }, (_, i) => String(i + 1))].map((head) => ({
        title: head,
        numeric: true,
      }));
      const rows = Array.from({ length: size }, (_, i) => [
        String(i + 1),
        ...Array.from({ length: size }, (_, j) => terminalNumber(values[i * size + j] ?? null, 'cosine')),
      ]);
      return `${title}\n${table(heads, rows)}`;
    });
  const facts = specification.fields.map((field): [string, string] => [
    field.label,
    written(resultAt(result, field.key), field),
  ]);
  return [
    ...(basis === null ? [] : [`${words[basis.kind]}: ${basis.text}`]),
    ...(facts.length === 0 ? [] : [pairs(facts)]),
    ...tables,
    ...matrices,
  ];
}

/** Points, last, least and greatest value of every metric. */
export function metricsText(metrics: Readonly<Record<string, MetricSummary>>, kind: RunKind | undefined): string {
  const rows = Object.entries(metrics).map(([key, metric]) => {
    const format = kind?.metrics.find((candidate) => candidate.key === key)?.format ?? 'loss';
    const show = (value: MetricSummary['last'] | null): string => terminalNumber(value, format);
    return [key, String(metric.n), show(metric.last), show(metric.min), show(metric.max)];
  });
  if (rows.length === 0) return '';
  const heads = ['points', 'last', 'least', 'most'].map((title) => ({ title, numeric: true }));
  return table([{ title: 'metric' }, ...heads], rows);
}

export function resultText(kind: RunKind, result: unknown, metrics: Readonly<Record<string, MetricSummary>>): string {
  const parts = kind.results === undefined || result === null ? [] : declared(result, kind.results);
  return [...parts, metricsText(metrics, kind)].filter((part) => part !== '').join('\n\n');
}
