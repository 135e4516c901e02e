/** The stacks that architectures are made of: fully connected or convolution, then batch norm where wanted, then ReLU. */
import type { NetworkSpecification } from '../types.ts';
import { relu } from './activation.ts';
import { batchNorm } from './batch-norm.ts';
import { convolution } from './convolution.ts';
import { dense, type DenseOptions } from './dense.ts';
import { factorised } from './factorised.ts';
import { type Layer, sequence, sizeOf } from './layer.ts';

/** Dense, or of the specification's rank. */
function fullyConnected(
  name: string,
  shape: readonly number[],
  outputs: number,
  { rank, factors, initial }: NetworkSpecification,
  following: DenseOptions['following'] = 'relu',
): Layer {
  const options = { initial, following, bias: true };
  const inputs = sizeOf(shape);
  return rank === null
    ? dense(name, inputs, outputs, options)
    : factorised(name, inputs, outputs, rank, factors, options);
}

export function hiddenBlock(
  index: number,
  shape: readonly number[],
  outputs: number,
  specification: NetworkSpecification,
  norm: boolean,
): Layer {
  const linear = fullyConnected(`hidden.${index}`, shape, outputs, specification);
  return activated(linear, `hidden.${index}.norm`, norm, shape);
}

export function convolutionBlock(
  index: number,
  shape: readonly number[],
  channels: number,
  { initial }: NetworkSpecification,
  norm: boolean,
): Layer {
  const linear = convolution(`conv.${index}`, shape, channels, { initial, bias: true, size: 3, stride: 1 });
  return activated(linear, `conv.${index}.norm`, norm, shape);
}

function activated(linear: Layer, name: string, norm: boolean, input: readonly number[]): Layer {
  const between = norm ? [batchNorm(name, linear.output)] : [];
  return sequence([linear, ...between, relu(linear.output)], input);
}

/** A published number of channels or units, scaled; at least 1. */
export const scaled = (units: number, { widthFactor }: NetworkSpecification): number =>
  Math.max(1, Math.round(units * widthFactor));
