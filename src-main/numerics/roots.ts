/**
 * Roots of a scalar function inside a bracket, by Brent's method (Brent 1973, chapter 4). It never leaves the bracket
 * and needs no derivative; it does not search for a bracket.
 */

export interface RootOptions {
  /** Width of the final bracket relative to max(1, |x|); default 1e-14. */
  readonly tolerance?: number | undefined;
  /** Default 200. */
  readonly maxIterations?: number | undefined;
}

/**
 * x in [lo, hi] with f(x) = 0.
 * Throws a RangeError if f(lo) and f(hi) have the same strict sign or either is NaN.
 * @example findRoot((x) => x * x - 2, 0, 2) // 1.4142135623730951
 */
export function findRoot(f: (x: number) => number, lo: number, hi: number, options: RootOptions = {}): number {
  const tolerance = options.tolerance ?? 1e-14;
  const maxIterations = options.maxIterations ?? 200;
  let a = lo;
  let b = hi;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0) && !(Math.sign(fa) * Math.sign(fb) < 0)) {
    throw new RangeError(`no sign change in [${lo}, ${hi}]: values ${fa} and ${fb}`);
  }
  let c = a;
  let fc = fa;
  let step = b - a;
  let previous = step;
  for (let i = 0; i < maxIterations; i++) {
    if (Math.sign(fb) === Math.sign(fc)) {
      c = a;
      fc = fa;
      step = b - a;
      previous = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const resolution = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance * Math.max(1, Math.abs(b));
    const half = (c - b) / 2;
    if (Math.abs(half) <= resolution || fb === 0) return b;
    if (Math.abs(previous) < resolution || Math.abs(fa) <= Math.abs(fb)) {
      step = half;
      previous = half;
    } else {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = fb / fc;
        const t = fa / fc;
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * half * q - Math.abs(resolution * q), Math.abs(previous * q))) {
        previous = step;
        step = p / q;
      } else {
        step = half;
        previous = half;
      }
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > resolution ? step : Math.sign(half) * resolution;
    fb = f(b);
  }
  return b;
}
