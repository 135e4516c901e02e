/** The multilayer perceptron: flattened input, `depth` times dense (batch norm) ReLU. With depth 0 the features are the inputs. */
import type { ImageShape } from '../../types.ts';
import { flatten, relu } from '../layers/activation.ts';
import { dense } from '../layers/dense.ts';
import { type Layer, sequence, sizeOf } from '../layers/layer.ts';
import type { NetworkSpecification } from '../types.ts';

export function mlp(specification: NetworkSpecification, { height, width, channels }: ImageShape): Layer {
  const shape = [height, width, channels];
  const { initial, depth } = specification;
  const layers = [flatten(shape)];
  for (let i = 1; i <= depth; i++) {
    const inputs = sizeOf(layers.at(-1)!.output);
    layers.push(
      dense(`hidden.${i}`, inputs, specification.width, { initial, following: 'relu', bias: true }),
      relu([specification.width]),
    );
  }
  return sequence(layers, shape);
}
