/**
 * What the classifier makes of the samples beside what the nearest class mean says: argmax_k (w_k·h + b_k) against
 * argmin_k ‖h − μ_k‖, and margins. A tie goes to the lowest label.
 *
 * In the span of the class means a sample closer to its own than half the way to any other has that mean as its nearest, by
 * the triangle inequality. Near collapse that settles all of them without N K d work; the others are compared with every mean.
 */
import { scorer, type Scorer } from '../numerics/largest-score.ts';
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

export function decider({ weights, bias }: Classifier, groups: Between, means: VectorSet, K: number): Decider {
  const { present } = groups;
  const logits = scorer({ b: weights, c: bias ?? new Float64Array(K), n: K, k: means.dimension });
  const reach = settledSquares(means, present, K);
  const nearest = nearestMean(groups, means);
  const result = {
    correct: new Float64Array(K),
    agreeing: new Float64Array(K),
    margin: new Float64Array(K).fill(Infinity),
  };

  return {
    result,
    add({ rows, values, labels }, offsets) {
      const open: number[] = [];
      for (let i = 0; i < rows; i++) if (!(offsets[i]! < reach[labels[i]!]!)) open.push(i);
      const settled = labels.slice();
      nearest(values, open).forEach((row, at) => (settled[open[at]!] = present[row]!));
      const others = logits.largest(values, rows, labels);
      for (let i = 0; i < rows; i++) {
        const label = labels[i]!;
        const own = logits.score(values, i, label);
        const [other, largest] = [others.index[i]!, others.score[i]!];
        const chosen = own > largest || (own === largest && label < other) ? label : other;
        if (chosen === label) result.correct[label] = result.correct[label]! + 1;
        if (chosen === settled[i]) result.agreeing[label] = result.agreeing[label]! + 1;
        result.margin[label] = Math.min(result.margin[label]!, own - largest);
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
  // ‖h − μ_k‖² is least where h·μ_k − ‖μ_k‖²/2 is largest.
  const halves = Float64Array.from({ length: count }, (_, row) => -gram[row * count + row]! / 2);
  let scores: Scorer | null = null;
  return (values: FeatureChunk['values'], chosen: readonly number[]): Int32Array => {
    if (chosen.length === 0) return new Int32Array(0);
    const centred = new Float64Array(chosen.length * d);
    chosen.forEach((i, at) => {
      for (let j = 0; j < d; j++) centred[at * d + j] = values[i * d + j]! - centre[j]!;
    });
    scores ??= scorer({ b: means, c: halves, n: count, k: d });
    return scores.largest(centred, chosen.length, null).index;
  };
}
