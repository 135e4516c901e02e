/**
 * What the classifier makes of the samples beside what the nearest class mean says: argmax_k (w_k·h + b_k) against
 * argmin_k ‖h − μ_k‖, and margins. A tie goes to the lowest label.
 *
 * In the span of the class means a sample closer to its own than half the way to any other has that mean as its nearest, by
 * the triangle inequality. Near collapse that settles all of them without N K d work; the others are compared with every mean.
 */
import { packRows, timesRows, type PackedRows } from '../numerics/packed-rows.ts';
import type { Between } from './between.ts';
import type { Classifier, FeatureChunk } from './types.ts';
import type { VectorSet } from './vectors.ts';

export interface Decisions {
  /** Samples that the classifier gets right; that it decides as the nearest class mean does; per class. */
  readonly correct: Float64Array;
  readonly agreeing: Float64Array;
  /** Least own logit minus largest other, per class; +∞ without samples. */
  readonly margin: Float64Array;
}

export interface Decider {
  readonly result: Decisions;
  /** @param offsets squared length of h_i − μ_y in the span of M_c, or more, by sample of the chunk */
  add(chunk: FeatureChunk, offsets: Float64Array): void;
}

/** Numbers in a block of logits. */
const BLOCK = 2 ** 20;

export function decider({ weights, bias }: Classifier, groups: Between, means: VectorSet, K: number): Decider {
  const d = means.dimension;
  const { present } = groups;
  const packed = packRows(weights, K, d);
  const reach = settledSquares(means, present, K);
  const nearest = nearestMean(groups, means);
  const result = {
    correct: new Float64Array(K),
    agreeing: new Float64Array(K),
    margin: new Float64Array(K).fill(Infinity),
  };

  function block(values: FeatureChunk['values'], labels: Int32Array, offsets: Float64Array): void {
    const rows = labels.length;
    const logits = timesRows(values, packed, rows);
    const open: number[] = [];
    for (let i = 0; i < rows; i++) if (!(offsets[i]! < reach[labels[i]!]!)) open.push(i);
    const settled = labels.slice();
    nearest(values, open).forEach((row, at) => (settled[open[at]!] = present[row]!));
    for (let i = 0; i < rows; i++) {
      const own = labels[i]!;
      const line = i * K;
      if (bias !== null) for (let k = 0; k < K; k++) logits[line + k] = logits[line + k]! + bias[k]!;
      let chosen = 0;
      let other = -Infinity;
      for (let k = 0; k < K; k++) {
        const logit = logits[line + k]!;
        if (logit > logits[line + chosen]!) chosen = k;
        if (k !== own && logit > other) other = logit;
      }
      if (chosen === own) result.correct[own] = result.correct[own]! + 1;
      if (chosen === settled[i]) result.agreeing[own] = result.agreeing[own]! + 1;
      result.margin[own] = Math.min(result.margin[own]!, logits[line + own]! - other);
    }
  }

  return {
    result,
    add({ rows, values, labels }, offsets) {
      const step = Math.max(64, Math.floor(BLOCK / K));
      for (let first = 0; first < rows; first += step) {
        const end = Math.min(rows, first + step);
        block(values.subarray(first * d, end * d), labels.subarray(first, end), offsets.subarray(first, end));
      }
    },
  };
}

/**
 * By label, the squared offset below which no other mean can be as near: a quarter of the least squared distance of means, less
 * what rounding can have added to it. −1 where there is no such distance.
 */
function settledSquares({ gram, count, dimension }: VectorSet, present: readonly number[], K: number): Float64Array {
  const reach = new Float64Array(K).fill(-1);
  for (let j = 0; j < count; j++) {
    let least = Infinity;
    for (let k = 0; k < count; k++) {
      if (k === j) continue;
      const size = gram[j * count + j]! + gram[k * count + k]!;
      const rounding = 8 * (dimension + 8) * Number.EPSILON * size;
      least = Math.min(least, size - 2 * gram[j * count + k]! - rounding);
    }
    reach[present[j]!] = (least / 4) * (1 - 1e-9);
  }
  return reach;
}

/** Rows of the nearest means, of chosen samples. About μ_G, so that what is subtracted is small. */
function nearestMean({ centre, means }: Between, { gram, count, dimension: d }: VectorSet) {
  let packed: PackedRows | null = null;
  return (values: FeatureChunk['values'], chosen: readonly number[]): Int32Array => {
    if (chosen.length === 0) return new Int32Array(0);
    const centred = new Float64Array(chosen.length * d);
    chosen.forEach((i, at) => {
      for (let j = 0; j < d; j++) centred[at * d + j] = values[i * d + j]! - centre[j]!;
    });
    const inner = timesRows(centred, (packed ??= packRows(means, count, d)), chosen.length);
    return Int32Array.from(chosen, (_, at) => {
      let nearest = 0;
      let best = -Infinity;
      for (let row = 0; row < count; row++) {
        const score = inner[at * count + row]! - gram[row * count + row]! / 2;
        if (score > best) [nearest, best] = [row, score];
      }
      return nearest;
    });
  };
}
