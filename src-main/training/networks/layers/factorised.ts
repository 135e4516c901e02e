/**
 * A fully connected layer of rank r, x ↦ x V Uᵀ + b for W = U Vᵀ (Kamalakara et al. 2022). V is stored inputs×r and Uᵀ
 * r×outputs, so that no product needs a transpose. The two factors are drawn together.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type Initialisation, initialFactors } from '../../../models/low-rank/initialisation.ts';
import { InvalidInput } from '../../../parameters/specification.ts';
import { deviation, drawLayer } from '../initial.ts';
import type { ParameterRole } from '../types.ts';
import type { DenseOptions } from './dense.ts';
import type { Declared, Layer } from './layer.ts';

/** Smaller sides up to this one get spectral factors: a singular value decomposition of 1024×1024 takes some ten seconds. */
const LARGEST_SPECTRAL = 1024;

/**
 * Declares `name.right` (V, inputs×r) and `name.left` (Uᵀ, r×outputs); r is capped by both sides.
 * @throws InvalidInput where spectral factors are asked of a matrix too large to decompose
 */
export function declareFactors(
  name: string,
  [inputs, outputs]: readonly [number, number],
  rank: number,
  scheme: Initialisation,
  deviationOfWeights: number,
  role: ParameterRole,
): Declared {
  const side = Math.min(inputs, outputs);
  if (scheme !== 'plain' && side > LARGEST_SPECTRAL)
    throw new InvalidInput([
      {
        field: 'factors',
        value: scheme,
        message: `needs the singular values of ${name} (${outputs}×${inputs}), which takes too long from ${LARGEST_SPECTRAL} on; use plain factors or a smaller width`,
      },
    ]);
  const r = Math.min(rank, side);
  return {
    tensors: [
      { name: `${name}.right`, shape: [inputs, r], role },
      { name: `${name}.left`, shape: [r, outputs], role },
    ],
    draw: (seed) => {
      const { left, right } = initialFactors(scheme, outputs, inputs, r, deviationOfWeights, seed);
      const leftTransposed = new Float32Array(r * outputs);
      for (let i = 0; i < outputs; i++) for (let j = 0; j < r; j++) leftTransposed[j * outputs + i] = left[i * r + j]!;
      return [Float32Array.from(right), leftTransposed];
    },
  };
}

/** Tensors `name.right`, `name.left` and `name.bias`. */
export function factorised(
  name: string,
  inputs: number,
  outputs: number,
  rank: number,
  scheme: Initialisation,
  { initial, following, bias }: DenseOptions,
): Layer {
  const spread = deviation(initial, inputs, following);
  const biasName = `${name}.bias`;
  const biases: Declared = {
    tensors: [{ name: biasName, shape: [outputs], role: 'bias' }],
    draw: (seed) => [drawLayer(initial, 0, outputs, inputs, following, seed)[1]],
  };
  return {
    declared: [declareFactors(name, [inputs, outputs], rank, scheme, spread, 'weight'), ...(bias ? [biases] : [])],
    output: [outputs],
    apply: (x, { tf, value }) => {
      const inner = tf.matMul(x as Tensor2D, value(`${name}.right`) as unknown as Tensor2D);
      const product = tf.matMul(inner, value(`${name}.left`) as unknown as Tensor2D);
      return bias ? tf.add(product, value(biasName)) : product;
    },
  };
}
