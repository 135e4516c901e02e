/** Claim: a bias without decay centres the features at their global mean, weighed by samples. */
import { solveRidge } from '../../models/ridge/solve.ts';
import type { Claim, Evidence } from '../claim.ts';
import { solvePlainly } from './reference/plain-ridge.ts';

const COUNTS = [12, 12, 4, 4, 1];
const DECAY = 0.01;

/** @param bias true in the claim. */
export function measureCentring(bias: boolean): Evidence {
  const plain = solvePlainly({ counts: COUNTS, decay: DECAY, bias }, 3000);
  const K = COUNTS.length;
  const size = Math.sqrt(plain.logits.reduce((sum, z, e) => sum + (COUNTS[e % K]! * z) ** 2, 0));
  const mean = Math.hypot(...COUNTS.map((_, j) => COUNTS.reduce((sum, n, k) => sum + n * plain.logits[j * K + k]!, 0)));
  const exact = solveRidge({
    groups: COUNTS.map((samples) => ({ samples, classes: 1 })),
    classifierDecay: DECAY,
    featureDecay: DECAY,
    loss: 'cross-entropy',
    bias,
    normalisation: 'sample',
  });
  // Global mean of the features: Σ n_k h_k against Σ n_k ‖h_k‖.
  const { feature } = exact.frames;
  const r = feature.rank;
  const sums = Array.from({ length: r }, (_, i) =>
    COUNTS.reduce((sum, n, k) => sum + n * feature.between[k * r + i]!, 0),
  );
  const total = exact.groups.reduce((sum, group) => sum + group.samples * group.featureNorm, 0);
  const features = Math.hypot(...sums) / total;
  const objective = Math.abs(plain.objective / exact.objective - 1);
  return {
    error: Math.max(mean / size, features, objective),
    numbers: [
      { label: '‖Σ n_k Z_k‖/‖Z D‖, plain solver', value: mean / size, expected: 0, format: 'gap' },
      { label: '‖Σ n_k h_k‖/Σ n_k‖h_k‖, certified optimum', value: features, expected: 0, format: 'gap' },
      { label: 'objective, plain solver', value: plain.objective, expected: exact.objective, format: 'loss' },
    ],
    run: { kind: 'ridge-solve', parameters: { counts: '12x2,4x2,1', lw: DECAY, lh: DECAY, bias: true } },
    remark: 'Without the bias the mean is far from zero at these counts.',
  };
}

export const biasCentres: Claim = {
  id: 'ridge-bias-centres',
  paper: 'neighbours',
  source: 'Derived in docs/ridge.md (optimality in the bias), for the model of Hong, Ling 2023',
  title: 'A free bias centres the features',
  statement:
    'Where the bias is not regularised, the mean of all features over the samples is exactly zero at the optimum, at any counts and decay.',
  formula: '\\sum_k n_k h_k = 0',
  tolerance: 1e-6,
  errorMeaning:
    'relative size of the mean, of a plain solver’s logits and of the certified optimum; and their objectives',
  test: () => measureCentring(true),
};
