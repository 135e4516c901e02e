/**
 * VGG-11 and VGG-13 (Simonyan and Zisserman 2015) for small images, as Fang, He, Long, Su 2021 train them: batch norm
 * after every layer, five 2×2 max pools, then two fully connected layers of 4096; the features are the second one's.
 * Images under 32×32 get a border of zeros, where the paper enlarges them: the content keeps its pixels.
 */
import type { ImageShape } from '../../types.ts';
import { flatten, padTo } from '../layers/activation.ts';
import { convolutionBlock, hiddenBlock, scaled } from '../layers/blocks.ts';
import { type Layer, sequence } from '../layers/layer.ts';
import { maxPool } from '../layers/pooling.ts';
import type { NetworkSpecification } from '../types.ts';

/** Channels of the convolutions between pools. */
const STAGES = {
  'vgg-11': [[64], [128], [256, 256], [512, 512], [512, 512]],
  'vgg-13': [
    [64, 64],
    [128, 128],
    [256, 256],
    [512, 512],
    [512, 512],
  ],
} as const;
const UNITS = 4096;
const SIDE = 32;

export function vgg(
  name: keyof typeof STAGES,
  specification: NetworkSpecification,
  { height, width, channels }: ImageShape,
): Layer {
  const padding = padTo(SIDE, [height, width, channels]);
  const layers = [padding];
  const add = (layer: Layer): void => void layers.push(layer);
  const shape = (): readonly number[] => layers.at(-1)!.output;
  let index = 0;
  for (const stage of STAGES[name]) {
    for (const count of stage)
      add(convolutionBlock(++index, shape(), scaled(count, specification), specification, true));
    add(maxPool(shape()));
  }
  add(flatten(shape()));
  for (const i of [1, 2]) add(hiddenBlock(i, shape(), scaled(UNITS, specification), specification, true));
  return sequence(layers, [height, width, channels]);
}
