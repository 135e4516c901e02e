/**
 * The objective in the factors W_1 … W_M, H_1, b themselves, with its gradient: what gradient descent and L-BFGS run on, and
 * what closed forms are checked against. No optimum here.
 *
 * Features are rows of C×d_1: row k < K is √n_k h_k; rows beyond K (squared loss only) are deviations of the samples from their class
 * means, with target 0. A rotation of the samples inside a class changes neither the objective nor a step of gradient descent, so
 * that d_1 such rows stand for any number of samples exactly (docs/deep-linear.md).
 */
import type { Differentiable } from '../../numerics/lbfgs.ts';
import { logSumExp } from '../../numerics/log-sum-exp.ts';
import { multiply, multiplyLeftTransposed, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { addScaled, dot } from '../../numerics/vector.ts';
import { sampleCount } from './prices.ts';
import type { DeepLinearProblem } from './types.ts';

export interface Factors {
  /** W_1 … W_M; W_j is d_{j+1}×d_j row-major. */
  readonly weights: readonly Float64Array[];
  /** C×d_1 row-major, C ≥ K. */
  readonly features: Float64Array;
  /** b, length K; ignored without bias. */
  readonly bias: Float64Array;
}

export interface FactorProblem {
  readonly problem: DeepLinearProblem;
  /** d_1 … d_M, K. */
  readonly sizes: readonly number[];
  /** C, rows of the features. */
  readonly rows: number;
  /** Unknowns in all. */
  readonly length: number;
  /** The factors as views into a flat vector of that length. */
  views(x: Float64Array): Factors;
  /** Objective, and its gradient in the same layout. */
  readonly evaluate: Differentiable;
  /** Class means of H_j as C×d_j rows for j = 1 … M + 1 (the last without the bias), scaled by √n_k like the features. */
  layers(x: Float64Array): Float64Array[];
}

/** @param widths d_1 … d_M @param deviations rows of the features beyond the class means */
export function factorProblem(problem: DeepLinearProblem, widths: readonly number[], deviations = 0): FactorProblem {
  const { counts, decays, featureDecay } = problem;
  const K = counts.length;
  const sizes = [...widths, K];
  const M = decays.length;
  const rows = K + deviations;
  const lossGradient = problem.loss === 'mse' ? squaredLoss(counts) : crossEntropy(counts);
  const starts: number[] = [0];
  for (let j = 0; j < M; j++) starts.push(starts[j]! + sizes[j + 1]! * sizes[j]!);
  const none = new Float64Array(K);
  const biasStart = starts[M]! + rows * sizes[0]!;
  const length = biasStart + K;

  const views = (x: Float64Array): Factors => ({
    weights: decays.map((_, j) => x.subarray(starts[j], starts[j + 1])),
    features: x.subarray(starts[M], biasStart),
    bias: x.subarray(biasStart, length),
  });
  const layers = (x: Float64Array): Float64Array[] => {
    const { weights, features } = views(x);
    const outputs: Float64Array[] = [features];
    weights.forEach((w, j) => outputs.push(multiplyTransposed(outputs[j]!, w, rows, sizes[j]!, sizes[j + 1]!)));
    return outputs;
  };
  const evaluate: Differentiable = (x, g) => {
    const point = views(x);
    const gradient = views(g);
    const outputs = layers(x);
    let error = outputs[M]!;
    let value = lossGradient(error, problem.bias ? point.bias : none, gradient.bias);
    if (!problem.bias) gradient.bias.fill(0);
    for (let j = M - 1; j >= 0; j--) {
      const w = point.weights[j]!;
      const gw = gradient.weights[j]!;
      multiplyLeftTransposed(error, outputs[j]!, rows, sizes[j + 1]!, sizes[j]!, gw);
      addScaled(gw, decays[j]!, w);
      value += (decays[j]! / 2) * dot(w, w);
      error = multiply(error, w, rows, sizes[j + 1]!, sizes[j]!);
    }
    gradient.features.set(error);
    addScaled(gradient.features, featureDecay, point.features);
    return value + (featureDecay / 2) * dot(point.features, point.features);
  };
  return { problem, sizes, rows, length, views, evaluate, layers };
}

/** Turns the outputs (C×K) into the gradient with respect to them, in place; writes that of b; returns the loss. */
type LossGradient = (outputs: Float64Array, bias: Float64Array, biasGradient: Float64Array) => number;

function squaredLoss(counts: readonly number[]): LossGradient {
  const K = counts.length;
  const N = sampleCount(counts);
  const roots = counts.map(Math.sqrt);
  return (outputs, bias, biasGradient) => {
    biasGradient.fill(0);
    let sum = 0;
    for (let k = 0; k < outputs.length / K; k++) {
      const root = roots[k] ?? 0;
      for (let j = 0; j < K; j++) {
        const residual = outputs[k * K + j]! + root * (bias[j]! - (j === k ? 1 : 0));
        sum += residual * residual;
        outputs[k * K + j] = residual / N;
        biasGradient[j] = biasGradient[j]! + (root * residual) / N;
      }
    }
    return sum / (2 * N);
  };
}

function crossEntropy(counts: readonly number[]): LossGradient {
  const K = counts.length;
  const N = sampleCount(counts);
  return (outputs, bias, biasGradient) => {
    biasGradient.fill(0);
    let sum = 0;
    counts.forEach((n, k) => {
      const root = Math.sqrt(n);
      const z = outputs.subarray(k * K, (k + 1) * K);
      for (let j = 0; j < K; j++) z[j] = z[j]! / root + bias[j]!;
      const top = logSumExp(z);
      sum += (n / N) * (top - z[k]!);
      for (let j = 0; j < K; j++) {
        const excess = Math.exp(z[j]! - top) - (j === k ? 1 : 0);
        z[j] = (root * excess) / N;
        biasGradient[j] = biasGradient[j]! + (n * excess) / N;
      }
    });
    return sum;
  };
}
