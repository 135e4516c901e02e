/**
 * Factorisations Z = U Vᵀ for the claims of this folder: random ones, and the moves between factorisations of the same Z,
 * as elementary operations on columns. Uses no singular values, so that it can check what does.
 */
import type { Factorisation } from '../../models/low-rank/initialisation.ts';
import { randomSource, type RandomSource } from '../../numerics/random.ts';

export const SOURCE = 'Kamalakara et al. 2022 (arXiv 2209.13569)';
export const DERIVED = 'derived in docs/low-rank.md';

export function randomFactorisation(rows: number, columns: number, rank: number, seed: number): Factorisation {
  const { normal } = randomSource(seed);
  const draw = (length: number): Float64Array => Float64Array.from({ length }, normal);
  return { rows, columns, rank, left: draw(rows * rank), right: draw(columns * rank) };
}

const column = (x: Float64Array, r: number, i: number, j: number): number => {
  let sum = 0;
  for (let at = 0; at < x.length; at += r) sum += x[at + i]! * x[at + j]!;
  return sum;
};
const add = (x: Float64Array, r: number, to: number, factor: number, from: number): void => {
  for (let at = 0; at < x.length; at += r) x[at + to] = x[at + to]! + factor * x[at + from]!;
};

/** u_i += t u_j, v_j −= t v_i: U Vᵀ stays. */
function shear({ rank: r, left, right }: Factorisation, i: number, j: number, t: number): void {
  add(left, r, i, t, j);
  add(right, r, j, -t, i);
}

/** u_i *= s, v_i /= s: U Vᵀ stays. */
function stretch({ rank: r, left, right }: Factorisation, i: number, s: number): void {
  add(left, r, i, s - 1, i);
  add(right, r, i, 1 / s - 1, i);
}

/** Another factorisation of the same product, at random. */
export function regauged(factors: Factorisation, random: RandomSource): Factorisation {
  const out = copy(factors);
  for (let step = 0; step < 4 * factors.rank; step++) {
    const i = Math.floor(random.uniform() * factors.rank);
    const j = Math.floor(random.uniform() * factors.rank);
    if (i === j) stretch(out, i, Math.exp(0.5 * random.normal()));
    else shear(out, i, j, 0.5 * random.normal());
  }
  return out;
}

/**
 * The factorisation of the same product with the least ½(‖U‖_F² + ‖V‖_F²), by exact minimisation over one move after the
 * other. The moves generate all changes of basis, and the problem has no local minima but global ones.
 */
export function leastFactorisation(factors: Factorisation, sweeps = 400): Factorisation {
  const out = copy(factors);
  const { rank: r, left, right } = out;
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (let i = 0; i < r; i++)
      for (let j = 0; j < r; j++) {
        if (i === j) stretch(out, i, Math.sqrt(Math.sqrt(column(right, r, i, i) / column(left, r, i, i))));
        else {
          const t = column(right, r, i, j) - column(left, r, i, j);
          shear(out, i, j, t / (column(left, r, j, j) + column(right, r, i, i)));
        }
      }
  return out;
}

function copy(factors: Factorisation): Factorisation {
  return { ...factors, left: factors.left.slice(), right: factors.right.slice() };
}
