/**
 * A slow plain reference for p below the rank: projected gradient descent on W and H, each in its ball, from many random
 * starts. Shares no code with src-main but the random numbers.
 *
 *     min Σ_k c_k CE(W h_k, k)   subject to  ‖W‖_F² ≤ K E_W,  ‖H‖_F² ≤ K E_H,   W K×p, H p×K
 */
import { randomSource } from '../../../src-main/numerics/random.ts';

interface RankProblem {
  /** c_k, one per class. */
  readonly shares: readonly number[];
  readonly featureBudget: number;
  readonly classifierBudget: number;
  readonly p: number;
}

/** f, and its gradients by W and H (both K×p, features as rows). */
function evaluate(shares: readonly number[], W: number[][], H: number[][], p: number) {
  const K = shares.length;
  const dW = W.map((row) => row.map(() => 0));
  const dH = H.map((row) => row.map(() => 0));
  let loss = 0;
  for (let k = 0; k < K; k++) {
    const z = W.map((w) => w.reduce((sum, value, i) => sum + value * H[k]![i]!, 0));
    const top = Math.max(...z);
    const e = z.map((value) => Math.exp(value - top));
    const total = e.reduce((a, b) => a + b, 0);
    loss += shares[k]! * (top + Math.log(total) - z[k]!);
    for (let j = 0; j < K; j++) {
      const g = shares[k]! * (e[j]! / total - (j === k ? 1 : 0));
      for (let i = 0; i < p; i++) {
        dW[j]![i]! += g * H[k]![i]!;
        dH[k]![i]! += g * W[j]![i]!;
      }
    }
  }
  return { loss, dW, dH };
}

function moved(X: number[][], D: number[][], step: number, squared: number): number[][] {
  const Y = X.map((row, k) => row.map((value, i) => value - step * D[k]![i]!));
  const size = Y.flat().reduce((sum, value) => sum + value * value, 0);
  const factor = size > squared ? Math.sqrt(squared / size) : 1;
  return Y.map((row) => row.map((value) => value * factor));
}

/** The smallest loss over `starts` descents of `iterations` steps. */
export function bestByDescent(
  { shares, featureBudget, classifierBudget, p }: RankProblem,
  starts: number,
  iterations: number,
): number {
  const K = shares.length;
  const random = randomSource(1234);
  let best = Infinity;
  for (let start = 0; start < starts; start++) {
    const draw = (): number[][] => shares.map(() => Array.from({ length: p }, () => random.normal()));
    let W = moved(draw(), draw(), 1, K * classifierBudget);
    // Features near their classifiers, or anywhere.
    let H = start % 2 === 0 ? moved(W, draw(), 0.3, K * featureBudget) : moved(draw(), draw(), 1, K * featureBudget);
    let step = 1;
    let here = evaluate(shares, W, H, p);
    for (let iteration = 0; iteration < iterations && step > 1e-14; iteration++) {
      const nextW = moved(W, here.dW, step, K * classifierBudget);
      const nextH = moved(H, here.dH, step, K * featureBudget);
      const next = evaluate(shares, nextW, nextH, p);
      if (next.loss < here.loss) {
        [W, H, here] = [nextW, nextH, next];
        step *= 1.5;
      } else step /= 3;
    }
    best = Math.min(best, here.loss);
  }
  return best;
}
