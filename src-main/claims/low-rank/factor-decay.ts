/** Claim: decay on the factors is a nuclear-norm penalty on their product. */
import { decay, imbalance, nuclearNorm } from '../../models/low-rank/decay.ts';
import { product } from '../../models/low-rank/initialisation.ts';
import { randomSource } from '../../numerics/random.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { leastFactorisation, randomFactorisation, regauged, SOURCE } from './factorisations.ts';

const SIZES: readonly [m: number, n: number, r: number][] = [
  [4, 6, 2],
  [5, 5, 3],
  [7, 4, 4],
];
const LAMBDA = 0.3;

/** The least factor decay over factorisations of the same Z, by moves that know no singular values, against λ‖Z‖_*. */
export function measureFactorDecay(nuclear: typeof nuclearNorm = nuclearNorm): Evidence {
  const errors: number[] = [];
  const numbers = SIZES.map(([m, n, r], i) => {
    const start = randomFactorisation(m, n, r, i + 1);
    const Z = product(start);
    const expected = LAMBDA * nuclear(Z, m, n);
    const least = leastFactorisation(start);
    const value = decay('factors', LAMBDA, least).value;
    errors.push(Math.abs(value / expected - 1));
    // Where the least is met the factors are balanced.
    errors.push(imbalance(least));
    // No other factorisation is below it.
    const random = randomSource(i + 10);
    for (let trial = 0; trial < 100; trial++)
      errors.push(Math.max(0, 1 - decay('factors', LAMBDA, regauged(least, random)).value / expected));
    return { label: `Least decay, Z ${m}×${n} of rank ${r}`, value, expected, format: 'loss' as const };
  });
  return {
    error: worst(errors),
    numbers,
    run: {
      kind: 'low-rank-head',
      parameters: { counts: '20x2,10x2', loss: 'mse', limit: 'factors', lw: 0.005, lh: 0.005, rank: 2 },
    },
    remark: 'The least is found by elementary column operations on U and V; 300 random factorisations are never below.',
  };
}

export const factorDecay: Claim = {
  id: 'low-rank-factor-decay',
  paper: 'low-rank',
  source: `${SOURCE}, decay of the factors`,
  title: 'Decay on the factors is the nuclear norm',
  statement:
    'Over all factorisations of a given matrix Z the decay of the two factors is at least λ times the nuclear norm of Z, with equality exactly where the factors are balanced, UᵀU = VᵀV.',
  formula: '\\min_{UV^\\top=Z}\\tfrac\\lambda2\\bigl(\\|U\\|_F^2+\\|V\\|_F^2\\bigr)=\\lambda\\|Z\\|_*',
  // Cyclic minimisation converges linearly; the imbalance falls like the square root of the excess.
  tolerance: 1e-9,
  errorMeaning:
    'largest relative error of the least decay, imbalance there, or amount by which a factorisation is below',
  test: () => measureFactorDecay(),
};
