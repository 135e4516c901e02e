/** Tensors as the WebAssembly backend keeps them: views of its heap, and calls of one kernel from another. */
import type { KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { TILE_ROWS } from '../../../numerics/single-tile-kernels.ts';
import type { Tf } from '../backend.ts';

export type KernelFunction = NonNullable<KernelConfig['kernelFunc']>;

/** A kernel with one output of the WebAssembly backend. */
export type Kernel = (backend: BackendWasm, inputs: NamedTensorInfoMap, attributes: NamedAttrMap) => TensorInfo;

/** The registered kernel of that name at the time of the call: what came with the backend before ours took its place. */
export function kernelOf(tf: Tf, name: string): Kernel {
  const registered = tf.getKernel(name, 'wasm') as KernelConfig | undefined;
  if (!registered) throw new Error(`the WebAssembly backend has no kernel ${name}`);
  return (backend, inputs, attrs) => registered.kernelFunc({ inputs, backend, attrs }) as TensorInfo;
}

export const wasmKernel = (kernelName: string, compute: Kernel, setup?: KernelConfig): KernelConfig => ({
  kernelName,
  backendName: 'wasm',
  ...(setup?.setupFunc ? { setupFunc: setup.setupFunc } : {}),
  kernelFunc: ({ inputs, backend, attrs }) => compute(backend as BackendWasm, inputs, attrs ?? {}),
});

/** The numbers of a tensor on the heap. Any later allocation may move the heap: take views after the last makeOutput. */
export const numbersOf = (backend: BackendWasm, tensor: TensorInfo): Float32Array =>
  backend.typedArrayFromHeap(tensor) as Float32Array;

/** The memory that the heap is. It stays the same when it grows. */
const memoryOf = ({ wasm }: BackendWasm): WebAssembly.Memory =>
  (wasm as unknown as { readonly asm: { readonly memory: WebAssembly.Memory } }).asm.memory;

/** A kernel in WebAssembly of our own on the heap, compiled at its first call. */
export function onHeap<K>(compile: (memory: WebAssembly.Memory) => K): (backend: BackendWasm) => K {
  const kernels = new WeakMap<WebAssembly.Memory, K>();
  return (backend) => {
    const memory = memoryOf(backend);
    const kernel = kernels.get(memory) ?? compile(memory);
    kernels.set(memory, kernel);
    return kernel;
  };
}

/** The same numbers under another shape, without a copy. Not to be disposed of: it holds no reference of its own. */
export const reshaped = (tensor: TensorInfo, shape: number[]): TensorInfo => ({ ...tensor, shape });

/** The tensor, or where its rows are no whole tiles a copy behind whose end a few numbers may be read. */
export function withSlack(backend: BackendWasm, tensor: TensorInfo, rowLength: number): TensorInfo {
  if (rowLength % TILE_ROWS === 0) return tensor;
  const size = tensor.shape.reduce((product, length) => product * length, 1);
  const copy = backend.makeOutput([size + TILE_ROWS], 'float32');
  numbersOf(backend, copy).set(numbersOf(backend, tensor));
  return copy;
}

/** Rows first … first+count−1 of a tensor seen as rows of that length, as a tensor of their own. */
export function rowsOf(
  backend: BackendWasm,
  tensor: TensorInfo,
  first: number,
  count: number,
  length: number,
): TensorInfo {
  const rows = backend.makeOutput([count, length], 'float32');
  numbersOf(backend, rows).set(numbersOf(backend, tensor).subarray(first * length, (first + count) * length));
  return rows;
}
