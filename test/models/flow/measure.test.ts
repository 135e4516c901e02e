/** What is recorded of a moment: checked values at neural collapse, definitions recomputed, the KKT residual, the rates. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentGrid, tauOfPower } from '../../../src-main/models/flow/integrate.ts';
import { flowMeter, marginBound } from '../../../src-main/models/flow/measure.ts';
import { flowStart } from '../../../src-main/models/flow/start.ts';
import { flowTrajectory } from '../../../src-main/models/flow/trajectory.ts';
import { plainFlow, plainLoss, rowsOf } from './reference.ts';

const of = (classes: number, perClass: number, dimension: number) => ({ classes, perClass, dimension });
const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

describe('at neural collapse', () => {
  it.each([of(10, 1, 10), of(4, 3, 3), of(2, 2, 1)])(
    '%j: every distance is zero, the margin meets its bound',
    (problem) => {
      const x = flowStart(problem, { kind: 'aligned', scale: 1.7, perturbation: 0, seed: 1 });
      const m = flowMeter(problem, x)({ tau: 1, state: x });
      for (const distance of [
        m.nc1Quot,
        m.nc2EtfW,
        m.nc2EtfWCentred,
        m.nc2EtfH,
        m.nc3Dual,
        m.stationarity,
        m.complementarity,
      ])
        expect(Math.abs(distance!)).toBeLessThan(1e-12);
      expect(m.marginRatio).toBeCloseTo(1, 12);
      expect(m.largestMargin).toBeCloseTo(m.margin, 12);
      expect(m.drift).toBe(0);
    },
  );

  it('the bound is .0555556 of the squared norm at K = 10, n = 1', () => {
    const problem = of(10, 1, 10);
    const x = flowStart(problem, { kind: 'random', scale: 1, perturbation: 0, seed: 2 });
    expect(marginBound(problem, x) / inner([...x], [...x])).toBeCloseTo(0.0555556, 7);
  });
});

it('orthonormal classifiers are .3204 from an ETF at K = 10', () => {
  const problem = of(10, 1, 10);
  const x = new Float64Array(200);
  for (let k = 0; k < 10; k++) x[k * 10 + k] = 1;
  const m = flowMeter(problem, x)({ tau: 1, state: x });
  expect(m.nc2EtfW).toBeCloseTo(0.3204, 4);
  expect(m.nc2EtfWCentred).toBeLessThan(1e-14);
});

it('loss, exponent, margins, variability and KKT residual are their definitions', () => {
  fc.assert(
    fc.property(
      fc.record({
        classes: fc.integer({ min: 2, max: 5 }),
        perClass: fc.integer({ min: 1, max: 3 }),
        dimension: fc.integer({ min: 1, max: 5 }),
      }),
      fc.integer({ min: 0, max: 1e6 }),
      (problem, seed) => {
        const x = flowStart(problem, { kind: 'random', scale: 1.2, perturbation: 0, seed });
        const m = flowMeter(problem, x)({ tau: Math.log1p(3), state: x });
        const { loss, descent } = plainLoss(problem, x);
        const { W, H } = rowsOf(problem, x);
        expect(m.loss / loss).toBeCloseTo(1, 11);
        expect(m.exponent).toBeCloseTo((-3 * inner(descent, descent)) / loss, 9);
        expect(m.rate).toBeCloseTo(loss * 3 * Math.log(3), 9);
        const own = (i: number): number => Math.floor(i / problem.perClass);
        const margins = H.map(
          (h, i) => inner(W[own(i)]!, h) - Math.max(...W.filter((_, j) => j !== own(i)).map((w) => inner(w, h))),
        );
        expect(m.margin).toBeCloseTo(Math.min(...margins), 11);
        expect(m.largestMargin).toBeCloseTo(Math.max(...margins), 11);
        expect(m.margin).toBeLessThanOrEqual(m.bound);
        const means = W.map((_, k) =>
          W[0]!.map((__, l) => H.filter((___, i) => own(i) === k).reduce((s, h) => s + h[l]! / problem.perClass, 0)),
        );
        const centre = W[0]!.map((_, l) => means.reduce((s, mean) => s + mean[l]! / problem.classes, 0));
        const away = (a: readonly number[], b: readonly number[]): number =>
          a.reduce((s, v, l) => s + (v - b[l]!) ** 2, 0);
        const within = H.reduce((s, h, i) => s + away(h, means[own(i)]!), 0) / H.length;
        const between = means.reduce((s, mean) => s + away(mean, centre), 0) / problem.classes;
        expect(m.nc1Quot! / (within / between) - 1 || 0).toBeLessThan(1e-9);
        const cosine = inner([...x], descent) / Math.hypot(...x) / Math.hypot(...descent);
        expect(m.stationarity).toBeCloseTo(Math.sqrt(2 - 2 * cosine), 7);
        if (Math.min(...margins) > 0) {
          let [sum, total] = [0, 0];
          H.forEach((h, i) => {
            const z = W.map((w) => inner(w, h));
            const norming = z.reduce((s, v) => s + Math.exp(v), 0);
            z.forEach((v, j) => {
              if (j === own(i)) return;
              total += Math.exp(v) / norming;
              sum += (Math.exp(v) / norming) * ((z[own(i)]! - v) / m.margin - 1);
            });
          });
          expect(m.complementarity).toBeCloseTo(sum / total, 9);
        } else expect(m.complementarity).toBeNull();
      },
    ),
  );
});

it('the exponent is the slope of log L along the plain flow', () => {
  const problem = of(3, 2, 3);
  const x = flowStart(problem, { kind: 'random', scale: 1, perturbation: 0, seed: 8 });
  const [moment] = flowTrajectory(problem, x, { moments: [Math.log1p(2)], tolerance: 1e-11 }).moments;
  const at = (t: number): number => Math.log(plainLoss(problem, plainFlow(problem, x, t, 2000)).loss);
  const measured = (at(2 * 1.001) - at(2 / 1.001)) / (2 * Math.log(1.001));
  expect(flowMeter(problem, x)(moment!).exponent).toBeCloseTo(measured, 5);
});

it('a random start nears collapse: centred distances like 1/log t, and L t log t its limit √n (K−1)/2', () => {
  const problem = of(3, 2, 3);
  const x = flowStart(problem, { kind: 'random', scale: 1, perturbation: 0, seed: 8 });
  const { moments } = flowTrajectory(problem, x, { moments: momentGrid(400, 800, 2), tolerance: 1e-9 });
  const [early, late] = moments.map(flowMeter(problem, x));
  for (const pick of ['nc2EtfH', 'nc2EtfWCentred'] as const)
    expect(Math.log2(early![pick]! / late![pick]!)).toBeCloseTo(1, 1);
  // The mean classifier is conserved: uncentred, its share falls only like 1/√log t.
  expect(Math.log2(early!.nc2EtfW! / late!.nc2EtfW!)).toBeCloseTo(0.5, 1);
  expect(late!.loss).toBe(0);
  expect(late!.rate! / Math.SQRT2).toBeCloseTo(1, 2);
  expect(late!.marginRatio).toBeGreaterThan(0.999);
  expect(tauOfPower(800)).toBeCloseTo(late!.tau, 9);
});

it('a balanced start, where all that is conserved is zero, collapses like a power of t', () => {
  const problem = of(3, 1, 3);
  const x = flowStart(problem, { kind: 'balanced', scale: 1, perturbation: 0, seed: 2 });
  const { moments } = flowTrajectory(problem, x, { moments: momentGrid(6, 30, 3), tolerance: 1e-10 });
  const [early, middle, late] = moments.map(flowMeter(problem, x));
  for (const pick of ['nc2EtfW', 'nc3Dual', 'stationarity'] as const) {
    // 1/log t would leave 1/5 of it from 10^6 to 10^30.
    expect(late![pick]!).toBeLessThan(1e-3 * early![pick]!);
    expect(middle![pick]! / early![pick]!).toBeLessThan(0.05);
  }
});
