/**
 * A file of features as what the collapse metrics measure: arrays `features` (N×d) and `labels` (N), and where they are
 * there `weights` (K×d) and `bias` (K). Refuses arrays that do not fit together, naming the array and the value.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { arraySource, chunkedSource } from '../../collapse/source.ts';
import type { Classifier, FeatureSource } from '../../collapse/types.ts';
import { InvalidInput } from '../../parameters/specification.ts';
import { readFeaturesCsv } from './features-csv.ts';
import { openTensors } from './open-tensors.ts';
import { TensorError, type Tensor } from './tensor.ts';

export interface FeatureFile {
  readonly source: FeatureSource;
  readonly classifier: Classifier | null;
  /** K: as told, or the rows of `weights`, or the largest label + 1. */
  readonly classes: number;
  close(): void;
}

/** A wider label would need as many classes. */
const MOST_CLASSES = 100_000;

const refuse = (field: string, value: unknown, message: string): InvalidInput =>
  new InvalidInput([{ field, value, message }]);

/** @param classes K, or null to read it off the file. @throws InvalidInput naming the file or the array at fault */
export function openFeatureFile(path: string, classes: number | null): FeatureFile {
  try {
    return extname(path).toLowerCase() === '.csv' ? csv(path, classes) : tensors(path, classes);
  } catch (error) {
    if (error instanceof TensorError) throw refuse('file', path, error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw refuse('file', path, 'no such file');
    if (code !== undefined && code.startsWith('E')) throw refuse('file', path, `cannot be read: ${message}`);
    throw error;
  }
}

function csv(path: string, told: number | null): FeatureFile {
  const { features, labels, dimension } = readFeaturesCsv(readFileSync(path, 'utf8'));
  const { whole, classes } = checkedLabels(labels, told, null);
  return { source: arraySource(features, whole, dimension), classifier: null, classes, close: () => undefined };
}

function tensors(path: string, told: number | null): FeatureFile {
  const opened = openTensors(path);
  try {
    const { tensors: arrays } = opened;
    const features = shaped(arrays, 'features', 2, path);
    const labels = shaped(arrays, 'labels', 1, path);
    const [N, d] = features.shape as [number, number];
    if (labels.shape[0] !== N)
      throw refuse('labels', labels.shape[0], `has ${labels.shape[0]} entries; features has ${N} rows`);
    if (N === 0 || d === 0) throw refuse('features', `(${N}, ${d})`, 'holds no samples');
    const weights = arrays.has('weights') ? shaped(arrays, 'weights', 2, path) : null;
    if (weights && weights.shape[1] !== d)
      throw refuse('weights', weights.shape[1], `has ${weights.shape[1]} columns; features has ${d}`);
    const { whole, classes } = checkedLabels(labels.read(0, N), told, weights?.shape[0] ?? null);
    const bias = arrays.has('bias') ? shaped(arrays, 'bias', 1, path) : null;
    if (bias && bias.shape[0] !== classes)
      throw refuse('bias', bias.shape[0], `has ${bias.shape[0]} entries for ${classes} classes`);
    const classifier = weights && {
      weights: Float64Array.from(weights.read(0, classes * d)),
      bias: bias && Float64Array.from(bias.read(0, classes)),
    };
    return {
      source: chunkedSource(whole, d, (first, rows) => features.read(first * d, rows * d)),
      classifier,
      classes,
      close: () => opened.close(),
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

function shaped(arrays: ReadonlyMap<string, Tensor>, name: string, rank: number, path: string): Tensor {
  const found = arrays.get(name);
  if (!found) {
    const there = [...arrays.keys()].join(', ') || 'none';
    throw refuse('file', path, `holds no array ${name}; its arrays are ${there}`);
  }
  if (found.shape.length !== rank)
    throw refuse(
      name,
      `(${found.shape.join(', ')})`,
      `must have ${rank} ${rank === 1 ? 'axis' : 'axes'}, has shape (${found.shape.join(', ')})`,
    );
  return found;
}

function checkedLabels(labels: ArrayLike<number>, told: number | null, rows: number | null) {
  if (told !== null && rows !== null && told !== rows)
    throw refuse('classes', told, `does not fit weights, which has ${rows} rows`);
  const fixed = told ?? rows;
  let largest = -1;
  const whole = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < (fixed ?? MOST_CLASSES)))
      throw refuse(
        'labels',
        label,
        `sample ${i} has label ${label}; labels are whole numbers from 0 to ${(fixed ?? MOST_CLASSES) - 1}`,
      );
    whole[i] = label;
    largest = Math.max(largest, label);
  }
  return { whole, classes: fixed ?? largest + 1 };
}
