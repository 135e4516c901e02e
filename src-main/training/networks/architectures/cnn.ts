/** A small convolutional network: twice 3×3 convolution (32, 64 channels), ReLU, 2×2 max pool; then 128 fully connected units. */
import type { ImageShape } from '../../types.ts';
import { flatten } from '../layers/activation.ts';
import { convolutionBlock, hiddenBlock, scaled } from '../layers/blocks.ts';
import { type Layer, sequence } from '../layers/layer.ts';
import { maxPool } from '../layers/pooling.ts';
import type { NetworkSpecification } from '../types.ts';

const CHANNELS = [32, 64];
const UNITS = 128;

export function cnn(specification: NetworkSpecification, { height, width, channels }: ImageShape): Layer {
  const { batchNorm } = specification;
  const layers: Layer[] = [];
  let shape: readonly number[] = [height, width, channels];
  CHANNELS.forEach((count, i) => {
    const block = convolutionBlock(i + 1, shape, scaled(count, specification), specification, batchNorm);
    const pool = maxPool(block.output);
    layers.push(block, pool);
    shape = pool.output;
  });
  layers.push(flatten(shape), hiddenBlock(1, shape, scaled(UNITS, specification), specification, batchNorm));
  return sequence(layers, [height, width, channels]);
}
