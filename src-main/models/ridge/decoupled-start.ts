/** A first point: every class raises its own logit alone, as if the other logits were zero; no interaction is modelled. */
import type { RidgeFactors } from './factored.ts';
import type { ReducedRidge } from './types.ts';

/** Own logits of the decoupled problem, c_g (1 − p) = l r_g with the other logits at zero, as balanced factors. */
export function decoupledStart(problem: ReducedRidge): RidgeFactors {
  const { count: G, sizes, shares, lengths, decay, bias } = problem;
  const K = sizes.reduce((a, b) => a + b, 0);
  const own = Float64Array.from(shares, (c, g) => Math.log((K - 1) * Math.max(c / (decay * lengths[g]!) - 1, 0)));
  // Every direction starts above zero, so that none is missing.
  const floor = Math.max(0.02, 0.02 * Math.max(...own));
  const x = new Float64Array(2 * G * G + G + (bias ? G : 0));
  for (let g = 0; g < G; g++) {
    const s = Math.max(own[g]!, floor) * lengths[g]!;
    for (let h = 0; h < G; h++)
      x[h * G + g] = Math.sqrt(s) * ((h === g ? 1 : 0) - Math.sqrt((sizes[h]! / K) * (sizes[g]! / K)));
    x[G * G + g * G + g] = Math.sqrt(s);
    if (sizes[g]! > 1 && shares[g]! > decay * lengths[g]!) x[2 * G * G + g] = Math.sqrt(2 * (sizes[g]! - 1) * s);
  }
  return { rank: G, x };
}
