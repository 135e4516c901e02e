/**
 * Sums and means over axes that are neighbours, as those over all positions of N×H×W×C (gradients of biases, batch
 * norm) or over H×W (global pooling): added in one walk through memory, in float64. The backend would transpose
 * the tensor first and add in float32. Others (axes apart, the last axis alone, not float32) are left to it.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { kernelOf, numbersOf, wasmKernel, type Kernel } from './heap.ts';

export const sum = (tf: Tf): KernelConfig => reduction(tf, tf.Sum, () => 1);
export const mean = (tf: Tf): KernelConfig => reduction(tf, tf.Mean, (count) => 1 / count);

function reduction(tf: Tf, name: string, weightOf: (count: number) => number): KernelConfig {
  const plain = kernelOf(tf, name);
  const compute: Kernel = (backend, { x }, attributes) => {
    const { shape, dtype } = x!;
    const { axis, keepDims } = attributes as { axis: number | number[]; keepDims?: boolean };
    const axes = tf.util.parseAxisParam(axis, shape).sort((a, b) => a - b);
    const [first, last] = [axes[0] ?? 0, axes.at(-1) ?? -1];
    const together = axes.length > 0 && last - first === axes.length - 1;
    const inner = tf.util.sizeFromShape(shape.slice(last + 1));
    if (!together || inner === 1 || dtype !== 'float32') return plain(backend, { x }, attributes);
    const count = tf.util.sizeFromShape(shape.slice(first, last + 1));
    const outer = tf.util.sizeFromShape(shape.slice(0, first));
    const kept = keepDims ? axes.map(() => 1) : [];
    const result = backend.makeOutput([...shape.slice(0, first), ...kept, ...shape.slice(last + 1)], 'float32');
    addUp(numbersOf(backend, x!), numbersOf(backend, result), outer, count, inner, weightOf(count));
    return result;
  };
  return wasmKernel(name, compute, tf.getKernel(name, 'wasm'));
}

/** result[o, i] = weight · Σ_c x[o, c, i]. */
function addUp(
  x: Float32Array,
  result: Float32Array,
  outer: number,
  count: number,
  inner: number,
  weight: number,
): void {
  const totals = new Float64Array(inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    totals.fill(0);
    for (let c = 0; c < count; c++) for (let i = 0; i < inner; i++, at++) totals[i]! += x[at]!;
    for (let i = 0; i < inner; i++) result[o * inner + i] = weight * totals[i]!;
  }
}
