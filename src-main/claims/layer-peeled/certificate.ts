/** Claim: the certificate is a valid lower bound: no feasible point lies below it. */
import { randomSource } from '../../numerics/random.ts';
import { ballGap, lossOfLogits, minimiseInBall, projectOntoBall } from '../reference/nuclear-ball.ts';
import type { Claim, Evidence } from '../claim.ts';
import { solveParameters, stepRadius, stepShares, stepSolution, worst, type StepSetting } from './step-setting.ts';

const SETTINGS: readonly StepSetting[] = [
  { KA: 2, KB: 2, R: 2, EH: 1 },
  { KA: 3, KB: 3, R: 20, EH: 2 },
];
const POINTS = 200;

/**
 * Bounds f − gap at random feasible points, good and bad, against the best loss that any method reached.
 * @param radiusFactor scales the ρ in the gap; below 1 the bound is wrong and the check fails
 */
export function measureCertificate(radiusFactor = 1): Evidence {
  const random = randomSource(17);
  const found = SETTINGS.map((setting) => {
    const shares = stepShares(setting);
    const K = shares.length;
    const radius = stepRadius(setting);
    const optimum = minimiseInBall(shares, radius, { steps: 3000, tolerance: 1e-12 });
    let [violation, highest, lowest] = [0, -Infinity, Infinity];
    for (let i = 0; i < POINTS; i++) {
      // From the optimum itself to anywhere in the ball.
      const blur = 10 ** (-4 + (5 * i) / POINTS);
      const around = optimum.logits.map((value) => value + blur * random.normal());
      const Z = projectOntoBall(around, K, radius).projected;
      const { value, gradient } = lossOfLogits(shares, Z);
      const bound = value - ballGap(gradient, Z, K, radius * radiusFactor);
      violation = Math.max(violation, bound / optimum.objective - 1);
      highest = Math.max(highest, bound);
      lowest = Math.min(lowest, value);
    }
    const { objective, gap } = stepSolution(setting);
    violation = Math.max(violation, (objective - gap) / lowest - 1);
    return { setting, optimum: optimum.objective, highest, lowest, bound: objective - gap, violation };
  });
  return {
    error: worst(found.map(({ violation }) => violation)),
    numbers: found.flatMap(({ setting, optimum, highest, lowest, bound }) => [
      {
        label: `Highest bound from ${POINTS} points, K_A = ${setting.KA}, R = ${setting.R}`,
        value: highest,
        format: 'loss' as const,
      },
      { label: 'Optimum by projected gradient', value: optimum, format: 'loss' as const },
      { label: 'Certified lower bound of the exact solver', value: bound, format: 'loss' as const },
      { label: `Lowest loss of the ${POINTS} points`, value: lowest, format: 'loss' as const },
    ]),
    run: { kind: 'lpm-solve', parameters: solveParameters(SETTINGS[0]!) },
  };
}

export const certificate: Claim = {
  id: 'lpm-certificate',
  paper: 'layer-peeled',
  source: 'Derived in docs/lpm.md from the convexity of the relaxation of Fang, He, Long, Su 2021',
  title: 'The duality gap is a proof',
  statement:
    'At any feasible point, however bad, loss minus gap is a lower bound on the optimum: no feasible point falls below it.',
  formula: 'f(Z)-f^*\\ \\le\\ \\langle\\nabla f(Z),Z\\rangle+\\rho\\,\\|\\nabla f(Z)\\|_2',
  // Rounding of the bound itself.
  tolerance: 1e-11,
  errorMeaning: 'largest relative excess of a bound over an attained loss (0: none) over 400 points',
  test: () => measureCertificate(),
};
