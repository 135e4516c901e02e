/**
 * A·B, Aᵀ·B, A·Bᵀ, Aᵀ·Bᵀ. The backend's own kernel is fast for plain A·B of single matrices alone; the transposed forms,
 * which are what back-propagation through a dense layer needs, run element by element there. Transposing costs O(n²)
 * and makes every form fast; of A'·B' and (B'ᵀ·A'ᵀ)ᵀ the one is taken that moves fewer numbers. Batches of more than
 * one product are left to the backend.
 *
 * The backend remembers how it prepared a right-hand factor by the factor's data, not by its shape: the same numbers under
 * another shape (a reshape shares its data) would silently be multiplied wrongly. They are copied first.
 */
import type { DataId, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { kernelOf, rowsOf, wasmKernel, type Kernel } from './heap.ts';
import { transposed } from './transposed.ts';

export function matrixProduct(tf: Tf): KernelConfig {
  const plain = safely(kernelOf(tf, tf.BatchMatMul));
  const NEITHER = { transposeA: false, transposeB: false };

  const compute: Kernel = (backend, { a, b }, attributes) => {
    const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
    if (isBatch(a!) || isBatch(b!) || !(transposeA || transposeB)) return plain(backend, { a, b }, attributes);
    // A' is m×k, B' is k×n.
    const [rowsA, columnsA] = a!.shape.slice(-2) as [number, number];
    const [rowsB, columnsB] = b!.shape.slice(-2) as [number, number];
    const m = transposeA ? columnsA : rowsA;
    const n = transposeB ? rowsB : columnsB;
    const [sizeA, sizeB] = [rowsA * columnsA, rowsB * columnsB];
    const direct = (transposeA ? sizeA : 0) + (transposeB ? sizeB : 0);
    const turned = (transposeA ? 0 : sizeA) + (transposeB ? 0 : sizeB) + m * n;
    if (turned < direct) {
      const left = transposeB ? b! : transposed(backend, b!);
      const right = transposeA ? a! : transposed(backend, a!);
      const product = plain(backend, { a: left, b: right }, NEITHER);
      const result = transposed(backend, product);
      for (const { dataId } of [left, right, product].filter((x) => x !== a && x !== b)) backend.disposeData(dataId);
      return result;
    }
    const left = transposeA ? transposed(backend, a!) : a!;
    const right = transposeB ? transposed(backend, b!) : b!;
    const product = plain(backend, { a: left, b: right }, NEITHER);
    for (const { dataId } of [left, right].filter((x) => x !== a && x !== b)) backend.disposeData(dataId);
    return product;
  };
  return wasmKernel(tf.BatchMatMul, compute, tf.getKernel(tf.BatchMatMul, 'wasm'));
}

function safely(product: Kernel): Kernel {
  const shapes = new WeakMap<DataId, string>();
  return (backend, { a, b }, attributes) => {
    const shape = b!.shape.join('×');
    const known = shapes.get(b!.dataId) ?? shape;
    if (isBatch(b!) || known === shape) {
      shapes.set(b!.dataId, known);
      return product(backend, { a, b }, attributes);
    }
    const [rows, columns] = b!.shape.slice(-2) as [number, number];
    const copy = { ...rowsOf(backend, b!, 0, rows, columns), shape: b!.shape };
    const result = product(backend, { a, b: copy }, attributes);
    backend.disposeData(copy.dataId);
    return result;
  };
}

const isBatch = ({ shape }: TensorInfo): boolean => shape.slice(0, -2).some((length) => length !== 1);
