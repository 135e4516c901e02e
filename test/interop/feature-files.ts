/** Feature files of every format with the same contents, written byte by byte from the formats' specifications. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { writeNpy, type NpyArray } from '../../src-main/interop/npy.ts';
import { writeNpz } from '../../src-main/interop/npz.ts';
import type { Sample } from '../collapse/definitions.ts';

export function arraysOf({ features, labels, weights, bias }: Sample): Readonly<Record<string, NpyArray>> {
  const d = features[0]!.length;
  return {
    features: { shape: [features.length, d], data: Float64Array.from(features.flat()) },
    labels: { shape: [labels.length], data: BigInt64Array.from(labels, BigInt) },
    weights: { shape: [weights.length, d], data: Float64Array.from(weights.flat()) },
    ...(bias && { bias: { shape: [bias.length], data: Float64Array.from(bias) } }),
  };
}

export function writeStoredNpz(path: string, drawn: Sample): void {
  writeFileSync(path, writeNpz(arraysOf(drawn)));
}

export function writeDeflatedNpz(path: string, drawn: Sample): void {
  const files = Object.entries(arraysOf(drawn)).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const);
  writeFileSync(path, zipSync(Object.fromEntries(files), { level: 6 }));
}

export function writeNpyFolder(path: string, drawn: Sample): void {
  mkdirSync(path, { recursive: true });
  for (const [name, array] of Object.entries(arraysOf(drawn)))
    writeFileSync(join(path, `${name}.npy`), writeNpy(array));
}

const dtypes = { Float64Array: 'F64', Float32Array: 'F32', BigInt64Array: 'I64', Uint16Array: 'BF16' } as const;

/** Eight bytes of length, JSON, elements. */
export function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: ArrayBufferView }>>,
  extra: object = { __metadata__: { format: 'pt' } },
): void {
  const header: Record<string, unknown> = { ...extra };
  let at = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = dtypes[data.constructor.name as keyof typeof dtypes];
    header[name] = { dtype, shape, data_offsets: [at, (at += data.byteLength)] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(new BigUint64Array([BigInt(text.length)]).buffer);
  const parts = Object.values(tensors).map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  writeFileSync(path, Buffer.concat([length, text, ...parts]));
}

export function writeCsv(path: string, { features, labels }: Sample, head: boolean): void {
  const d = features[0]!.length;
  const names = ['label', ...Array.from({ length: d }, (_, j) => `f${j}`)].join(',');
  const rows = features.map((row, i) => (head ? [labels[i], ...row] : [...row, labels[i]]).join(','));
  writeFileSync(path, `${[...(head ? [names] : []), ...rows].join('\r\n')}\r\n`);
}
