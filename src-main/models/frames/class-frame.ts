/**
 * K vectors, one per class, that are invariant under permuting classes of equal count, up to a rotation of their space:
 * norms, inner products, cosines, Gram matrices. Stored by groups, so that 1,000 classes cost what their groups cost.
 * Says nothing about where a frame comes from (references.ts) or how two of them differ (distance.ts).
 *
 * With G groups of K_g classes, the vector of class k of group g is
 *     x_k = c_g (component of e_k along the contrasts of group g)  ⊕  B_g / √K_g,     B_g the g-th row of B (G×r),
 * that is, X = [x_1 … x_K]ᵀ acts as the length c_g on the contrasts inside group g and as B on the normalised group
 * indicators: ‖X‖_F² = Σ_g (K_g − 1) c_g² + ‖B‖_F².
 */
import { dot } from '../../numerics/vector.ts';

export interface ClassFrame {
  /** K_g, one per group. */
  readonly sizes: readonly number[];
  /** c_g ≥ 0, the length along every contrast of group g; without meaning where K_g = 1. */
  readonly contrasts: Float64Array;
  /** r, the columns of B. */
  readonly rank: number;
  /** B, G×r row-major. */
  readonly between: Float64Array;
}

/** Classifiers and class means of one geometry, in the same coordinates. */
export interface FramePair {
  readonly classifier: ClassFrame;
  readonly feature: ClassFrame;
}

/** A Gram matrix X Xᵀ by groups: c_g² on the contrasts of group g, B Bᵀ (G×G row-major) on the group indicators. */
export interface GroupGram {
  readonly sizes: readonly number[];
  readonly contrasts: Float64Array;
  readonly between: Float64Array;
}

/** Norms below this fraction of the largest are rounding of an exact zero. */
const ZERO_NORM = 1e-10;

export function gramOf({ sizes, contrasts, rank, between }: ClassFrame): GroupGram {
  const G = sizes.length;
  const rows = sizes.map((_, g) => between.subarray(g * rank, g * rank + rank));
  const out = new Float64Array(G * G);
  for (let g = 0; g < G; g++) for (let h = 0; h < G; h++) out[g * G + h] = dot(rows[g]!, rows[h]!);
  return { sizes, contrasts: contrasts.map((c, g) => (sizes[g]! > 1 ? c * c : 0)), between: out };
}

/** ‖X‖_F². */
export function squaredSize(frame: ClassFrame): number {
  let sum = dot(frame.between, frame.between);
  frame.sizes.forEach((size, g) => (sum += (size - 1) * frame.contrasts[g]! ** 2));
  return sum;
}

/** The frame less the mean of its K vectors: B − q qᵀB, q_g = √(K_g/K). */
export function centred(frame: ClassFrame): ClassFrame {
  const { sizes, rank } = frame;
  const K = sizes.reduce((a, b) => a + b, 0);
  const between = Float64Array.from(frame.between);
  for (let i = 0; i < rank; i++) {
    let mean = 0;
    sizes.forEach((size, g) => (mean += Math.sqrt(size / K) * frame.between[g * rank + i]!));
    sizes.forEach((size, g) => (between[g * rank + i] = frame.between[g * rank + i]! - Math.sqrt(size / K) * mean));
  }
  return { ...frame, between };
}

/** Norm of a vector of each group; exactly 0 where it is rounding of a zero. */
export function normsOf(gram: GroupGram): Float64Array {
  const G = gram.sizes.length;
  const values = Float64Array.from(gram.sizes, (size, g) =>
    Math.sqrt(Math.max(0, gram.contrasts[g]! * (1 - 1 / size) + gram.between[g * G + g]! / size)),
  );
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  return values.map((value) => (value > ZERO_NORM * largest ? value : 0));
}

/** Inner product of two different classes, of groups g and h (g = h where K_g > 1). */
export function innerProduct({ sizes, contrasts, between }: GroupGram, g: number, h: number): number {
  const shared = between[g * sizes.length + h]! / Math.sqrt(sizes[g]! * sizes[h]!);
  return g === h ? shared - contrasts[g]! / sizes[g]! : shared;
}

/**
 * Cosines between classes of groups g and h, G×G (diagonal: two classes of the same group). null where a vector is zero or
 * the group has one class; exactly 1 where the group's vectors coincide (c_g = 0).
 */
export function cosinesOf(gram: GroupGram): (number | null)[][] {
  const length = normsOf(gram);
  return gram.sizes.map((size, g) =>
    gram.sizes.map((_, h) => {
      if (length[g] === 0 || length[h] === 0 || (g === h && size === 1)) return null;
      if (g === h && gram.contrasts[g] === 0) return 1;
      return Math.min(1, Math.max(-1, innerProduct(gram, g, h) / (length[g]! * length[h]!)));
    }),
  );
}

/** Group of every class, groups in order. */
function owners(sizes: readonly number[]): number[] {
  return sizes.flatMap((size, g) => new Array<number>(size).fill(g));
}

/** The K×K Gram matrix, row-major, classes in the order of their groups. */
export function fullGram(gram: GroupGram): Float64Array {
  const group = owners(gram.sizes);
  const K = group.length;
  const G = gram.sizes.length;
  const out = new Float64Array(K * K);
  group.forEach((g, j) =>
    group.forEach((h, k) => {
      const own = gram.between[g * G + g]! / gram.sizes[g]! + gram.contrasts[g]! * (1 - 1 / gram.sizes[g]!);
      out[j * K + k] = j === k ? own : innerProduct(gram, g, h);
    }),
  );
  return out;
}

/** The K×K matrix of cosines, null where one of the vectors is zero (on the diagonal too). */
export function fullCosines(gram: GroupGram): (number | null)[][] {
  const group = owners(gram.sizes);
  const length = normsOf(gram);
  const cosines = cosinesOf(gram);
  return group.map((g, j) => group.map((h, k) => (j === k ? (length[g]! > 0 ? 1 : null) : cosines[g]![h]!)));
}
