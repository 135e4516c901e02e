/**
 * Copies that need not be copies: tensors never change, so that the same numbers under another handle (tf.clone, and
 * tf.cast to the type they have) are one more reference. The backend copies them, several times per operation of a
 * differentiated network.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tf } from '../backend.ts';
import { kernelOf, wasmKernel } from './heap.ts';

export function identity(tf: Tf): KernelConfig {
  const plain = kernelOf(tf, tf.Identity);
  return wasmKernel(tf.Identity, (backend, { x }, attributes) =>
    x!.dtype === 'string' ? plain(backend, { x }, attributes) : reference(backend, x!),
  );
}

export function cast(tf: Tf): KernelConfig {
  const plain = kernelOf(tf, tf.Cast);
  return wasmKernel(tf.Cast, (backend, { x }, attributes) =>
    attributes['dtype'] === x!.dtype && x!.dtype !== 'string'
      ? reference(backend, x!)
      : plain(backend, { x }, attributes),
  );
}

function reference(backend: BackendWasm, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}
