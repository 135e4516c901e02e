/**
 * Second pass: how samples lie about their class mean, and what the classifier makes of them. δ = h − μ_y is formed before
 * anything is squared, so that nothing cancels near collapse. Its coordinates along the r directions between classes, in
 * units of the spread there, are all that tr(Σ_W Σ_B⁺) needs: N r d work and no d×d matrix.
 */
import { packRows, timesRows } from '../numerics/packed-rows.ts';
import type { Between } from './between.ts';
import type { ClassMeans } from './class-means.ts';
import { decider, type Decisions } from './decisions.ts';
import type { Classifier, FeatureSource } from './types.ts';
import type { VectorSet } from './vectors.ts';

export interface Within {
  /** Σ_{i in k} ‖δ_i‖², per class. */
  readonly squares: Float64Array;
  /** Σ_{i in k} Σ_a (q_a·δ_i/σ_a)², per class. */
  readonly relative: Float64Array;
  /** Σ_k s_k Σ_i δδᵀ with s_k = `scatterWeights`, d×d; null unless asked for. */
  readonly scatter: Float64Array | null;
  readonly decisions: Decisions | null;
}

/** Share of ‖δ‖² that stands for what rounding can hide of its part between classes. */
const ROUNDING = 1e-9;

/**
 * @param centred M_c with its norms
 * @param scatterWeights weight of a sample of class k in the scatter; null: no scatter is formed.
 * @param passed told how many samples were dealt with
 */
export async function withinClasses(
  source: FeatureSource,
  { means, counts }: ClassMeans,
  groups: Between,
  centred: VectorSet,
  classifier: Classifier | null,
  scatterWeights: Float64Array | null,
  passed: (samples: number) => Promise<void>,
): Promise<Within> {
  const d = source.dimension;
  const K = counts.length;
  const r = groups.values.length;
  const squares = new Float64Array(K);
  const relative = new Float64Array(K);
  const scatter = scatterWeights === null ? null : new Float64Array(d * d);
  const decide = classifier === null ? null : decider(classifier, groups, centred, K);
  const scaled = packRows(
    groups.directions.map((value, at) => value / groups.values[Math.floor(at / d)]!),
    r,
    d,
  );
  for (const chunk of source.chunks()) {
    const { first, rows, values, labels } = chunk;
    const delta = new Float64Array(rows * d);
    const offsets = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const k = labels[i]!;
      let square = 0;
      for (let j = 0; j < d; j++) {
        const difference = values[i * d + j]! - means[k * d + j]!;
        delta[i * d + j] = difference;
        square += difference * difference;
      }
      offsets[i] = square * ROUNDING;
      squares[k] = squares[k]! + square;
    }
    const coordinates = timesRows(delta, scaled, rows);
    for (let i = 0; i < rows; i++) {
      let square = 0;
      for (let a = 0; a < r; a++) {
        const coordinate = coordinates[i * r + a]!;
        square += coordinate * coordinate;
        offsets[i] = offsets[i]! + (groups.values[a]! * coordinate) ** 2;
      }
      relative[labels[i]!] = relative[labels[i]!]! + square;
    }
    decide?.add(chunk, offsets);
    if (scatter) addScatter(scatter, delta, labels, scatterWeights!, rows, d);
    await passed(first + rows);
  }
  return { squares, relative, scatter, decisions: decide?.result ?? null };
}

function addScatter(
  scatter: Float64Array,
  delta: Float64Array,
  labels: Int32Array,
  weights: Float64Array,
  rows: number,
  d: number,
): void {
  // Columns as rows, so that the product reads both operands in order.
  const columns = new Float64Array(d * rows);
  for (let i = 0; i < rows; i++) {
    const root = Math.sqrt(weights[labels[i]!]!);
    for (let j = 0; j < d; j++) columns[j * rows + i] = root * delta[i * d + j]!;
  }
  const product = timesRows(columns, packRows(columns, d, rows), d);
  for (let j = 0; j < product.length; j++) scatter[j] = scatter[j]! + product[j]!;
}
