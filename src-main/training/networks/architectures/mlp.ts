/** The multilayer perceptron: flattened input, `depth` hidden layers of `width`. With depth 0 the features are the inputs. */
import type { ImageShape } from '../../types.ts';
import { flatten } from '../layers/activation.ts';
import { hiddenBlock } from '../layers/blocks.ts';
import { type Layer, sequence } from '../layers/layer.ts';
import type { NetworkSpecification } from '../types.ts';

export function mlp(specification: NetworkSpecification, { height, width, channels }: ImageShape): Layer {
  const shape = [height, width, channels];
  const layers = [flatten(shape)];
  for (let i = 1; i <= specification.depth; i++)
    layers.push(hiddenBlock(i, layers.at(-1)!.output, specification.width, specification, specification.batchNorm));
  return sequence(layers, shape);
}
