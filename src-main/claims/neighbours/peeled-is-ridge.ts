/** Claim: the Layer-Peeled Model and decay per class are one problem: each one's optimum is the other's. */
import { fullGram, gramOf } from '../../models/frames/class-frame.ts';
import { layerPeeledFrame } from '../../models/frames/references.ts';
import { solveRidge } from '../../models/ridge/solve.ts';
import { solve } from '../../lpm/solve.ts';
import type { Claim, Evidence } from '../claim.ts';

const SETTINGS = [
  {
    counts: [
      { samples: 10, classes: 5 },
      { samples: 1, classes: 5 },
    ],
    eh: 5,
    ew: 1,
  },
  {
    counts: [
      { samples: 100, classes: 5 },
      { samples: 1, classes: 5 },
    ],
    eh: 5,
    ew: 1,
  },
  {
    counts: [
      { samples: 50, classes: 3 },
      { samples: 20, classes: 2 },
      { samples: 4, classes: 3 },
    ],
    eh: 2,
    ew: 3,
  },
];

/**
 * Budgets → the multiplier λ of ‖Z‖_* ≤ ρ → decays λ_H = λ√(E_W/E_H), λ_W = λ√(E_H/E_W) → the ridge optimum → its budgets.
 * @param power the stated power of E_W/E_H in λ_H.
 */
export function measureRoundTrip(power: number): Evidence {
  let error = 0;
  const numbers = SETTINGS.flatMap(({ counts, eh, ew }, i) => {
    const groups = counts.map((group) => ({ ...group, weight: 1 }));
    const peeled = solve({ groups, featureBudget: eh, classifierBudget: ew, dimension: null }, { tolerance: 1e-10 });
    const tilt = (ew / eh) ** power;
    const ridge = solveRidge({
      groups: counts,
      classifierDecay: peeled.multiplier / tilt,
      featureDecay: peeled.multiplier * tilt,
      loss: 'cross-entropy',
      bias: false,
      normalisation: 'class',
    });
    const [a, b] = [
      fullGram(gramOf(ridge.frames.classifier)),
      fullGram(gramOf(layerPeeledFrame(peeled.logits).classifier)),
    ];
    // The frame of the LPM is scaled to E_W = E_H.
    const scale = Math.sqrt(ew / eh);
    const top = Math.max(...b.map(Math.abs)) * scale;
    const grams = Math.max(...a.map((value, e) => Math.abs(value - scale * b[e]!))) / top;
    const budgets = Math.max(
      Math.abs(ridge.budgets.featureByClass / eh - 1),
      Math.abs(ridge.budgets.classifier / ew - 1),
      Math.abs(ridge.fit / peeled.objective - 1),
    );
    error = Math.max(error, grams, budgets);
    return [
      {
        label: `E_H back from setting ${i + 1}`,
        value: ridge.budgets.featureByClass,
        expected: eh,
        format: 'ratio' as const,
      },
      {
        label: `E_W back from setting ${i + 1}`,
        value: ridge.budgets.classifier,
        expected: ew,
        format: 'ratio' as const,
      },
      { label: `loss of setting ${i + 1}`, value: ridge.fit, expected: peeled.objective, format: 'loss' as const },
    ];
  });
  return {
    error,
    numbers,
    run: { kind: 'ridge-solve', parameters: { counts: '1000x5,100x5', normalisation: 'class' } },
    remark:
      'Two solvers that share no method: Newton on the ball or on factors there, a scalar root here for two counts. Three distinct counts are solved to a gap of 1e-10, which bounds their matrices to about its root.',
  };
}

export const peeledIsRidge: Claim = {
  id: 'lpm-is-ridge-per-class',
  paper: 'neighbours',
  source: 'Derived in docs/ridge.md; the budgets are those of Fang, He, Long, Su 2021',
  title: 'Budgets and decay per class are one problem',
  statement:
    'With decays λ_H = λ√(E_W/E_H) and λ_W = λ√(E_H/E_W), λ the multiplier of the Layer-Peeled Model, the ridge optimum with each class weighed alike is the Layer-Peeled optimum and spends exactly its budgets.',
  formula:
    '\\min_{\\|Z\\|_*\\le\\rho} f(Z)\\ \\Longleftrightarrow\\ \\min_Z f(Z)+\\lambda\\|Z\\|_*,\\qquad \\lambda=\\sqrt{\\lambda_W\\lambda_H}',
  tolerance: 1e-4,
  errorMeaning: 'largest relative difference of budgets, losses and classifier Gram matrices over 3 settings',
  test: () => measureRoundTrip(1 / 2),
};
