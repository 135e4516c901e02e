/**
 * A·B, Aᵀ·B, A·Bᵀ, Aᵀ·Bᵀ of single matrices, which is what a dense layer and its gradients need. The backend's own kernel is
 * slower where nothing is transposed and runs element by element where something is. Batches of more than one product are
 * left to it.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tf } from '../backend.ts';
import { columnsTimes, rowsTimes, type Right } from './heap-products.ts';
import { kernelOf, numbersOf, wasmKernel, withSlack, type Kernel } from './heap.ts';

export function matrixProduct(tf: Tf): KernelConfig {
  const batches = kernelOf(tf, tf.BatchMatMul);

  const compute: Kernel = (backend, { a, b }, attributes) => {
    const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
    if (isBatch(a!) || isBatch(b!)) return batches(backend, { a, b }, attributes);
    const [rowsB, columnsB] = b!.shape.slice(-2) as [number, number];
    const right: Right = transposeB
      ? { tensor: b!, rowStep: 1, columnStep: columnsB, columns: rowsB }
      : { tensor: b!, rowStep: columnsB, columnStep: 1, columns: columnsB };
    return (transposeA ? turned : straight)(backend, a!, right);
  };
  return wasmKernel(tf.BatchMatMul, compute, tf.getKernel(tf.BatchMatMul, 'wasm'));
}

function straight(backend: BackendWasm, a: TensorInfo, right: Right): TensorInfo {
  const [rows, depth] = a.shape.slice(-2) as [number, number];
  const left = { rows, pieces: 1, step: 0, depth, addresses: () => rowAddresses(backend, a, rows, depth) };
  return rowsTimes(backend, left, right, [...a.shape.slice(0, -2), rows, right.columns]);
}

function turned(backend: BackendWasm, a: TensorInfo, right: Right): TensorInfo {
  const [rows, depth] = a.shape.slice(-2) as [number, number];
  const from = withSlack(backend, a, depth);
  const left = { rows, pieces: 1, step: 0, depth, addresses: () => rowAddresses(backend, from, rows, depth) };
  const result = columnsTimes(backend, left, right, [...a.shape.slice(0, -2), depth, right.columns]);
  if (from !== a) backend.disposeData(from.dataId);
  return result;
}

function rowAddresses(backend: BackendWasm, matrix: TensorInfo, rows: number, columns: number): Int32Array {
  const first = numbersOf(backend, matrix).byteOffset;
  return Int32Array.from({ length: rows }, (_, row) => first + 4 * row * columns);
}

const isBatch = ({ shape }: TensorInfo): boolean => shape.slice(0, -2).some((length) => length !== 1);
