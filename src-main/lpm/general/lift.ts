/**
 * Between a grid and the groups it stands for: Z = diag(d) + Ψ X Ψᵀ from a coarse solution, and a start on another grid
 * from such a Z. No optimisation; what is lost is measured by the certificate of the lifted point.
 *
 * Coarse M = diag(s) + X on nodes of several classes; for a class that is its own node M holds d and κ together, and d is
 * told apart (approximately, for starts only) by continuing κ from the neighbouring entries.
 */

import { multiply, multiplyLeftTransposed, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { spectralPoint, type SpectralPoint } from './expand.ts';
import { unpack, type Factors } from './factors.ts';
import { gridFunctions, type Grid } from './grid.ts';
import { onSphere } from './start.ts';

export interface Lifted {
  readonly grid: Grid;
  /** d_k per fine group: interpolated where a panel has nodes, 0 where groups are their own nodes. */
  readonly diagonal: Float64Array;
  /** X, nodes × nodes. */
  readonly kernel: Float64Array;
  /** Contrasts of fine groups that are their own nodes (K_g > 1 there), d elsewhere. */
  readonly contrasts: Float64Array;
}

/** The coarse solution seen from the fine groups. */
export function lift(grid: Grid, solution: Factors): Lifted {
  const { coarse, fine, panels } = grid;
  const { between, contrasts } = unpack(coarse, solution);
  const kernel = Float64Array.from(between);
  const diagonal = new Float64Array(fine.count);
  const fineContrasts = new Float64Array(fine.count);
  for (const { from, to, node, functions } of panels) {
    if (functions === null) {
      for (let k = from; k < to; k++) fineContrasts[k] = contrasts[node + k - from]!;
      continue;
    }
    functions.forEach((values, a) => {
      const s = contrasts[node + a]!;
      const index = (node + a) * (coarse.count + 1);
      kernel[index] = kernel[index]! - s;
      const factor = s * Math.sqrt(coarse.sizes[node + a]!);
      for (let k = from; k < to; k++) {
        diagonal[k] = diagonal[k]! + (factor * values[k - from]!) / Math.sqrt(fine.sizes[k]!);
      }
    });
    for (let k = from; k < to; k++) {
      diagonal[k] = Math.max(0, diagonal[k]!);
      fineContrasts[k] = diagonal[k]!;
    }
  }
  return { grid, diagonal, kernel, contrasts: fineContrasts };
}

/**
 * Singular triplets of the lifted M. Panels where d = 0 contribute their nodes, all others their groups, so the
 * decomposition is as small as the solution allows.
 */
export function liftedSpectrum({ grid, diagonal, kernel, contrasts }: Lifted): SpectralPoint {
  const { fine, coarse, panels } = grid;
  const G = fine.count;
  const N = coarse.count;
  const offsets: number[] = [];
  let size = 0;
  const resolved = panels.map(
    ({ from, to, functions }) => functions === null || diagonal.subarray(from, to).some((d) => d > 0),
  );
  panels.forEach(({ from, to, functions }, i) => {
    offsets.push(size);
    size += resolved[i]! ? to - from : functions!.length;
  });
  // Ψ in the compressed basis (size × N): sampled functions where resolved, unit vectors where not.
  const basis = new Float64Array(size * N);
  const own = new Float64Array(size);
  panels.forEach(({ from, to, node, functions }, i) => {
    const offset = offsets[i]!;
    if (!resolved[i]!) functions!.forEach((_, a) => (basis[(offset + a) * N + node + a] = 1));
    else {
      for (let k = from; k < to; k++) {
        own[offset + k - from] = diagonal[k]!;
        if (functions === null) basis[(offset + k - from) * N + node + k - from] = 1;
        else functions.forEach((values, a) => (basis[(offset + k - from) * N + node + a] = values[k - from]!));
      }
    }
  });
  const matrix = multiplyTransposed(multiply(basis, kernel, size, N, N), basis, size, N, size);
  for (let k = 0; k < size; k++) matrix[k * size + k] = matrix[k * size + k]! + own[k]!;
  const small = spectralPoint(matrix, contrasts, size);
  const embed = (q: Float64Array): Float64Array => {
    const out = new Float64Array(G * small.rank);
    panels.forEach(({ from, to, functions }, i) => {
      const offset = offsets[i]! * small.rank;
      if (resolved[i]!) out.set(q.subarray(offset, offset + (to - from) * small.rank), from * small.rank);
      else {
        functions!.forEach((values, a) => {
          const row = offset + a * small.rank;
          for (let k = from; k < to; k++) {
            for (let j = 0; j < small.rank; j++) {
              out[k * small.rank + j] = out[k * small.rank + j]! + values[k - from]! * q[row + j]!;
            }
          }
        });
      }
    });
    return out;
  };
  return { ...small, left: embed(small.left), right: embed(small.right) };
}

/** The coarse point as it is: groups of a panel share its nodes, their own logits are left out. As small as the grid. */
export function aggregate(grid: Grid, solution: Factors): SpectralPoint {
  const { fine, coarse, panels } = grid;
  const N = coarse.count;
  const { between, contrasts } = unpack(coarse, solution);
  const own = new Float64Array(fine.count);
  for (const { from, to, node, functions } of panels)
    if (functions === null) for (let k = from; k < to; k++) own[k] = contrasts[node + k - from]!;
  const small = spectralPoint(between, own, N);
  const functions = gridFunctions(grid);
  const embed = (q: Float64Array): Float64Array => multiplyLeftTransposed(functions, q, N, fine.count, small.rank);
  return { ...small, left: embed(small.left), right: embed(small.right) };
}

/** d for every fine group, continued across groups that are their own nodes. */
export function ownLogits({ grid, diagonal, kernel }: Lifted): Float64Array {
  const { fine, coarse, panels } = grid;
  const N = coarse.count;
  const out = Float64Array.from(diagonal);
  const entry = (a: number, b: number): number => kernel[a * N + b]! / Math.sqrt(coarse.sizes[a]! * coarse.sizes[b]!);
  for (const { from, to, node, functions } of panels) {
    if (functions !== null) continue;
    for (let k = from; k < to; k++) {
      const a = node + k - from;
      const near = [a - 1, a + 1].filter((b) => b >= 0 && b < N);
      const continued = near.reduce((sum, b) => sum + entry(a, b) + entry(b, a), 0) / (2 * near.length);
      out[k] = fine.shares[k]! > 0 ? Math.max(0, (entry(a, a) - continued) * fine.sizes[k]!) : 0;
    }
  }
  return out;
}

/** A start on `grid` from the lifted solution on another grid of the same fine problem. */
export function restrict(lifted: Lifted, grid: Grid): Factors {
  const G = grid.fine.count;
  const N = grid.coarse.count;
  const from = lifted.grid.coarse.count;
  const own = ownLogits(lifted);
  const functions = gridFunctions(grid);
  const s = new Float64Array(N);
  for (let a = 0; a < N; a++) {
    let sum = 0;
    for (let k = 0; k < G; k++) sum += functions[a * G + k]! * Math.sqrt(grid.fine.sizes[k]!) * own[k]!;
    s[a] = Math.max(0, sum / Math.sqrt(grid.coarse.sizes[a]!));
  }
  // X without the own logits, so that interpolation never crosses the diagonal.
  const smooth = Float64Array.from(lifted.kernel);
  for (const { from: first, to, node, functions: values } of lifted.grid.panels) {
    if (values === null) {
      for (let k = first; k < to; k++) {
        const index = (node + k - first) * (from + 1);
        smooth[index] = smooth[index]! - own[k]!;
      }
    }
  }
  const mixed = multiplyTransposed(functions, gridFunctions(lifted.grid), N, G, from);
  const between = multiplyTransposed(multiply(mixed, smooth, N, from, from), mixed, N, from, N);
  for (let a = 0; a < N; a++) between[a * N + a] = between[a * N + a]! + s[a]!;
  const { left, values, right } = singularValueDecomposition(between, N, N);
  let rank = 0;
  while (rank < N && values[rank]! > 0.02 * values[0]!) rank++;
  const x = new Float64Array(2 * N * rank + N);
  for (let a = 0; a < N; a++) {
    const zero = !(grid.coarse.shares[a]! > 0);
    for (let i = 0; i < rank; i++) {
      const root = Math.sqrt(values[i]!);
      x[a * rank + i] = root * left[a * N + i]!;
      x[N * rank + a * rank + i] = zero ? 0 : root * right[a * N + i]!;
    }
    if (grid.coarse.sizes[a]! > 1) x[2 * N * rank + a] = Math.sqrt(2 * (grid.coarse.sizes[a]! - 1) * s[a]!);
  }
  return onSphere({ rank, x }, grid.coarse.radius);
}
