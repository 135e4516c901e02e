/**
 * Networks from their specification: layers are laid out and counted without a backend, then allocated and initialised.
 * Deterministic by seed: no random number comes from tfjs.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Tf } from '../backends/backend.ts';
import type { ImageShape } from '../types.ts';
import { architecture } from './architectures/index.ts';
import { streamSeed } from './initial.ts';
import { head, type HeadLayer } from './layers/head.ts';
import { type Declaration, type Layer, type Pass, sizeOf } from './layers/layer.ts';
import { completeSpecification } from './specification.ts';
import { readState, writeState } from './state.ts';
import type { Network, NetworkSpecification, Parameter } from './types.ts';

interface Plan {
  readonly specification: NetworkSpecification;
  /** From the input to the features. */
  readonly body: Layer;
  readonly head: HeadLayer;
}

function plan(given: Partial<NetworkSpecification>, shape: ImageShape, K: number): Plan {
  const specification = completeSpecification(given, K);
  const body = architecture(specification, shape);
  return { specification, body, head: head(specification, sizeOf(body.output), K) };
}

/** The tensors of a network with their shapes, before anything is allocated. @throws InvalidInput */
export function declareNetwork(
  given: Partial<NetworkSpecification>,
  shape: ImageShape,
  K: number,
): readonly Declaration[] {
  const { body, head: last } = plan(given, shape, K);
  return [...body.declared, ...last.declared].flatMap(({ tensors }) => tensors);
}

/** Numbers trained. @throws InvalidInput */
export function parameterCount(given: Partial<NetworkSpecification>, shape: ImageShape, K: number): number {
  return declareNetwork(given, shape, K)
    .filter(({ role }) => role !== 'buffer')
    .reduce((sum, { shape: sides }) => sum + sizeOf(sides), 0);
}

/**
 * A network with its initial weights on the current backend of `tf`. Fields that are not given have NETWORK_DEFAULTS.
 * @param K classes ≥ 2
 * @throws InvalidInput naming the field that cannot be used
 * @example const network = buildNetwork({ architecture: 'mlp', depth: 3 }, shape, 10, 1, tf);
 */
export function buildNetwork(
  given: Partial<NetworkSpecification>,
  shape: ImageShape,
  K: number,
  seed: number,
  tf: Tf,
): Network {
  const { specification, body, head: last } = plan(given, shape, K);
  const declared = [...body.declared, ...last.declared];
  const tensors = tf.tidy(() =>
    declared.flatMap((group) => {
      const values = group.draw(streamSeed(seed, group.tensors[0]!.name));
      return group.tensors.map(({ name, role, shape: sides }, i) => ({
        name,
        role,
        variable: tf.variable(tf.tensor(values[i]!, [...sides], 'float32'), role !== 'buffer'),
      }));
    }),
  );
  const byName = new Map(tensors.map(({ name, variable }) => [name, variable]));
  const pass = (training: boolean): Pass => ({ tf, training, value: (name) => byName.get(name)! });
  const parameters = tensors.filter((tensor): tensor is Parameter => tensor.role !== 'buffer');
  const buffers = tensors.filter(({ role }) => role === 'buffer');
  return {
    specification,
    shape,
    classes: K,
    featureDimension: sizeOf(body.output),
    parameters,
    buffers,
    parameterCount: parameters.reduce((sum, { variable }) => sum + variable.size, 0),
    forward: (x, training) => {
      const features = body.apply(x, pass(training)) as Tensor2D;
      return { features, logits: last.apply(features, pass(training)) as Tensor2D };
    },
    head: async () => {
      const matrix = tf.tidy(() => tf.transpose(last.matrix(pass(false))));
      const weights = Float32Array.from(await matrix.data());
      matrix.dispose();
      const bias = last.biasName === null ? null : Float32Array.from(await byName.get(last.biasName)!.data());
      return { weights, bias };
    },
    state: () => readState([...parameters, ...buffers]),
    load: (state) => writeState(tf, [...parameters, ...buffers], state),
    dispose: () => {
      for (const { variable } of tensors) variable.dispose();
    },
  };
}
