/** Claim: under gradient flow decay on the factors balances them at the rate 2λ; decay on the product never does. */
import { decay, type DecayOn } from '../../models/low-rank/decay.ts';
import type { Factorisation } from '../../models/low-rank/initialisation.ts';
import { multiply, multiplyLeftTransposed, multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { dot } from '../../numerics/vector.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { DERIVED, randomFactorisation } from './factorisations.ts';

const [M, N, R, LAMBDA] = [4, 5, 3, 0.2];
const [STEP, STEPS] = [0.005, 1200];

/** −∇ of ½‖U Vᵀ − Y‖² + decay, flat (U, V). */
function velocity(on: DecayOn, x: Float64Array, Y: Float64Array): Float64Array {
  const factors = unpack(x);
  const { left: U, right: V } = factors;
  const rest = multiplyTransposed(U, V, M, R, N).map((value, i) => value - Y[i]!);
  const term = decay(on, LAMBDA, factors);
  const out = new Float64Array(x.length);
  multiply(rest, V, M, N, R).forEach((value, i) => (out[i] = -value - term.left[i]!));
  multiply(transpose(rest, M, N), U, N, M, R).forEach((value, i) => (out[M * R + i] = -value - term.right[i]!));
  return out;
}

function unpack(x: Float64Array): Factorisation {
  return { rows: M, columns: N, rank: R, left: x.subarray(0, M * R), right: x.subarray(M * R) };
}

/** UᵀU − VᵀV. */
function difference(x: Float64Array): Float64Array {
  const { left, right } = unpack(x);
  const V = multiplyLeftTransposed(right, right, N, R, R);
  return multiplyLeftTransposed(left, left, M, R, R).map((value, i) => value - V[i]!);
}

/** The flow by the classical Runge-Kutta method, whose error is about STEP⁴. @param rate of decay that is claimed, over λ */
export function measureBalancing(rate = 2): Evidence {
  // Entries of 0.6: the fastest rates stay well within the steps.
  const small = (x: Float64Array): Float64Array => x.map((value) => 0.6 * value);
  const start = randomFactorisation(M, N, R, 3);
  const target = randomFactorisation(M, N, R, 4);
  const Y = multiplyTransposed(small(target.left), small(target.right), M, R, N);
  const errors: number[] = [];
  const curves = (['factors', 'product'] as const).map((on) => {
    let x: Float64Array = small(Float64Array.from([...start.left, ...start.right]));
    const first = difference(x);
    const size = Math.sqrt(dot(first, first));
    const sizes = [1];
    for (let step = 1; step <= STEPS; step++) {
      x = rungeKutta((at) => velocity(on, at, Y), x);
      if (step % 40 !== 0) continue;
      const factor = on === 'factors' ? Math.exp(-rate * LAMBDA * STEP * step) : 1;
      const now = difference(x);
      now.forEach((value, i) => errors.push(Math.abs(value - factor * first[i]!) / size));
      sizes.push(Math.sqrt(dot(now, now)) / size);
    }
    return { on, sizes };
  });
  const end = STEP * STEPS;
  return {
    error: worst(errors),
    numbers: curves.map(({ on, sizes }) => ({
      label: `‖UᵀU − VᵀV‖ at t = ${end} over its start, decay on the ${on}`,
      value: sizes.at(-1)!,
      expected: on === 'factors' ? Math.exp(-2 * LAMBDA * end) : 1,
      format: 'ratio' as const,
    })),
    chart: {
      x: { label: 'Time t' },
      y: { label: '‖UᵀU − VᵀV‖_F over its start', logarithmic: true },
      series: curves.map(({ on, sizes }) => ({
        name: `decay on the ${on}`,
        role: on === 'factors' ? 'minority' : 'majority',
        x: sizes.map((_, i) => i * 40 * STEP),
        y: sizes,
      })),
    },
    run: { kind: 'low-rank-descent', parameters: { decay: 'factors' } },
    remark: `Squared error to a random ${M}×${N} target, r = ${R}, λ = ${LAMBDA}; Runge-Kutta steps of ${STEP}.`,
  };
}

function rungeKutta(f: (x: Float64Array) => Float64Array, x: Float64Array): Float64Array {
  const along = (step: number, k: Float64Array): Float64Array => x.map((value, i) => value + step * k[i]!);
  const k1 = f(x);
  const k2 = f(along(STEP / 2, k1));
  const k3 = f(along(STEP / 2, k2));
  const k4 = f(along(STEP, k3));
  return x.map((value, i) => value + (STEP / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
}

export const balancing: Claim = {
  id: 'low-rank-balancing',
  paper: 'low-rank',
  source: DERIVED,
  title: 'Decay on the factors balances them',
  statement:
    'Under gradient flow of any loss of U Vᵀ the difference UᵀU − VᵀV shrinks like exp(−2λt) with decay on the factors, and stays as it is with decay on the product.',
  formula:
    '\\tfrac{d}{dt}(U^\\top U-V^\\top V)=-2\\lambda\\,(U^\\top U-V^\\top V)\\ \\text{(factors)},\\quad =0\\ \\text{(product)}',
  // Steps of 0.005 leave an error of order 0.005⁴ times the fifth power of the rates, which are at most about 10.
  tolerance: 1e-6,
  errorMeaning: 'largest deviation of an entry of UᵀU − VᵀV from its law, over its norm at the start',
  test: () => measureBalancing(),
};
