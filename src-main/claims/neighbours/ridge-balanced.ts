/** Claim: balanced ridge cross-entropy has the simplex ETF as its optimum, at the contrast of the closed form. */
import { solveRidge } from '../../models/ridge/solve.ts';
import type { Claim, Evidence } from '../claim.ts';
import { classifierGram, solvePlainly } from './reference/plain-ridge.ts';
import { distance } from './reference/seli.ts';

const SETTINGS = [
  { K: 3, n: 4, decay: 0.02 },
  { K: 4, n: 1, decay: 0.01 },
  { K: 6, n: 10, decay: 0.005 },
];

/** @param cosine the stated cosine of two classifiers as a function of K. */
export function measureBalanced(cosine: (K: number) => number): Evidence {
  let error = 0;
  const numbers = SETTINGS.flatMap(({ K, n, decay }) => {
    const counts = new Array<number>(K).fill(n);
    const exact = solveRidge({
      groups: [{ samples: n, classes: K }],
      classifierDecay: decay,
      featureDecay: decay,
      loss: 'cross-entropy',
      bias: false,
      normalisation: 'sample',
    });
    const plain = solvePlainly({ counts, decay, bias: false }, 400);
    const frame = Array.from({ length: K * K }, (_, i) => (Math.floor(i / K) === i % K ? 1 : cosine(K)));
    const off = distance(classifierGram(plain.weighted, K), frame);
    const objective = Math.abs(plain.objective / exact.objective - 1);
    error = Math.max(error, off, objective);
    return [
      { label: `distance to the frame, K = ${K}`, value: off, expected: 0, format: 'gap' as const },
      {
        label: `objective, K = ${K}`,
        value: plain.objective,
        expected: exact.objective,
        format: 'loss' as const,
      },
    ];
  });
  return {
    error,
    numbers,
    run: { kind: 'ridge-solve', parameters: { counts: '100x10', lw: 0.005, lh: 0.005 } },
    remark: 'The plain solver starts from zero and knows nothing of the frame.',
  };
}

export const ridgeBalanced: Claim = {
  id: 'ridge-balanced-etf',
  paper: 'neighbours',
  source: 'Hong, Ling 2023 (arXiv 2309.09725), unconstrained features with decay, balanced counts',
  title: 'Balanced ridge cross-entropy gives the ETF',
  statement:
    'With equal counts the ridge-regularised cross-entropy over free features is minimised by the simplex ETF, and its objective is the closed form of one contrast.',
  formula: 'Z = s\\,(I-J/K),\\qquad s=\\log\\frac{(K-1)(1-q)}{q},\\ q=(K-1)\\,l\\sqrt n',
  tolerance: 1e-8,
  errorMeaning: 'largest distance of a plain solver’s classifiers from the ETF, and relative difference of objectives',
  test: () => measureBalanced((K) => -1 / (K - 1)),
};
