/** The loss of a batch and its gradients by all parameters. */
import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { Tf } from '../../backends/backend.ts';
import type { Network, Outputs } from '../types.ts';

/** By the name of the parameter. */
export type Gradients = ReadonlyMap<string, Tensor>;

export interface BatchGradients {
  readonly objective: Scalar;
  readonly logits: Tensor2D;
  readonly gradients: Gradients;
  dispose(): void;
}

/**
 * One forward pass in training mode and its gradients. The caller disposes of the result.
 * @param objective what is minimised, from the outputs: a loss, with a penalty or without
 */
export function batchGradients(
  tf: Tf,
  network: Network,
  x: Tensor4D,
  objective: (outputs: Outputs) => Scalar,
): BatchGradients {
  let logits: Tensor2D | undefined;
  const { value, grads } = tf.variableGrads(
    () => {
      const outputs = network.forward(x, true);
      logits = tf.keep(outputs.logits);
      return objective(outputs);
    },
    network.parameters.map(({ variable }) => variable as Variable),
  );
  const gradients = new Map(network.parameters.map(({ name, variable }) => [name, grads[variable.name]!]));
  return {
    objective: value,
    logits: logits!,
    gradients,
    dispose: () => tf.dispose([value, logits!, ...gradients.values()]),
  };
}
