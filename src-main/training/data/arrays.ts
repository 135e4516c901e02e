/** Datasets from arrays: .npz, .safetensors, .npy folders and .csv, through the readers of feature files. */
import { openFeatureFile } from '../../interop/tensors/feature-file.ts';
import type { Dataset, ImageShape } from '../types.ts';
import { refusal } from './refusal.ts';
import { heldOut } from './split.ts';

/**
 * Arrays `features` (N×d) and `labels`. `side` > 0 reads a row as a side×side image of d/side² channels.
 * @throws InvalidInput naming the file or the array
 */
export function openArrays(path: string, side: number | null, testShare: number, seed: number): Dataset {
  const file = openFeatureFile(path, null, 'path');
  try {
    const { samples, dimension } = file.source;
    const inputs = new Float32Array(samples * dimension);
    const labels = new Int32Array(samples);
    for (const { first, rows, values, labels: part } of file.source.chunks()) {
      inputs.set(values, first * dimension);
      labels.set(part.subarray(0, rows), first);
    }
    const bad = inputs.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw refusal(
        'path',
        path,
        `sample ${Math.floor(bad / dimension)}, feature ${bad % dimension} is ${inputs[bad]}; training needs finite numbers`,
      );
    return {
      name: path.split(/[\\/]/).filter(Boolean).at(-1)!,
      classes: Array.from({ length: file.classes }, (_, k) => String(k)),
      shape: imageShape(dimension, side),
      ...heldOut({ inputs, labels }, testShare, seed),
      origin: `arrays of ${path.split(/[\\/]/).at(-1)}`,
    };
  } finally {
    file.close();
  }
}

function imageShape(d: number, side: number | null): ImageShape {
  if (side === null) return { height: 1, width: d, channels: 1 };
  const channels = d / (side * side);
  if (!Number.isInteger(channels)) throw refusal('side', side, `rows of ${d} numbers are no ${side}×${side} images`);
  return { height: side, width: side, channels };
}
