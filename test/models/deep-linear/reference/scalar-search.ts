/**
 * Slow, plain reference for min 1/(1 + x^M) + b x over x ≥ 0: a dense grid, then golden-section search around its best point,
 * compared with x = 0. Knows no formula of the roots.
 */

export function searchScalar(b: number, M: number): { readonly x: number; readonly value: number } {
  const phi = (x: number): number => 1 / (1 + x ** M) + b * x;
  // Beyond x = 1/b the line alone exceeds φ(0) = 1.
  const end = 1 / b;
  const grid = Array.from({ length: 4001 }, (_, i) => (i === 0 ? 0 : 1e-9 * (end / 1e-9) ** (i / 4000)));
  let best = 0;
  for (let i = 1; i < grid.length; i++) if (phi(grid[i]!) < phi(grid[best]!)) best = i;
  if (best === 0) return { x: 0, value: 1 };
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = grid[best - 1]!;
  let high = grid[Math.min(best + 1, 4000)]!;
  for (let i = 0; i < 90; i++) {
    const width = golden * (high - low);
    if (phi(high - width) < phi(low + width)) high = low + width;
    else low = high - width;
  }
  const x = (low + high) / 2;
  return phi(x) < 1 ? { x, value: phi(x) } : { x: 0, value: 1 };
}
