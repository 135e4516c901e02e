/**
 * What a trained network is to the rest of Peel; no computation here.
 *
 * Letters: N samples in a batch, K classes, p feature dimension, h features, z logits, W (K×p) classifiers, b bias,
 * M linear layers from the features to the logits. For every network z = W h + b with W = W_M … W_1 (docs/networks.md).
 */
import type { Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { Initialisation } from '../../models/low-rank/initialisation.ts';
import type { ImageShape } from '../types.ts';

export const ARCHITECTURES = ['mlp', 'cnn', 'vgg-11', 'vgg-13', 'resnet-18'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** `he`: normal of He et al. 2015. `uniform`: PyTorch's default, which the code of Fang et al. 2021 trains from. */
export const INITIAL_WEIGHTS = ['he', 'uniform'] as const;
export type InitialWeights = (typeof INITIAL_WEIGHTS)[number];

export const CLASSIFIERS = ['trained', 'etf'] as const;
export type Classifier = (typeof CLASSIFIERS)[number];

export interface NetworkSpecification {
  readonly architecture: Architecture;
  /** Hidden layers of an MLP, ≥ 0. */
  readonly depth: number;
  /** Units of each hidden layer of an MLP. */
  readonly width: number;
  /** Multiplies the channels and the fully connected units of cnn, vgg and resnet; 1 is the published network. */
  readonly widthFactor: number;
  /** Batch norm in mlp and cnn; vgg and resnet always have it. */
  readonly batchNorm: boolean;
  readonly initial: InitialWeights;
  /** Rank of the fully connected hidden layers, W = U Vᵀ, capped by their sides; null: dense. */
  readonly rank: number | null;
  /** How factors are initialised (Kamalakara et al. 2022). */
  readonly factors: Initialisation;
  /** p by a last linear layer before the classifier; null: what the network gives. */
  readonly featureDimension: number | null;
  /** Whether the layer to p ends in a ReLU. */
  readonly featureRelu: boolean;
  /** M ≥ 1, linear layers from the features to the logits; 1: the classifier alone. */
  readonly headDepth: number;
  /** M = 1: rank of the classifier W = U Vᵀ. M > 1: width between the linear layers. null: dense; width p. */
  readonly headRank: number | null;
  /** `etf`: W is a fixed simplex ETF of unit classifiers. */
  readonly classifier: Classifier;
  /** b, one number per class. */
  readonly bias: boolean;
}

export type ParameterRole = 'weight' | 'bias' | 'norm' | 'head-weight' | 'head-bias';

export interface Parameter {
  readonly name: string;
  readonly role: ParameterRole;
  readonly variable: Variable;
}

/** What is kept with a network but not trained: running statistics of batch norm, a fixed classifier. */
export interface NetworkBuffer {
  readonly name: string;
  readonly variable: Variable;
}

/** A type, not an interface: so tf.tidy can return it. */
export type Outputs = {
  /** H, N×p. */
  readonly features: Tensor2D;
  /** Z, N×K: H Wᵀ + b. */
  readonly logits: Tensor2D;
};

/** The map from features to logits, as one matrix. */
export interface Head {
  /** W, K×p row-major. */
  readonly weights: Float32Array;
  readonly bias: Float32Array | null;
}

/** A tensor with its values, as checkpoints hold it. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Network {
  readonly specification: NetworkSpecification;
  readonly shape: ImageShape;
  /** K. */
  readonly classes: number;
  /** p. */
  readonly featureDimension: number;
  readonly parameters: readonly Parameter[];
  readonly buffers: readonly NetworkBuffer[];
  /** Numbers trained. */
  readonly parameterCount: number;
  /**
   * x: N×H×W×C. In training, batch norm uses the batch's statistics (N > 1 where a channel is one number) and moves the running ones. The
   * caller tidies.
   */
  forward(x: Tensor4D, training: boolean): Outputs;
  head(): Promise<Head>;
  /** Parameters, then buffers. */
  state(): Promise<NamedArray[]>;
  /** @throws InvalidInput naming each tensor that is missing, unknown or of another shape; nothing is changed then */
  load(state: readonly NamedArray[]): void;
  dispose(): void;
}
