/**
 * ResNet-18 (He et al. 2016) for small images: a 3×3 stem of stride 1 without pooling, four stages of two basic blocks
 * with 64, 128, 256, 512 channels, the mean over positions. Features: 512.
 */
import type { ImageShape } from '../../types.ts';
import { relu } from '../layers/activation.ts';
import { batchNorm } from '../layers/batch-norm.ts';
import { scaled } from '../layers/blocks.ts';
import { convolution } from '../layers/convolution.ts';
import { type Layer, sequence } from '../layers/layer.ts';
import { globalAverage } from '../layers/pooling.ts';
import { residual } from '../layers/residual.ts';
import type { NetworkSpecification } from '../types.ts';

const STAGES = [64, 128, 256, 512];
const BLOCKS = 2;

export function resnet18(specification: NetworkSpecification, { height, width, channels }: ImageShape): Layer {
  const { initial } = specification;
  const input = [height, width, channels];
  const options = { initial, bias: false, size: 3, stride: 1 } as const;
  const stem = convolution('stem', input, scaled(STAGES[0]!, specification), options);
  const layers = [stem, batchNorm('stem.norm', stem.output), relu(stem.output)];
  STAGES.forEach((count, stage) => {
    for (let block = 0; block < BLOCKS; block++) {
      const name = `stage.${stage + 1}.block.${block + 1}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      layers.push(residual(name, layers.at(-1)!.output, scaled(count, specification), stride, initial));
    }
  });
  layers.push(globalAverage(layers.at(-1)!.output));
  return sequence(layers, input);
}
