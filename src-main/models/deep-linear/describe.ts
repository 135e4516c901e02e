/**
 * From an optimum in singular form to what is reported of it: class lengths, alignments, losses, Gram matrices per layer, and
 * the name of the frame. Used for closed forms and for numerical optima alike.
 */
import { logSumExp } from '../../numerics/log-sum-exp.ts';
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { meanDecay, sampleCount } from './prices.ts';
import type { ClassOptimum, DeepLinearProblem, FrameName, SingularForm } from './types.ts';

/** Largest cosine or relative spread of lengths that still counts as orthogonal, equal, or ETF. */
const FRAME_TOLERANCE = 1e-6;

/** Rows k ↦ U_k· diag(value): K×rank. */
function scaledRows(matrix: Float64Array, rank: number, value: (i: number) => number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let at = 0; at < matrix.length; at++) out[at] = matrix[at]! * value(at % rank);
  return out;
}

/** Rows w_k of the partial product W_M … W_j in the basis of its directions, K×rank; j = 1 is the whole classifier. */
export function classifierRows(problem: DeepLinearProblem, form: SingularForm, j = 1): Float64Array {
  const mean = meanDecay(problem.decays);
  const share = problem.decays.slice(j - 1).reduce((product, decay) => product * Math.sqrt(mean / decay), 1);
  const power = problem.decays.length - j + 1;
  return scaledRows(form.left, form.rank, (i) => share * form.layerValues[i]! ** power);
}

/** Class means of layer j's features H_j = W_{j−1} … W_1 H_1 as rows, K×rank; j = 1 are the free features. */
export function featureRows(problem: DeepLinearProblem, form: SingularForm, j = 1): Float64Array {
  const mean = meanDecay(problem.decays);
  const share = problem.decays.slice(0, j - 1).reduce((product, decay) => product * Math.sqrt(mean / decay), 1);
  const rows = scaledRows(
    form.right,
    form.rank,
    (i) => share * form.layerValues[i]! ** (j - 1) * form.featureValues[i]!,
  );
  problem.counts.forEach((n, k) => {
    for (let i = 0; i < form.rank; i++) rows[k * form.rank + i] = rows[k * form.rank + i]! / Math.sqrt(n);
  });
  return rows;
}

/** Gram matrix of rows, K×K. */
export function gramOf(rows: Float64Array, K: number, rank: number): Float64Array {
  return multiplyTransposed(rows, rows, K, rank, K);
}

/** Cosines of a Gram matrix; null where a vector is zero. */
export function cosinesOf(gram: Float64Array, K: number): (number | null)[] {
  const norms = Array.from({ length: K }, (_, k) => Math.sqrt(gram[k * K + k]!));
  return Array.from(gram, (value, at) => {
    const size = norms[Math.floor(at / K)]! * norms[at % K]!;
    return size > 0 ? Math.max(-1, Math.min(1, value / size)) : null;
  });
}

/** Which frame the rows with this Gram matrix form, to 1e-6. */
export function frameOf(gram: Float64Array, K: number): FrameName {
  const squares = Array.from({ length: K }, (_, k) => gram[k * K + k]!);
  const top = Math.max(...squares);
  if (top === 0) return 'zero';
  const equal = squares.every((square) => Math.abs(square / top - 1) <= FRAME_TOLERANCE);
  const offDiagonal = (target: number): boolean =>
    gram.every((value, at) => at % (K + 1) === 0 || Math.abs(value / top - target) <= FRAME_TOLERANCE);
  if (offDiagonal(0)) return equal ? 'orthogonal frame' : 'general orthogonal frame';
  if (!equal) return 'other';
  if (offDiagonal(-1 / (K - 1))) return 'simplex ETF';
  return isPaired(gram, K, top) ? 'antipodal pairs' : 'other';
}

/** Every row has one opposite and is orthogonal to all others. */
function isPaired(gram: Float64Array, K: number, top: number): boolean {
  for (let k = 0; k < K; k++) {
    let opposite = 0;
    for (let j = 0; j < K; j++) {
      const cosine = gram[k * K + j]! / top;
      if (Math.abs(cosine + 1) <= FRAME_TOLERANCE) opposite++;
      else if (j !== k && Math.abs(cosine) > FRAME_TOLERANCE) return false;
    }
    if (opposite !== 1) return false;
  }
  return true;
}

/** What each class gets. @param bias b, length K */
export function describeClasses(problem: DeepLinearProblem, form: SingularForm, bias: Float64Array): ClassOptimum[] {
  const { counts, featureDecay, decays, loss } = problem;
  const K = counts.length;
  const N = sampleCount(counts);
  const w = classifierRows(problem, form);
  const h = featureRows(problem, form);
  const rowNorm = (rows: Float64Array, k: number): number =>
    Math.hypot(...rows.subarray(k * form.rank, (k + 1) * form.rank));
  // Column k of the logits, as a row.
  const logits = multiplyTransposed(h, w, K, form.rank, K);
  return counts.map((count, k) => {
    const z = logits.subarray(k * K, (k + 1) * K).map((value, j) => value + bias[j]!);
    const value = loss === 'ce' ? logSumExp(z) - z[k]! : halfSquare(z, k);
    const featureNorm = rowNorm(h, k);
    const classifierNorm = rowNorm(w, k);
    return {
      count,
      classifierNorm,
      featureNorm,
      alignment: logits[k * K + k]!,
      bias: bias[k]!,
      loss: value,
      objective: (count / N) * value + ((decays.length + 1) / 2) * featureDecay * count * featureNorm ** 2,
      vanished: classifierNorm === 0 && featureNorm === 0,
    };
  });
}

function halfSquare(z: Float64Array, k: number): number {
  let sum = 0;
  for (let j = 0; j < z.length; j++) sum += (z[j]! - (j === k ? 1 : 0)) ** 2;
  return sum / 2;
}
