/**
 * Losses of one sample by their definition, for the slow solvers that check the fast ones; shares no code with either.
 */

/** Loss and gradient of the logits z of a sample of class k. */
export type SampleLoss = (z: Float64Array, k: number) => { readonly value: number; readonly gradient: Float64Array };

/** −log softmax(z)_k. */
export const crossEntropy: SampleLoss = (z, k) => {
  const top = z.reduce((a, b) => Math.max(a, b), -Infinity);
  const exponentials = z.map((logit) => Math.exp(logit - top));
  const total = exponentials.reduce((a, b) => a + b, 0);
  const gradient = exponentials.map((e, j) => e / total - (j === k ? 1 : 0));
  return { value: Math.log(total) - (z[k]! - top), gradient };
};
