/** Run kind: the Layer-Peeled Model with a budget for every class, beside the paper's mean budgets. */
import { describePerClass, type PerClassSolution } from '../../lpm/per-class/describe.ts';
import { checkShares, perClassSteps, PER_CLASS_TOLERANCE, type PerClassOptimum } from '../../lpm/per-class/solve.ts';
import type { LpmProblem } from '../../lpm/types.ts';
import { gapBasis } from '../../models/gap-basis.ts';
import type { ParameterValues } from '../../parameters/specification.ts';
import { problemFromValues } from './lpm-solve.ts';
import { classCounts, classifierBudget, featureBudget, lossWeights } from './lpm-parameters.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

/** @throws InvalidInput naming counts, weights, eh or ew */
function perClassFromValues(values: ParameterValues): LpmProblem {
  const problem = problemFromValues({ ...values, p: null });
  checkShares(problem);
  return problem;
}

/** The result document; `mean` holds the same problem under mean budgets. */
function perClassDocument({ mean, crossCosines, ...solution }: PerClassSolution) {
  return {
    basis: gapBasis(solution.relativeGap, PER_CLASS_TOLERANCE),
    ...solution,
    classifierCosines: crossCosines.classifier,
    featureCosines: crossCosines.feature,
    mean: { objective: mean.objective, relativeGap: mean.relativeGap },
    price: solution.objective - mean.objective,
    groups: solution.groups.flatMap((group, g) => {
      const { samples, classes } = group;
      return [
        { ...group, budgets: 'per class' },
        { ...mean.groups[g]!, samples, classes, budgets: 'mean' },
      ];
    }),
  };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const steps = perClassSteps(perClassFromValues(values));
  let optimum: PerClassOptimum | null = null;
  // The bound does not fall at every step; what is done stays done.
  let reached = 0;
  while (optimum === null) {
    await context.breathe();
    const { done, value } = steps.next();
    if (done === true) {
      optimum = value;
      continue;
    }
    // From a bound of about 1 to the aim of 1e-11, in decades.
    const decades = -Math.log10(Math.max(value.relativeBound, 1e-12)) / 12;
    reached = Math.max(reached, Math.min(0.95, decades));
    context.progress(reached, `Newton step ${value.iteration}`);
  }
  const solution = describePerClass(perClassFromValues(values), optimum);
  report(solution, context);
  const document = perClassDocument(solution);
  context.log(
    solution.certified ? 'info' : 'warning',
    `loss ${solution.objective.toPrecision(8)} against ${solution.mean.objective.toPrecision(8)} under mean budgets; ${document.basis.text}`,
  );
  return document;
}

function report(solution: PerClassSolution, context: JobContext): void {
  const { mean, groups } = solution;
  context.points('objective', [0], [solution.objective]);
  context.points('objective_mean', [0], [mean.objective]);
  context.points('relative_gap', [0], [solution.relativeGap]);
  context.points('rank', [0], [solution.rank]);
  const byClass = (metric: string, of: (g: number) => number): void => {
    const values = groups.flatMap((group, g) => new Array<number>(group.classes).fill(of(g)));
    context.points(
      metric,
      values.map((_, k) => k + 1),
      values,
    );
  };
  byClass('class_norm_w', (g) => groups[g]!.classifierNorm);
  byClass('class_norm_w_mean', (g) => mean.groups[g]!.classifierNorm);
  byClass('class_loss', (g) => groups[g]!.loss);
  byClass('class_loss_mean', (g) => mean.groups[g]!.loss);
}

const byClassChart = (id: string, title: string, metric: string, label: string) => ({
  id,
  title,
  x: { label: 'Class k, in the order given', logarithmic: false, categorical: true },
  y: { label, logarithmic: false, min: 0 },
  series: [
    { metric, label: 'per-class budgets', role: 'majority' as const },
    { metric: `${metric}_mean`, label: 'mean budgets', role: 'reference' as const },
  ],
});

