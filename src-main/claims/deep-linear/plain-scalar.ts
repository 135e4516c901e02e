/**
 * Brute force for one class without bias: the objective in its singular value s,
 *     F(s) = (n/2N) N λ_H/(s^{2M} + N λ_H) + (M λ_W/2) s²,
 * on a grid of s, then by golden section around the best point. Knows nothing of roots and thresholds. n need not be whole.
 */

export interface PlainClass {
  readonly n: number;
  readonly N: number;
  readonly M: number;
  readonly decay: number;
  readonly featureDecay: number;
}

/** F(s) − F(0), written without cancellation. */
function gain({ n, N, M, decay, featureDecay }: PlainClass, s: number): number {
  const power = s ** (2 * M);
  return ((M * decay) / 2) * s * s - (n / (2 * N)) * (power / (power + N * featureDecay));
}

/** The minimiser on s ≥ 0, exactly 0 where no point is below F(0) = n/2N, and F there. */
export function plainMinimum(setting: PlainClass): { readonly s: number; readonly value: number } {
  const zero = setting.n / (2 * setting.N);
  const G = (s: number): number => gain(setting, s);
  // Beyond this the decay alone exceeds F(0).
  const end = Math.sqrt((2 * zero) / (setting.M * setting.decay));
  const step = end / 3000;
  const grid = Float64Array.from({ length: 3001 }, (_, i) => G(i * step));
  let best = 0;
  // Near the threshold the valley away from zero lies between grid points that are both above 0: take every valley.
  const valleys = [golden(G, 0, step)];
  for (let i = 1; i < 3000; i++)
    if (grid[i]! <= grid[i - 1]! && grid[i]! <= grid[i + 1]!) valleys.push(golden(G, (i - 1) * step, (i + 1) * step));
  for (const s of valleys) if (G(s) < G(best)) best = s;
  return { s: best, value: zero + G(best) };
}

function golden(G: (s: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 80; i++) {
    const width = ratio * (high - low);
    if (G(high - width) < G(low + width)) high = low + width;
    else low = high - width;
  }
  return (low + high) / 2;
}
