/**
 * Independent truth for the collapse metrics: every one by its definition on full d×d matrices and plain loops, in float64.
 * Shares no code with src-main/collapse and is too slow for anything else.
 */

type Rows = number[][];

export interface Sample {
  readonly features: Rows;
  readonly labels: readonly number[];
  readonly weights: Rows;
  readonly bias: readonly number[] | null;
  readonly classes: number;
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x - b[i]!);
const length = (a: readonly number[]): number => Math.sqrt(dot(a, a));
const frobenius = (A: Rows): number => Math.sqrt(A.reduce((sum, row) => sum + dot(row, row), 0));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)));
const meanRow = (rows: Rows): number[] => rows[0]!.map((_, j) => mean(rows.map((row) => row[j]!)));
const product = (A: Rows, B: Rows): Rows =>
  A.map((row) => B[0]!.map((_, j) => row.reduce((s, x, k) => s + x * B[k]![j]!, 0)));
const trace = (A: Rows): number => A.reduce((sum, row, i) => sum + row[i]!, 0);

function outer(rows: Rows, weight: (i: number) => number): Rows {
  const d = rows[0]!.length;
  const out: Rows = Array.from({ length: d }, () => new Array<number>(d).fill(0));
  rows.forEach((row, s) => {
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) out[i]![j]! += weight(s) * row[i]! * row[j]!;
  });
  return out;
}

/** Cyclic Jacobi: eigenvalues and eigenvectors (columns) of a symmetric matrix. */
function eigen(A: Rows): { values: number[]; vectors: Rows } {
  const n = A.length;
  const B = A.map((row) => [...row]);
  const V: Rows = A.map((_, i) => A.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (B[p]![q] === 0) continue;
        const theta = 0.5 * Math.atan2(2 * B[p]![q]!, B[q]![q]! - B[p]![p]!);
        const [c, s] = [Math.cos(theta), Math.sin(theta)];
        for (let k = 0; k < n; k++) {
          const [x, y] = [B[k]![p]!, B[k]![q]!];
          B[k]![p] = c * x - s * y;
          B[k]![q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [B[p]![k]!, B[q]![k]!];
          B[p]![k] = c * x - s * y;
          B[q]![k] = s * x + c * y;
          const [v, w] = [V[k]![p]!, V[k]![q]!];
          V[k]![p] = c * v - s * w;
          V[k]![q] = s * v + c * w;
        }
      }
  }
  return { values: B.map((row, i) => row[i]!), vectors: V };
}

/** Pseudo-inverse that keeps the `rank` largest eigenvalues: the rank is known, not guessed from a tolerance. */
function pseudoInverse(A: Rows, rank: number): Rows {
  const { values, vectors } = eigen(A);
  const kept = [...values.keys()].sort((i, j) => values[j]! - values[i]!).slice(0, rank);
  return A.map((_, i) =>
    A.map((__, j) => kept.reduce((s, k) => s + (vectors[i]![k]! * vectors[j]![k]!) / values[k]!, 0)),
  );
}

const etf = (K: number): Rows =>
  Array.from({ length: K }, (_, j) =>
    Array.from({ length: K }, (__, k) => ((j === k ? 1 : 0) - 1 / K) / Math.sqrt(K - 1)),
  );
const scaled = (A: Rows): Rows => A.map((row) => row.map((x) => x / frobenius(A)));
const distance = (A: Rows, B: Rows): number => frobenius(A.map((row, i) => minus(row, B[i]!)));
const gram = (A: Rows): Rows => A.map((a) => A.map((b) => dot(a, b)));

function angles(rows: Rows): number[] {
  return rows.flatMap((a, j) => rows.slice(j + 1).map((b) => dot(a, b) / (length(a) * length(b))));
}

/** All metrics of a sample in which every class occurs and no vector vanishes. */
export function byDefinition(
  { features, labels, weights, bias, classes: K }: Sample,
  centre: 'classes' | 'samples',
  pooling: 'samples' | 'classes',
) {
  const N = features.length;
  const d = features[0]!.length;
  const of = (k: number): Rows => features.filter((_, i) => labels[i] === k);
  const mu = Array.from({ length: K }, (_, k) => meanRow(of(k)));
  const muG = centre === 'classes' ? meanRow(mu) : meanRow(features);
  const M = mu.map((row) => minus(row, muG));
  const weight = (i: number): number => (pooling === 'samples' ? 1 / N : 1 / (K * of(labels[i]!).length));
  const deltas = features.map((h, i) => minus(h, mu[labels[i]!]!));
  const sigmaW = outer(deltas, weight);
  const sigmaB = outer(M, () => 1 / K);
  const rank = Math.min(K - 1, d);
  const inverse = pseudoInverse(sigmaB, rank);
  const total = sigmaW.map((row, i) => row.map((x, j) => x + sigmaB[i]![j]!));
  const v = mu.map((_, k) => mean(of(k).map((h) => length(minus(h, mu[k]!)) ** 2)));
  const pairs = mu.flatMap((a, i) => mu.slice(0, i).map((b, j) => (v[i]! + v[j]!) / (2 * length(minus(a, b)) ** 2)));
  const logits = features.map((h) => weights.map((w, k) => dot(w, h) + (bias?.[k] ?? 0)));
  const best = (values: readonly number[]): number => values.indexOf(Math.max(...values));
  const margins = logits.map((z, i) => z[labels[i]!]! - Math.max(...z.filter((_, k) => k !== labels[i])));
  const sizes = { w: weights.map(length), h: M.map(length) };
  const sides = { w: weights, h: M };
  const geometry = (side: 'w' | 'h') => ({
    [`nc2_equinorm_${side}`]: deviation(sizes[side]) / mean(sizes[side]),
    [`nc2_equiangle_${side}`]: deviation(angles(sides[side])),
    [`nc2_maxangle_${side}`]: mean(angles(sides[side]).map((c) => Math.abs(c + 1 / (K - 1)))),
    [`nc2_etf_${side}`]: distance(scaled(gram(sides[side])), etf(K)),
  });
  return {
    nc1_pinv: trace(product(sigmaW, inverse)) / K,
    nc1_quot: trace(sigmaW) / trace(sigmaB),
    nc1_cdnv: mean(pairs),
    vci: 1 - trace(product(pseudoInverse(total, Math.min(d, N - 1)), sigmaB)) / rank,
    ...geometry('w'),
    ...geometry('h'),
    nc3_dual: distance(scaled(weights), scaled(M)),
    nc3_etf: distance(scaled(weights.map((w) => M.map((m) => dot(w, m)))), etf(K)),
    nc4_agree: mean(features.map((h, i) => (best(logits[i]!) === best(mu.map((m) => -length(minus(h, m)))) ? 1 : 0))),
    accuracy: mean(logits.map((z, i) => (best(z) === labels[i] ? 1 : 0))),
    margin_min: Math.min(...margins),
    margin_normalised: Math.min(...margins) / (frobenius(weights) ** 2 + frobenius(features) ** 2),
  };
}
