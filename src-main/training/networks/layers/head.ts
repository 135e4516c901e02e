/**
 * From the features to the logits: z = W_M … W_1 h + b, M linear layers without activations between them. All weights
 * have the role head-weight, so that decay on the last layer covers each W_j, as in deep linear networks.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { deviation, filled } from '../initial.ts';
import { randomSource } from '../../../numerics/random.ts';
import type { NetworkSpecification } from '../types.ts';
import type { Declared, Layer, Pass } from './layer.ts';

export interface HeadLayer extends Layer {
  /** W_M … W_1 as p×K. */
  readonly matrix: (pass: Pass) => Tensor2D;
  readonly biasName: string | null;
}

/** Tensors `head.weight` (p×K), or `head.1.weight` … `head.M.weight`, and `head.bias`. */
export function head(specification: NetworkSpecification, p: number, K: number): HeadLayer {
  const { headDepth: M, initial, bias } = specification;
  const sides = [p, ...Array.from({ length: M - 1 }, () => specification.headRank ?? p), K];
  const names = sides.slice(1).map((_, j) => (M === 1 ? 'head.weight' : `head.${j + 1}.weight`));
  const biasName = bias ? 'head.bias' : null;
  const weights: Declared[] = names.map((name, j) => {
    const shape = [sides[j]!, sides[j + 1]!];
    const scale = deviation(initial, sides[j]!, 'linear');
    return {
      tensors: [{ name, shape, role: 'head-weight' }],
      draw: (seed) => [filled(shape[0]! * shape[1]!, scaledNormal(scale, seed))],
    };
  });
  const biases: Declared[] =
    biasName === null
      ? []
      : [{ tensors: [{ name: biasName, shape: [K], role: 'head-bias' }], draw: () => [new Float32Array(K)] }];
  return {
    declared: [...weights, ...biases],
    output: [K],
    biasName,
    matrix: ({ tf, value }) => {
      const [first, ...rest] = names.map((name) => value(name) as unknown as Tensor2D);
      return rest.reduce((product, next) => tf.matMul(product, next), first!);
    },
    apply: (h, { tf, value }) => {
      const z = names.reduce((x, name) => tf.matMul(x, value(name) as unknown as Tensor2D), h as Tensor2D);
      return biasName === null ? z : tf.add(z, value(biasName));
    },
  };
}

function scaledNormal(scale: number, seed: number): () => number {
  const { normal } = randomSource(seed);
  return () => scale * normal();
}
