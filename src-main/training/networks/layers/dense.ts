/** A fully connected layer x W + b. W is stored inputs × outputs, so that the forward product needs no transpose. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { drawLayer, type Following } from '../initial.ts';
import type { InitialWeights } from '../types.ts';
import type { Layer } from './layer.ts';

export interface DenseOptions {
  readonly initial: InitialWeights;
  readonly following: Following;
  readonly bias: boolean;
}

/** Tensors `name.weight` (inputs×outputs) and `name.bias` (outputs). */
export function dense(name: string, inputs: number, outputs: number, options: DenseOptions): Layer {
  const { initial, following, bias } = options;
  const weightName = `${name}.weight`;
  const biasName = `${name}.bias`;
  return {
    declared: [
      {
        tensors: [
          { name: weightName, shape: [inputs, outputs], role: 'weight' },
          ...(bias ? [{ name: biasName, shape: [outputs], role: 'bias' as const }] : []),
        ],
        draw: (seed) => drawLayer(initial, inputs * outputs, outputs, inputs, following, seed),
      },
    ],
    output: [outputs],
    apply: (x, { tf, value }) => {
      const product = tf.matMul(x as Tensor2D, value(weightName) as unknown as Tensor2D);
      return bias ? tf.add(product, value(biasName)) : product;
    },
  };
}