export const lpmPerClass: ExecutableKind = {
  id: 'lpm-per-class',
  label: 'Layer-Peeled Model: per-class budgets',
  description:
    'The optimum when every classifier and every class mean has a budget of its own, ‖w_k‖² ≤ E_W and ‖h_k‖² ≤ E_H, beside mean budgets.',
  parameters: [
    classCounts,
    lossWeights,
    { ...featureBudget, help: 'Upper bound on the squared norm of every class mean.' },
    {
      ...classifierBudget,
      help: 'Upper bound on the squared norm of every classifier. The geometry depends on the product of the budgets only.',
    },
  ],
  metrics: [
    { key: 'objective', label: 'Loss', symbol: 'f', help: 'Under per-class budgets, in nats.', format: 'loss' },
    { key: 'objective_mean', label: 'Loss, mean budgets', help: 'The paper’s problem, in nats.', format: 'loss' },
    { key: 'relative_gap', label: 'Relative gap', help: 'Duality gap over the loss.', format: 'gap' },
    { key: 'rank', label: 'Rank', help: 'Of the Gram matrix: a feature dimension that is enough.', format: 'count' },
    { key: 'class_norm_w', label: 'Classifier norms', help: 'By class, per-class budgets.', format: 'ratio' },
    { key: 'class_norm_w_mean', label: 'Classifier norms, mean budgets', help: 'By class.', format: 'ratio' },
    { key: 'class_loss', label: 'Losses', help: 'Cross-entropy by class, per-class budgets.', format: 'loss' },
    { key: 'class_loss_mean', label: 'Losses, mean budgets', help: 'Cross-entropy by class.', format: 'loss' },
  ],
  charts: [
    byClassChart('norms', 'Classifier norms by class', 'class_norm_w', 'Norm ‖w_k‖'),
    byClassChart('losses', 'Loss by class', 'class_loss', 'Cross-entropy (nats)'),
  ],
  results: {
    fields: [
      { key: 'objective', label: 'Loss, per-class budgets', symbol: 'f', format: 'loss' },
      { key: 'mean.objective', label: 'Loss, mean budgets', format: 'loss' },
      {
        key: 'price',
        label: 'Difference',
        help: 'What bounding every class by itself costs, in nats; zero for balanced classes.',
        format: 'loss',
      },
      { key: 'relativeGap', label: 'Relative gap', format: 'gap' },
      { key: 'lowerBound', label: 'Lower bound', format: 'loss' },
      {
        key: 'rank',
        label: 'Rank of the Gram matrix',
        help: 'Eigenvalues above 1e-6 of the largest; a feature dimension that is certainly enough.',
        format: 'count',
      },
    ],
    tables: [
      {
        result: 'groups',
        title: 'By group of counts',
        columns: [
          { key: 'samples', label: 'Samples', symbol: 'n_k', format: 'count' },
          { key: 'classes', label: 'Classes', format: 'count' },
          { key: 'budgets', label: 'Budgets', format: 'text' },
          { key: 'classifierNorm', label: 'Classifier norm', symbol: '\\|w_k\\|', format: 'ratio' },
          { key: 'featureNorm', label: 'Feature norm', symbol: '\\|h_k\\|', format: 'ratio' },
          { key: 'classifierCosine', label: 'Cosine of classifiers', format: 'cosine', absent: 'none' },
          { key: 'featureCosine', label: 'Cosine of features', format: 'cosine', absent: 'none' },
          { key: 'margin', label: 'Margin', format: 'ratio' },
          { key: 'loss', label: 'Loss', format: 'loss' },
          { key: 'collapsed', label: 'Collapsed', format: 'flag' },
        ],
      },
    ],
    matrices: [
      { result: 'classifierCosines', title: 'Cosines of the classifiers by group', symbol: 'w' },
      { result: 'featureCosines', title: 'Cosines of the features by group', symbol: 'h' },
    ],
  },
  check: perClassFromValues,
  execute,
};
