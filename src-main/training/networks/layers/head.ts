/**
 * From the features to the logits: z = W_M … W_1 h + b, linear layers without activations between them. All weights have
 * the role head-weight, so that decay on the last layer covers each W_j, as in deep linear networks. M = 1 may be dense,
 * of rank r (two factors) or a fixed simplex ETF. Tensors are stored transposed: inputs × outputs.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { InvalidInput } from '../../../parameters/specification.ts';
import { deviation, drawLayer } from '../initial.ts';
import type { NetworkSpecification } from '../types.ts';
import { simplexEtf } from './etf.ts';
import { declareFactors } from './factorised.ts';
import type { Declared, Layer, Pass } from './layer.ts';

export interface HeadLayer extends Layer {
  /** (W_M … W_1)ᵀ, p×K. */
  readonly matrix: (pass: Pass) => Tensor2D;
  readonly biasName: string | null;
}

/**
 * Tensors `head.weight` (p×K; a buffer where it is a fixed ETF), or `head.right` and `head.left` where it has a rank, or
 * `head.1.weight` … `head.M.weight`; and `head.bias` (K).
 * @throws InvalidInput where an ETF has no room: p < K − 1
 */
export function head(specification: NetworkSpecification, p: number, K: number): HeadLayer {
  const weights = declareWeights(specification, p, K);
  const names = weights.flatMap(({ tensors }) => tensors.map(({ name }) => name));
  const biasName = specification.bias ? 'head.bias' : null;
  const bias: Declared = {
    tensors: [{ name: 'head.bias', shape: [K], role: 'head-bias' }],
    draw: (seed) => [drawLayer(specification.initial, 0, K, p, 'linear', seed)[1]],
  };
  const matrices = ({ value }: Pass): Tensor2D[] => names.map((name) => value(name) as unknown as Tensor2D);
  return {
    declared: biasName === null ? weights : [...weights, bias],
    output: [K],
    biasName,
    matrix: (pass) => matrices(pass).reduce((product, next) => pass.tf.matMul(product, next)),
    apply: (h, pass) => {
      const z = matrices(pass).reduce((x, matrix) => pass.tf.matMul(x, matrix), h as Tensor2D);
      return biasName === null ? z : pass.tf.add(z, pass.value(biasName));
    },
  };
}

function declareWeights(specification: NetworkSpecification, p: number, K: number): Declared[] {
  const { headDepth: M, headRank: r, classifier, factors, initial } = specification;
  if (classifier === 'etf') return [fixedEtf(p, K)];
  if (M === 1 && r !== null)
    return [declareFactors('head', [p, K], r, factors, deviation(initial, p, 'linear'), 'head-weight')];
  const sides = [p, ...Array.from({ length: M - 1 }, () => r ?? p), K];
  return sides.slice(1).map((outputs, j) => {
    const inputs = sides[j]!;
    return {
      tensors: [
        { name: M === 1 ? 'head.weight' : `head.${j + 1}.weight`, shape: [inputs, outputs], role: 'head-weight' },
      ],
      draw: (seed) => drawLayer(initial, inputs * outputs, 0, inputs, 'linear', seed),
    };
  });
}

function fixedEtf(p: number, K: number): Declared {
  if (p < K - 1)
    throw new InvalidInput([
      { field: 'classifier', value: 'etf', message: `of ${K} classes needs ${K - 1} features or more, there are ${p}` },
    ]);
  return {
    tensors: [{ name: 'head.weight', shape: [p, K], role: 'buffer' }],
    draw: (seed) => {
      const W = simplexEtf(K, p, seed);
      return [Float32Array.from({ length: p * K }, (_, i) => W[(i % K) * p + Math.floor(i / K)]!)];
    },
  };
}
