/**
 * Norms, cosines and Gram distances of a set of vectors, classifiers or centred class means. A cosine with a vanished vector
 * does not exist; every quantity that would need one is null with the reason, never NaN.
 */
import { packRows, timesRows } from '../numerics/packed-rows.ts';

export type Answer =
  { readonly value: number; readonly note?: string } | { readonly value: null; readonly note: string };

export const none = (note: string): Answer => ({ value: null, note });

export interface VectorSet {
  /** n×d row-major. */
  readonly rows: Float64Array;
  readonly count: number;
  readonly dimension: number;
  readonly norms: Float64Array;
  /** Rows that are zero up to rounding. */
  readonly vanished: readonly number[];
  /** Gram matrix, n×n. */
  readonly gram: Float64Array;
}

/** Norms below this fraction of the largest are rounding of zero. */
const VANISHED = 1e-14;

export function vectorSet(rows: Float64Array, count: number, dimension: number): VectorSet {
  const gram = timesRows(rows, packRows(rows, count, dimension), count);
  const norms = Float64Array.from({ length: count }, (_, k) => Math.sqrt(gram[k * count + k]!));
  const most = norms.reduce((a, b) => Math.max(a, b), 0);
  const vanished = [...norms.keys()].filter((k) => norms[k]! <= VANISHED * most);
  return { rows, count, dimension, norms, vanished, gram };
}

export function cosine({ gram, norms, count }: VectorSet, j: number, k: number): number {
  return Math.max(-1, Math.min(1, gram[j * count + k]! / (norms[j]! * norms[k]!)));
}

/** Standard deviation over mean of the norms. */
export function equinorm({ norms }: VectorSet, name: string): Answer {
  const mean = average(norms);
  return mean > 0 ? { value: deviation(norms, mean) / mean } : none(`all ${name} are zero`);
}

/** Cosines of all pairs of different vectors, or why there are none. */
export function pairCosines(set: VectorSet, name: string, label: (k: number) => number): Float64Array | string {
  if (set.count < 2) return `there are fewer than two ${name}`;
  if (set.vanished.length > 0)
    return `${set.vanished.length === 1 ? 'one' : set.vanished.length} of the ${name} is zero (class ${set.vanished.slice(0, 5).map(label).join(', ')}${set.vanished.length > 5 ? ', …' : ''}): no cosine exists`;
  const cosines = new Float64Array((set.count * (set.count - 1)) / 2);
  let at = 0;
  for (let j = 0; j < set.count; j++) for (let k = j + 1; k < set.count; k++) cosines[at++] = cosine(set, j, k);
  return cosines;
}

export function equiangle(cosines: Float64Array | string): Answer {
  return typeof cosines === 'string' ? none(cosines) : { value: deviation(cosines, average(cosines)) };
}

/** Mean of |cos + 1/(K−1)|, K the number of vectors. */
export function maxAngle(cosines: Float64Array | string, K: number): Answer {
  if (typeof cosines === 'string') return none(cosines);
  return { value: average(cosines.map((value) => Math.abs(value + 1 / (K - 1)))) };
}

/** ‖G/‖G‖_F − E‖_F with E = (I − J/K)/√(K−1). */
export function etfDistance(gram: Float64Array, K: number, name: string): Answer {
  const size = Math.sqrt(gram.reduce((sum, value) => sum + value * value, 0));
  if (!(size > 0)) return none(`all ${name} are zero`);
  const scale = 1 / Math.sqrt(K - 1);
  let sum = 0;
  for (let j = 0; j < K; j++)
    for (let k = 0; k < K; k++) sum += (gram[j * K + k]! / size - scale * ((j === k ? 1 : 0) - 1 / K)) ** 2;
  return { value: Math.sqrt(sum) };
}

/** Mean cosine over pairs of different classes, one of each list; indices into the set. */
export function meanCosine(set: VectorSet, from: readonly number[], to: readonly number[], name: string): Answer {
  let sum = 0;
  let pairs = 0;
  for (const j of from)
    for (const k of to) {
      if (j === k) continue;
      if (set.vanished.includes(j) || set.vanished.includes(k)) return none(`a vector of the ${name} is zero`);
      sum += cosine(set, j, k);
      pairs++;
    }
  return pairs === 0 ? none('there is no pair of such classes') : { value: sum / pairs };
}

function average(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function deviation(values: Float64Array, mean: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
