/** Claim: gradient descent collapses the features of every layer, and all layers end with the same singular values. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import { createDescent, randomFactors } from '../../models/deep-linear/descent.ts';
import { descentMetrics } from '../../models/deep-linear/descent-metrics.ts';
import { factorProblem } from '../../models/deep-linear/factors.ts';
import { randomSource } from '../../numerics/random.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import type { Claim, Evidence } from '../claim.ts';
import { type Breathe, relative, setting, SOURCE } from './minimise.ts';

const COUNTS = [60, 40, 20];
const WIDTH = 8;
const MOST_STEPS = 4000;

/** @param steps descent ends there, converged or not */
export async function measureLayers(breathe: Breathe, steps = MOST_STEPS): Promise<Evidence> {
  const problem = setting(COUNTS, 3, {
    decays: [2e-3, 2e-3, 2e-3],
    featureDecay: 2e-3,
    widths: [WIDTH, WIDTH, WIDTH],
  });
  const theory = solveSquaredLoss(problem);
  const target = factorProblem(problem, problem.widths!, WIDTH);
  const measure = descentMetrics(target, theory);
  const start = randomFactors(target, 1, 117, randomSource(1));
  const descent = createDescent(target.evaluate, start, { momentum: true, rate: null, gradientTolerance: 1e-11 });
  const marks: { readonly step: number; readonly collapse: readonly number[] }[] = [];
  for (let next = 1; descent.steps < steps && descent.status === 'running';) {
    descent.step();
    if (descent.steps % 20 === 0) await breathe();
    if (descent.steps < next) continue;
    marks.push({ step: descent.steps, collapse: measure(descent.x).layers.map(({ collapse }) => collapse ?? NaN) });
    next = Math.ceil(next * 1.15);
  }
  const last = measure(descent.x);
  const values = target.views(descent.x).weights.map((w, j) => {
    const [rows, columns] = [target.sizes[j + 1]!, WIDTH];
    return Array.from(singularValueDecomposition(w, rows, columns).values).slice(0, 3);
  });
  const spread = Math.max(...values.flatMap((layer) => layer.map((s, i) => relative(s, values[0]![i]!))));
  const stated = theory.directions.map(({ singularValue }) => singularValue);
  const away = Math.max(...values.flatMap((layer) => layer.map((s, i) => relative(s, stated[i]!))));
  const collapse = last.layers.map((layer) => layer.collapse ?? NaN);
  const excess = descent.value / theory.objective - 1;
  return {
    error: Math.max(spread, away, last.imbalance, Math.abs(excess), ...collapse),
    numbers: [
      ...collapse.map((value, j) => ({
        label: `Within over between variance, layer ${j + 1}`,
        value,
        expected: 0,
        format: 'gap' as const,
      })),
      ...[0, 1, 2].map((i) => ({
        label: `Singular value ${i + 1} of W₁`,
        value: values[0]![i]!,
        expected: stated[i]!,
        format: 'ratio' as const,
      })),
      { label: 'Imbalance of neighbouring layers', value: last.imbalance, expected: 0, format: 'gap' },
    ],
    chart: {
      title: 'Within over between variance while descending',
      x: { label: 'Step', logarithmic: true },
      y: { label: 'tr Σ_W / tr Σ_B', logarithmic: true },
      series: last.layers.map((_, j) => ({
        name: `layer ${j + 1}`,
        role: (['majority', 'minority', 'between'] as const)[j]!,
        x: marks.map(({ step }) => step),
        y: marks.map(({ collapse: at }) => at[j]!),
      })),
    },
    run: {
      kind: 'deep-linear-descent',
      parameters: { counts: '60,40,20', depth: 3, widths: '8', decay: '2e-3', featureDecay: 2e-3, method: 'nesterov' },
    },
    remark: `120 samples with features of their own, M = 3, widths ${WIDTH}; ${descent.steps} steps of Nesterov's method.`,
  };
}

export const everyLayer: Claim = {
  id: 'deep-linear-every-layer',
  paper: 'deep-linear',
  source: `${SOURCE}, collapse across layers`,
  title: 'Collapse in every layer, balanced weights',
  statement:
    'At the end of training the samples of a class coincide in every layer, and all weight matrices share their singular values, which are those of the closed form.',
  formula: 'h^{(j)}_{k,i}=h^{(j)}_k,\\qquad \\lambda_{j+1}W_{j+1}^\\top W_{j+1}=\\lambda_jW_jW_j^\\top',
  // Descent ends at ‖∇‖ = 1e-11; the weakest curvature is the decay, 2e-3.
  tolerance: 1e-7,
  errorMeaning: 'largest of variance ratios, imbalance, relative differences of singular values and of the objective',
  test: (breathe) => measureLayers(breathe),
};
