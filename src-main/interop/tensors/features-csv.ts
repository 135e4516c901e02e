/**
 * Features as comma-separated text: one sample a line, the label in the column named `label` (or the last column where there
 * is no head), every other column a feature. Names the line and column of what is not a number.
 */
import { TensorError } from './tensor.ts';

export interface CsvFeatures {
  readonly features: Float64Array;
  readonly labels: Float64Array;
  readonly dimension: number;
}

/** @throws TensorError */
export function readFeaturesCsv(text: string): CsvFeatures {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const rows = lines
    .map((line, index) => ({ cells: line.split(','), number: index + 1 }))
    .filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  const first = rows[0];
  if (!first) throw new TensorError('the file holds no lines');
  const named = first.cells.some((cell) => toNumber(cell) === null);
  const columns = first.cells.length;
  const label = named ? first.cells.findIndex((cell) => /^"?labels?"?$/i.test(cell.trim())) : columns - 1;
  if (label < 0)
    throw new TensorError(
      `line ${first.number} names no column "label"; it names ${first.cells.slice(0, 6).join(', ')}`,
    );
  const samples = named ? rows.slice(1) : rows;
  if (columns < 2) throw new TensorError('there must be at least one feature beside the label');
  const features = new Float64Array(samples.length * (columns - 1));
  const labels = new Float64Array(samples.length);
  samples.forEach(({ cells, number }, i) => {
    if (cells.length !== columns)
      throw new TensorError(`line ${number} has ${cells.length} columns, the first has ${columns}`);
    let at = i * (columns - 1);
    cells.forEach((cell, column) => {
      const value = toNumber(cell);
      if (value === null)
        throw new TensorError(`line ${number}, column ${column + 1}: "${cell.trim().slice(0, 40)}" is not a number`);
      if (column === label) labels[i] = value;
      else features[at++] = value;
    });
  });
  return { features, labels, dimension: columns - 1 };
}

/** NaN and infinities are values, as numpy.savetxt writes them; an empty cell is none. */
function toNumber(cell: string): number | null {
  const text = cell.trim().toLowerCase();
  if (text === 'nan') return NaN;
  if (/^[+-]?inf(inity)?$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? null : value;
}
