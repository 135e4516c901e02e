/** Claim: the gradient of decay on the product, and its blindness to the factorisation. */
import { decay } from '../../models/low-rank/decay.ts';
import type { Factorisation } from '../../models/low-rank/initialisation.ts';
import { multiply, multiplyLeftTransposed } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { randomFactorisation, regauged, SOURCE } from './factorisations.ts';

const [M, N, R, LAMBDA] = [5, 7, 3, 0.4];

/** (λ/2)‖U Vᵀ‖_F² by its definition, entry by entry. */
function definition({ left, right }: Factorisation): number {
  let sum = 0;
  for (let i = 0; i < M; i++)
    for (let j = 0; j < N; j++) {
      let entry = 0;
      for (let k = 0; k < R; k++) entry += left[i * R + k]! * right[j * R + k]!;
      sum += entry * entry;
    }
  return (LAMBDA / 2) * sum;
}

/** λ U VᵀV. */
export function productGradient({ left, right }: Factorisation): Float64Array {
  const gram = multiplyLeftTransposed(right, right, N, R, R);
  return multiply(left, gram, M, R, R).map((value) => LAMBDA * value);
}

/** Finite differences of the definition against the formula and the program; values along changes of basis. */
export function measureProductDecay(gradient: typeof productGradient = productGradient): Evidence {
  const factors = randomFactorisation(M, N, R, 5);
  const value = definition(factors);
  const formula = gradient(factors);
  const program = decay('product', LAMBDA, factors);
  const scale = Math.max(...formula.map(Math.abs));
  const errors = [Math.abs(program.value / value - 1)];
  for (let i = 0; i < M * R; i++) {
    // The definition is quadratic in U: central differences have no error but rounding.
    const at = (step: number): number => {
      const left = factors.left.slice();
      left[i] = left[i]! + step;
      return definition({ ...factors, left });
    };
    const slope = (at(1) - at(-1)) / 2;
    errors.push(Math.abs(slope - formula[i]!) / scale, Math.abs(slope - program.left[i]!) / scale);
  }
  const random = randomSource(6);
  let [least, most] = [Infinity, 0];
  for (let trial = 0; trial < 50; trial++) {
    const other = regauged(factors, random);
    errors.push(Math.abs(decay('product', LAMBDA, other).value / value - 1));
    const onFactors = decay('factors', LAMBDA, other).value;
    [least, most] = [Math.min(least, onFactors), Math.max(most, onFactors)];
  }
  return {
    error: worst(errors),
    numbers: [
      {
        label: 'Decay on the product, 50 factorisations of one matrix',
        value: program.value,
        expected: value,
        format: 'loss',
      },
      { label: 'Least decay on the factors among them', value: least, format: 'loss' },
      { label: 'Largest decay on the factors among them', value: most, format: 'loss' },
    ],
    run: { kind: 'low-rank-descent', parameters: { decay: 'product' } },
    remark: `U ${M}×${R}, V ${N}×${R}.`,
  };
}

export const productDecay: Claim = {
  id: 'low-rank-product-decay',
  paper: 'low-rank',
  source: `${SOURCE}, decay of the product`,
  title: 'Decay on the product does not see the factors',
  statement:
    'Decay on the product has the gradient λ U VᵀV in U, and the same value for every factorisation of the same matrix, unlike decay on the factors.',
  formula: '\\nabla_U\\,\\tfrac\\lambda2\\|UV^\\top\\|_F^2=\\lambda\\,U V^\\top V',
  tolerance: 1e-11,
  errorMeaning: 'largest relative error of 15 partial derivatives and of the value over 50 changes of basis',
  test: () => measureProductDecay(),
};
