/** Sizes of the networks against counts made by hand from the published architectures, and what cannot be built. */
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import {
  declareNetwork,
  type NetworkSpecification,
  parameterCount,
} from '../../../src-main/training/networks/index.ts';

const CIFAR = { height: 32, width: 32, channels: 3 };
const MNIST = { height: 28, width: 28, channels: 1 };

/** 3×3 kernels with a bias each. */
const conv = (inputs: number, outputs: number): number => 9 * inputs * outputs + outputs;
const full = (inputs: number, outputs: number): number => inputs * outputs + outputs;

const shapeOf = (given: Partial<NetworkSpecification>, name: string, shape = CIFAR): readonly number[] =>
  declareNetwork(given, shape, 10).find((tensor) => tensor.name === name)!.shape;

describe('parameter counts', () => {
  it('of the MLP 784-512-512-10 are 669,706', () => {
    expect(full(784, 512) + full(512, 512) + full(512, 10)).toBe(669_706);
    expect(parameterCount({ architecture: 'mlp', depth: 2, width: 512 }, MNIST, 10)).toBe(669_706);
    // Without hidden layers: a linear classifier.
    expect(parameterCount({ architecture: 'mlp', depth: 0 }, MNIST, 10)).toBe(7850);
    // Batch norm adds two numbers per unit; its running statistics do not count.
    expect(parameterCount({ architecture: 'mlp', depth: 2, width: 512, batchNorm: true }, MNIST, 10)).toBe(671_754);
  });

  it('of the small CNN on MNIST are 421,642', () => {
    // 28 → 14 → 7 by the pools.
    expect(conv(1, 32) + conv(32, 64) + full(7 * 7 * 64, 128) + full(128, 10)).toBe(421_642);
    expect(parameterCount({ architecture: 'cnn' }, MNIST, 10)).toBe(421_642);
  });

  it('of VGG-11 and VGG-13 are those of their convolutions, batch norms and two layers of 4096', () => {
    const tail = full(512, 4096) + full(4096, 4096) + 4 * 4096 + full(4096, 10);
    // Convolutions 9,220,480 and 9,404,992 as in torchvision; batch norms on 2752 and 2944 channels.
    expect(parameterCount({ architecture: 'vgg-11' }, CIFAR, 10)).toBe(9_220_480 + 2 * 2752 + tail);
    expect(parameterCount({ architecture: 'vgg-13' }, CIFAR, 10)).toBe(9_404_992 + 2 * 2944 + tail);
    expect(9_220_480 + 2 * 2752 + tail).toBe(28_165_898);
    // 28×28 is padded to 32×32, so the tail is the same; only the first kernels have one channel in place of three.
    expect(parameterCount({ architecture: 'vgg-11' }, MNIST, 10)).toBe(28_165_898 - 9 * 2 * 64);
  });

  it('of ResNet-18 for CIFAR-10 are the well-known 11,173,962', () => {
    expect(parameterCount({ architecture: 'resnet-18' }, CIFAR, 10)).toBe(11_173_962);
  });

  it('follow the width factor', () => {
    const half = { architecture: 'resnet-18', widthFactor: 0.5 } as const;
    expect(shapeOf(half, 'stem.weight')).toEqual([3, 3, 3, 32]);
    expect(shapeOf(half, 'head.weight')).toEqual([256, 10]);
    expect(shapeOf({ architecture: 'vgg-11', widthFactor: 1 / 16 }, 'hidden.2.weight')).toEqual([256, 256]);
    expect(shapeOf({ architecture: 'cnn', widthFactor: 0.001 }, 'conv.2.weight')).toEqual([3, 3, 1, 1]);
  });

  it('of low-rank layers are r(m + n), with the rank capped by both sides', () => {
    const given = { architecture: 'mlp', depth: 1, width: 64, rank: 5, bias: false } as const;
    expect(parameterCount(given, MNIST, 10)).toBe(5 * (784 + 64) + 64 + 640);
    expect(shapeOf({ ...given, rank: 500 }, 'hidden.1.right', MNIST)).toEqual([784, 64]);
  });
});

describe('heads', () => {
  const base = { architecture: 'mlp', depth: 1, width: 64, featureDimension: 20, bias: false } as const;
  const heads = (given: Partial<NetworkSpecification>) =>
    declareNetwork({ ...base, ...given }, MNIST, 10)
      .filter(({ name }) => name.startsWith('head'))
      .map(({ name, shape, role }) => [name, shape.join('×'), role]);

  it('are one matrix, M of them, two factors or a fixed ETF', () => {
    expect(heads({})).toEqual([['head.weight', '20×10', 'head-weight']]);
    expect(heads({ headDepth: 3, bias: true })).toEqual([
      ['head.1.weight', '20×20', 'head-weight'],
      ['head.2.weight', '20×20', 'head-weight'],
      ['head.3.weight', '20×10', 'head-weight'],
      ['head.bias', '10', 'head-bias'],
    ]);
    expect(heads({ headDepth: 2, headRank: 4 }).map(([, shape]) => shape)).toEqual(['20×4', '4×10']);
    expect(heads({ headRank: 4 })).toEqual([
      ['head.right', '20×4', 'head-weight'],
      ['head.left', '4×10', 'head-weight'],
    ]);
    expect(heads({ classifier: 'etf' })).toEqual([['head.weight', '20×10', 'buffer']]);
  });
});

describe('what cannot be built', () => {
  const issuesOf = (given: Partial<NetworkSpecification>, shape = MNIST, K = 10): string[] => {
    try {
      declareNetwork(given, shape, K);
    } catch (error) {
      if (error instanceof InvalidInput) return error.issues.map(({ field }) => field);
      throw error;
    }
    return [];
  };

  it('is refused by field', () => {
    expect(issuesOf({})).toEqual([]);
    expect(issuesOf({ depth: -1, width: 0.5, widthFactor: Number.NaN, headDepth: 0 })).toEqual([
      'depth',
      'width',
      'headDepth',
      'widthFactor',
    ]);
    expect(issuesOf({ architecture: 'alexnet' as 'mlp' })).toEqual(['architecture']);
    expect(issuesOf({ classifier: 'etf', headDepth: 2, headRank: 3 })).toEqual(['headDepth', 'headRank']);
    expect(issuesOf({ classifier: 'etf', featureDimension: 8 })).toEqual(['classifier']);
    expect(issuesOf({ classifier: 'etf', featureDimension: 9 })).toEqual([]);
    expect(issuesOf({ architecture: 'vgg-11', rank: 8, factors: 'spectral' })).toEqual(['factors']);
    expect(issuesOf({ architecture: 'vgg-11', rank: 8, factors: 'plain' })).toEqual([]);
    expect(issuesOf({}, MNIST, 1)).toEqual(['classes']);
    expect(issuesOf({ architecture: 'vgg-11' }, { height: 1, width: 784, channels: 1 })).toEqual(['architecture']);
  });
});
