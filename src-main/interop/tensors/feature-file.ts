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
import { openTensors, type OpenTensors } from './open-tensors.ts';
import { TensorError, type Tensor } from './tensor.ts';

export interface FeatureFile {
  readonly source: FeatureSource;
  readonly classifier: Classifier | null;
  /** K: as told, or the rows of `weights`, or the largest label + 1. */
  readonly classes: number;
  close(): void;
}

/** A wider label, unless so many classes are announced, is a mistake: metrics of K classes take some 50 K² bytes. */
const MOST_CLASSES = 20_000;

/**
 * @param classes K, or null to read it off the file
 * @param field what names the file in messages
 * @throws InvalidInput naming the file, and the array or the line in it that is at fault
 */
export function openFeatureFile(path: string, classes: number | null, field = 'file'): FeatureFile {
  const refuse = (message: string): InvalidInput => new InvalidInput([{ field, value: path, message }]);
  try {
    return extname(path).toLowerCase() === '.csv' ? csv(path, classes) : tensors(path, classes);
  } catch (error) {
    if (error instanceof TensorError) throw refuse(error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw refuse('no such file');
    if (typeof code === 'string' && code.startsWith('E')) throw refuse(`cannot be read: ${message}`);
    throw error;
  }
}

function csv(path: string, told: number | null): FeatureFile {
  const { features, labels, dimension } = readFeaturesCsv(readFileSync(path, 'utf8'));
  if (labels.length === 0) throw new TensorError('holds no samples');
  const { whole, classes } = checkedLabels(labels, told, null);
  return { source: arraySource(features, whole, dimension), classifier: null, classes, close: () => undefined };
}

function tensors(path: string, told: number | null): FeatureFile {
  const opened = openTensors(path);
  try {
    const features = shaped(opened, 'features', 2);
    const labels = shaped(opened, 'labels', 1);
    const [N, d] = features.shape as [number, number];
    if (labels.shape[0] !== N) throw new TensorError(`labels has ${labels.shape[0]} entries; features has ${N} rows`);
    if (N === 0 || d === 0) throw new TensorError(`features of shape (${N}, ${d}) holds no samples`);
    const weights = opened.names.includes('weights') ? shaped(opened, 'weights', 2) : null;
    if (weights && weights.shape[1] !== d)
      throw new TensorError(`weights has ${weights.shape[1]} columns; features has ${d}`);
    const { whole, classes } = checkedLabels(labels.read(0, N), told, weights?.shape[0] ?? null);
    const bias = opened.names.includes('bias') ? shaped(opened, 'bias', 1) : null;
    if (bias && bias.shape[0] !== classes)
      throw new TensorError(`bias has ${bias.shape[0]} entries for ${classes} classes`);
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

function shaped(opened: OpenTensors, name: string, rank: number): Tensor {
  const found = opened.open(name);
  if (found.shape.length !== rank)
    throw new TensorError(
      `${name} must have ${rank} ${rank === 1 ? 'axis' : 'axes'}, and has shape (${found.shape.join(', ')})`,
    );
  return found;
}

function checkedLabels(labels: ArrayLike<number>, told: number | null, rows: number | null) {
  if (told !== null && rows !== null && told !== rows)
    throw new InvalidInput([
      { field: 'classes', value: told, message: `does not fit weights, which has ${rows} rows` },
    ]);
  const fixed = told ?? rows;
  let largest = -1;
  const whole = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < (fixed ?? MOST_CLASSES)))
      throw new TensorError(
        `sample ${i} has label ${label}; labels are whole numbers from 0 to ${(fixed ?? MOST_CLASSES) - 1}`,
      );
    whole[i] = label;
    largest = Math.max(largest, label);
  }
  return { whole, classes: fixed ?? largest + 1 };
}
