/** The small parts of the trainer: which epochs are measured, files of tensors bit by bit, losses of one sample. */
import { describe, expect, it } from 'vitest';
import { safetensors, safetensorsMetadata } from '../../../src-main/interop/tensors/safetensors.ts';
import { writeSafetensors } from '../../../src-main/interop/tensors/safetensors-writer.ts';
import { memoryBytes, TensorError } from '../../../src-main/interop/tensors/tensor.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src-main/training/trainer/checkpoint.ts';
import { largest, shareOf } from '../../../src-main/training/trainer/evaluate.ts';
import { isMeasured } from '../../../src-main/training/trainer/measured-epochs.ts';
import { softmaxLoss, squaredLoss } from '../../../src-main/training/trainer/sample-loss.ts';

const chosen = (schedule: 'logarithmic' | 'every' | 'last', epochs: number): number[] =>
  Array.from({ length: epochs }, (_, i) => i + 1).filter((epoch) => isMeasured(schedule, epoch, epochs));

it('epochs are measured evenly in the logarithm, always, or at the end', () => {
  expect(chosen('logarithmic', 350)).toEqual([1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100, 200, 300, 350]);
  expect(chosen('logarithmic', 1)).toEqual([1]);
  expect(isMeasured('logarithmic', 1000, 5000)).toBe(true);
  expect(chosen('every', 4)).toEqual([1, 2, 3, 4]);
  expect(chosen('last', 4)).toEqual([4]);
});

describe('safetensors', () => {
  const values = Float32Array.of(1.5, -0, NaN, Infinity, 1e-45, 3);
  const tensors = [
    { name: 'odd', shape: [3], values: Int32Array.of(1, -2, 3) },
    { name: 'a', shape: [2, 3], values },
    { name: 'precise', shape: [], values: Float64Array.of(Math.PI) },
  ];

  it('come back bit by bit, with their metadata', () => {
    const bytes = writeSafetensors(tensors, { seed: '7' });
    const read = safetensors(memoryBytes(bytes), bytes.length);
    expect([...read.keys()].sort()).toEqual(['a', 'odd', 'precise']);
    expect(read.get('a')!.shape).toEqual([2, 3]);
    const back = read.get('a')!.read(0, 6) as Float32Array;
    expect(new Uint8Array(back.buffer)).toEqual(new Uint8Array(values.buffer));
    expect([...read.get('precise')!.read(0, 1)]).toEqual([Math.PI]);
    expect([...read.get('odd')!.read(0, 3)]).toEqual([1, -2, 3]);
    expect(safetensorsMetadata(memoryBytes(bytes), bytes.length)).toEqual({ seed: '7' });
  });

  it('have the layout of the format: length, padded JSON, elements that start at their offsets', () => {
    const bytes = writeSafetensors(tensors);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
    expect(header['precise']).toEqual({ dtype: 'F64', shape: [], data_offsets: [0, 8] });
    expect(header['a']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [8, 32] });
    expect(new DataView(bytes.buffer).getFloat32(8 + length + 8, true)).toBe(1.5);
  });

  it('are refused where names or shapes do not fit', () => {
    expect(() => writeSafetensors([tensors[0]!, tensors[0]!])).toThrow(TensorError);
    expect(() => writeSafetensors([{ ...tensors[0]!, shape: [4] }])).toThrow(/does not hold 3/);
  });
});

it('a checkpoint comes back as it was, and another file is refused', () => {
  const checkpoint = {
    network: [{ name: 'head.weight', shape: [2], values: Float32Array.of(1, 2) }],
    optimiser: [{ name: 'head.weight.velocity', shape: [2], values: Float32Array.of(3, 4) }],
    position: { epoch: 3, step: 2, samples: 32, lossSum: 0.1 + 0.2, correct: 30 },
    clocks: { training: 1.25, evaluating: 0.5, measuring: 0.25 },
    backend: 'wasm',
    seed: 9,
  };
  expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
  // Node's own buffers lie in a pool, at any offset.
  expect(decodeCheckpoint(Buffer.from(encodeCheckpoint(checkpoint)))).toEqual(checkpoint);
  expect(() => decodeCheckpoint(writeSafetensors(checkpoint.network))).toThrow(/not a checkpoint/);
});

it('losses of a sample are those of their definitions', () => {
  const z = [1, 2, -1];
  const total = Math.exp(1) + Math.exp(2) + Math.exp(-1);
  expect(softmaxLoss(z, 0)).toBeCloseTo(-Math.log(Math.exp(1) / total), 14);
  expect(softmaxLoss([1000, 0], 1)).toBe(1000);
  expect(squaredLoss(z, 1)).toBe((1 + 1 + 1) / 2);
  expect(largest([1, 3, 3])).toBe(1);
  expect(largest([NaN, 0, 1])).toBe(2);
  expect(shareOf(Float64Array.of(1, 9), Float64Array.of(2, 10), [0])).toBe(0.5);
  expect(shareOf(Float64Array.of(0), Float64Array.of(0), null)).toBeNull();
});
