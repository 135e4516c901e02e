/** The basic residual block (He et al. 2016): ReLU(F(x) + x), F two 3×3 convolutions with batch norm; where shapes change, the shortcut is a 1×1 convolution with batch norm. */
import type { InitialWeights } from '../types.ts';
import { relu } from './activation.ts';
import { batchNorm } from './batch-norm.ts';
import { convolution } from './convolution.ts';
import { type Layer, sequence } from './layer.ts';

export function residual(
  name: string,
  shape: readonly number[],
  channels: number,
  stride: 1 | 2,
  initial: InitialWeights,
): Layer {
  const normalised = (part: string, from: readonly number[], size: 1 | 3, step: 1 | 2): Layer => {
    const first = convolution(`${name}.conv.${part}`, from, channels, { initial, bias: false, size, stride: step });
    return sequence([first, batchNorm(`${name}.norm.${part}`, first.output)], from);
  };
  const first = normalised('1', shape, 3, stride);
  const second = normalised('2', first.output, 3, 1);
  const branch = sequence([first, relu(first.output), second], shape);
  const changes = stride !== 1 || shape.at(-1) !== channels;
  const shortcut = changes ? normalised('shortcut', shape, 1, stride) : sequence([], shape);
  return {
    declared: [...branch.declared, ...shortcut.declared],
    output: branch.output,
    apply: (x, pass) => pass.tf.relu(pass.tf.add(branch.apply(x, pass), shortcut.apply(x, pass))),
  };
}
