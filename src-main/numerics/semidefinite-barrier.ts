/**
 * The logarithmic barrier of a set given by positive semidefinite blocks and linear inequalities in one vector of unknowns:
 * −Σ log det B_i(y) − Σ log(b_j − a_jᵀy). Dense and small; every entry of a block is one unknown.
 */
import { cholesky, choleskyInverse, logDeterminant } from './cholesky.ts';
import type { SmoothFunction } from './path-following.ts';

/** A symmetric block: the unknown that stands at (i, j), n×n row-major and symmetric. */
export interface Block {
  readonly size: number;
  readonly index: readonly number[];
}

/** bound − Σ coefficient · y_index > 0. */
export interface Slack {
  readonly bound: number;
  readonly entries: readonly (readonly [index: number, coefficient: number])[];
}

/** A block whose lower triangle is the unknowns from `first` on, row by row. */
export function triangleBlock(size: number, first: number): Block {
  const at = (i: number, j: number): number => first + (i * (i + 1)) / 2 + j;
  const index = Array.from({ length: size * size }, (_, e) => {
    const [i, j] = [Math.floor(e / size), e % size];
    return i >= j ? at(i, j) : at(j, i);
  });
  return { size, index };
}

export function slackOf({ bound, entries }: Slack, y: Float64Array): number {
  return entries.reduce((left, [index, coefficient]) => left - coefficient * y[index]!, bound);
}

function blockMatrix({ index }: Block, y: Float64Array): Float64Array {
  return Float64Array.from(index, (i) => y[i]!);
}

/** The barrier's degree: sizes of the blocks plus the number of slacks. */
export function barrierDegree(blocks: readonly Block[], slacks: readonly Slack[]): number {
  return blocks.reduce((sum, block) => sum + block.size, slacks.length);
}

export function semidefiniteBarrier(blocks: readonly Block[], slacks: readonly Slack[]): SmoothFunction {
  return {
    value(y) {
      let sum = 0;
      for (const slack of slacks) {
        const left = slackOf(slack, y);
        if (!(left > 0)) return Infinity;
        sum -= Math.log(left);
      }
      for (const block of blocks) {
        const factor = cholesky(blockMatrix(block, y), block.size);
        if (factor === null) return Infinity;
        sum -= logDeterminant(factor, block.size);
      }
      return sum;
    },
    derivatives(y) {
      const n = y.length;
      const gradient = new Float64Array(n);
      const hessian = new Float64Array(n * n);
      for (const block of blocks) addBlock(block, y, gradient, hessian);
      for (const slack of slacks) {
        const left = slackOf(slack, y);
        for (const [i, a] of slack.entries) {
          gradient[i] = gradient[i]! + a / left;
          for (const [j, b] of slack.entries) hessian[i * n + j] = hessian[i * n + j]! + (a * b) / left / left;
        }
      }
      return { gradient, hessian };
    },
  };
}

/** −log det B: gradient −⟨B⁻¹, E_a⟩, Hessian tr(B⁻¹E_a B⁻¹E_b), E_a the symmetric unit matrix of unknown a. */
function addBlock({ size, index }: Block, y: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  const n = y.length;
  const P = choleskyInverse(cholesky(blockMatrix({ size, index }, y), size)!, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const a = index[i * size + j]!;
      const half = i === j ? 0.5 : 1;
      gradient[a] = gradient[a]! - 2 * half * P[i * size + j]!;
      for (let k = 0; k < size; k++) {
        const [pik, pjk] = [P[i * size + k]!, P[j * size + k]!];
        for (let l = 0; l <= k; l++) {
          const b = index[k * size + l]!;
          const weight = k === l ? half : 2 * half;
          hessian[a * n + b] = hessian[a * n + b]! + weight * (pik * P[j * size + l]! + P[i * size + l]! * pjk);
        }
      }
    }
  }
}
