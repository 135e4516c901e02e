/**
 * What a layer is: the tensors it declares, the shape it gives, and how it is applied. Layers hold no tensors; a network
 * makes them from the declarations and hands them in by name. So counts are known before anything is allocated.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Tf } from '../../backends/backend.ts';
import type { ParameterRole } from '../types.ts';

export interface Declaration {
  readonly name: string;
  readonly shape: readonly number[];
  /** `buffer`: kept with the network, not trained. */
  readonly role: ParameterRole | 'buffer';
}

/** Tensors that are drawn together, such as the factors of one matrix. */
export interface Declared {
  readonly tensors: readonly Declaration[];
  /** Initial values in the order of `tensors`, row-major; they depend on the seed alone. */
  readonly draw: (seed: number) => readonly Float32Array[];
}

/** One application of a network. */
export interface Pass {
  readonly tf: Tf;
  readonly training: boolean;
  /** The tensor declared under this name. */
  readonly value: (name: string) => Variable;
}

export interface Layer {
  readonly declared: readonly Declared[];
  /** Shape of one sample's output: [d] or [height, width, channels]. */
  readonly output: readonly number[];
  readonly apply: (x: Tensor, pass: Pass) => Tensor;
}

/** Layers one after another. `input` is the output shape where there are none. */
export function sequence(layers: readonly Layer[], input: readonly number[]): Layer {
  return {
    declared: layers.flatMap(({ declared }) => declared),
    output: layers.at(-1)?.output ?? input,
    apply: (x, pass) => layers.reduce((value, layer) => layer.apply(value, pass), x),
  };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
