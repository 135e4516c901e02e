/**
 * The state of a training in one safetensors file: parameters and buffers under their names (any program can read them),
 * moments of the optimiser under `optimiser/`, position and clocks under `trainer/`. Random numbers need no state: order and
 * draws are functions of seed and epoch. Refuses the file of another training.
 */
import { safetensors, safetensorsMetadata } from '../../interop/tensors/safetensors.ts';
import { writeSafetensors } from '../../interop/tensors/safetensors-writer.ts';
import { elementCount, memoryBytes, TensorError } from '../../interop/tensors/tensor.ts';
import type { NamedArray } from '../networks/index.ts';
import type { Clocks } from './clocks.ts';
import type { Position } from './loop.ts';

export interface Checkpoint {
  readonly network: readonly NamedArray[];
  readonly optimiser: readonly NamedArray[];
  readonly position: Position;
  readonly clocks: Clocks;
  /** The backend that computed it: another one rounds differently. */
  readonly backend: string;
  readonly seed: number;
}

const FORMAT = 'peel-training-1';
const OPTIMISER = 'optimiser/';
const POSITION = 'trainer/position';
const CLOCKS = 'trainer/clocks';

export function encodeCheckpoint({ network, optimiser, position, clocks, backend, seed }: Checkpoint): Uint8Array {
  const { epoch, step, samples, lossSum, correct } = position;
  return writeSafetensors(
    [
      ...network,
      ...optimiser.map((array) => ({ ...array, name: OPTIMISER + array.name })),
      { name: POSITION, shape: [5], values: Float64Array.of(epoch, step, samples, lossSum, correct) },
      { name: CLOCKS, shape: [3], values: Float64Array.of(clocks.training, clocks.evaluating, clocks.measuring) },
    ],
    { format: FORMAT, backend, seed: String(seed) },
  );
}

/** @throws TensorError for bytes that are no checkpoint of a training */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { format, backend, seed } = safetensorsMetadata(memoryBytes(bytes), bytes.length);
  if (format !== FORMAT || backend === undefined) throw new TensorError('this is not a checkpoint of a training');
  const tensors = safetensors(memoryBytes(bytes), bytes.length);
  const numbers = (name: string, count: number): readonly number[] => {
    const found = tensors.get(name);
    if (found?.shape[0] !== count) throw new TensorError(`the checkpoint has no ${name} of ${count} numbers`);
    return [...found.read(0, count)];
  };
  const arrays = [...tensors]
    .filter(([name]) => !name.startsWith('trainer/'))
    .map(([name, { shape, read }]): NamedArray => {
      return { name, shape, values: Float32Array.from(read(0, elementCount(shape))) };
    });
  const [epoch, step, samples, lossSum, correct] = numbers(POSITION, 5) as [number, number, number, number, number];
  const [training, evaluating, measuring] = numbers(CLOCKS, 3) as [number, number, number];
  return {
    network: arrays.filter(({ name }) => !name.startsWith(OPTIMISER)),
    optimiser: arrays
      .filter(({ name }) => name.startsWith(OPTIMISER))
      .map((array) => ({ ...array, name: array.name.slice(OPTIMISER.length) })),
    position: { epoch, step, samples, lossSum, correct },
    clocks: { training, evaluating, measuring },
    backend,
    seed: Number(seed),
  };
}
