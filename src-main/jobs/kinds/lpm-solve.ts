/** Run kind: one Layer-Peeled problem with any class counts and weights, solved with its certificate. */
import { gramMatrices, singularSpectrum } from '../../lpm/geometry.ts';
import { solve } from '../../lpm/solve.ts';
import type { LpmProblem, LpmSolution } from '../../lpm/types.ts';
import { validateProblem } from '../../lpm/validate.ts';
import { parseCounts, parseNumbers } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import { writeNpz } from '../../interop/npz.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { classCounts, classifierBudget, featureBudget, lossWeights } from './lpm-parameters.ts';

/** Above this many classes the Gram matrices are not stored with the run (8 K² bytes each). */
const LARGEST_STORED_GRAM = 2000;

/** @throws InvalidInput naming counts, weights, eh, ew or p. */
export function problemFromValues(values: ParameterValues): LpmProblem {
  const counts = parseCounts(String(values['counts']));
  if ('message' in counts)
    throw new InvalidInput([{ field: 'counts', value: values['counts'], message: counts.message }]);
  const weights = parseNumbers(String(values['weights'] ?? ''));
  if ('message' in weights)
    throw new InvalidInput([{ field: 'weights', value: values['weights'], message: weights.message }]);
  if (weights.value.length > 0 && weights.value.length !== counts.value.length) {
    const message = `${weights.value.length} weights were given for ${counts.value.length} groups of counts`;
    throw new InvalidInput([{ field: 'weights', value: values['weights'], message }]);
  }
  return validateProblem({
    groups: counts.value.map((group, i) => ({ ...group, weight: weights.value[i] ?? 1 })),
    featureBudget: Number(values['eh']),
    classifierBudget: Number(values['ew']),
    dimension: values['p'] === null || values['p'] === undefined ? null : Number(values['p']),
  });
}

/** The result document: the solution less the matrix itself; for more than 200 groups without the cross cosines. */
export function solutionDocument(solution: LpmSolution) {
  const crossCosines = solution.groups.length <= 200 ? solution.crossCosines : null;
  const kept = Object.entries({ ...solution, crossCosines }).filter(([key]) => key !== 'logits' && key !== 'problem');
  return Object.fromEntries(kept) as Omit<LpmSolution, 'logits' | 'problem' | 'crossCosines'> & {
    readonly crossCosines: typeof crossCosines;
  };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const problem = problemFromValues(values);
  await context.breathe();
  context.progress(0, 'solving');
  let latest = -1;
  const solution = solve(problem, {
    onProgress: ({ iteration, relativeGap }) => {
      // Long iterations are reported more than once.
      if (iteration > latest) context.points('solver_gap', [iteration], [relativeGap]);
      latest = Math.max(latest, iteration);
      context.progress(progressOf(relativeGap), `iteration ${iteration}, relative gap ${relativeGap.toExponential(1)}`);
      return true;
    },
  });
  report(solution, context);
  context.log(
    solution.certified ? 'info' : 'warning',
    `${solution.status} after ${solution.iterations} iterations; relative gap ${solution.relativeGap.toExponential(2)}, rank ${solution.rank}`,
  );
  const K = solution.groups.reduce((sum, group) => sum + group.classes, 0);
  if (K <= LARGEST_STORED_GRAM) {
    const gram = gramMatrices(solution.problem, solution.logits);
    const npz = writeNpz({
      classifier_gram: { shape: [K, K], data: gram.classifier },
      feature_gram: { shape: [K, K], data: gram.feature },
    });
    context.artifact('gram.npz', 'application/zip', npz);
  }
  return solutionDocument(solution);
}

/** Progress of a certified solve: how far the gap has come from 1 to 1e-7, in decades. */
function progressOf(relativeGap: number): number {
  return Math.min(0.99, Math.max(0, -Math.log10(Math.max(relativeGap, 1e-12)) / 7));
}

function report(solution: LpmSolution, context: JobContext): void {
  const single = (metric: string, value: number | null): void => {
    if (value !== null) context.points(metric, [0], [value]);
  };
  single('objective', solution.objective);
  single('relative_gap', solution.relativeGap);
  single('lower_bound', solution.lowerBound);
  single('multiplier', solution.multiplier);
  single('stationarity', solution.stationarity);
  single('rank', solution.rank);
  // Majority and minority: the groups of the largest and the smallest share of the loss.
  const share = (g: number): number => solution.groups[g]!.samples * solution.groups[g]!.weight;
  const order = solution.groups.map((_, g) => g).sort((a, b) => share(b) - share(a));
  const [a, b] = [order[0]!, order.at(-1)!];
  const { classifier, feature } = solution.crossCosines;
  single('cos_w_majority', classifier[a]![a]!);
  single('cos_h_majority', feature[a]![a]!);
  if (a !== b) {
    single('cos_w_minority', classifier[b]![b]!);
    single('cos_h_minority', feature[b]![b]!);
    single('cos_w_cross', classifier[a]![b]!);
    single('cos_h_cross', feature[a]![b]!);
    const smallest = solution.groups[b]!.classifierNorm;
    single('norm_ratio_w', smallest > 0 ? solution.groups[a]!.classifierNorm / smallest : null);
  }
  single(
    'collapsed_classes',
    solution.groups.reduce((sum, group) => sum + (group.collapsed ? group.classes : 0), 0),
  );
  single(
    'vanished_classes',
    solution.groups.reduce((sum, group) => sum + (group.vanished ? group.classes : 0), 0),
  );
  const spectrum = singularSpectrum(solution.logits);
  context.points(
    'spectrum',
    spectrum.map((_, i) => i + 1),
    spectrum,
  );
  const byClass = (pick: (group: LpmSolution['groups'][number]) => number): number[] =>
    solution.groups.flatMap((group) => new Array<number>(group.classes).fill(pick(group)));
  const norms = byClass((group) => group.classifierNorm);
  const index = norms.map((_, k) => k + 1);
  context.points('class_norm_w', index, norms);
  context.points(
    'class_norm_h',
    index,
    byClass((group) => group.featureNorm),
  );
  context.points(
    'class_margin',
    index,
    byClass((group) => group.margin),
  );
  context.points(
    'class_loss',
    index,
    byClass((group) => group.loss),
  );
}

export const lpmSolve: ExecutableKind = {
  id: 'lpm-solve',
  label: 'Layer-Peeled Model: one solve',
  description: 'The exact optimum for any class counts and weights: geometry, certificate, spectrum.',
  parameters: [
    classCounts,
    lossWeights,
    featureBudget,
    classifierBudget,
    {
      type: 'integer',
      key: 'p',
      flag: 'p',
      label: 'Feature dimension',
      symbol: 'p',
      help: 'Dimension of the features; empty for large enough. Below the rank of the optimum the answer is a local one.',
      source: 'Fang, He, Long, Su 2021, section on the convex relaxation',
      group: 'Budgets',
      default: null,
      min: 1,
    },
  ],
  metrics: [
    {
      key: 'objective',
      label: 'Loss',
      symbol: 'f',
      help: 'Weighted mean cross-entropy at the optimum, in nats.',
      format: 'loss',
    },
    {
      key: 'relative_gap',
      label: 'Relative gap',
      help: 'Duality gap over the loss: how far the optimum can be, at most.',
      format: 'gap',
    },
    { key: 'lower_bound', label: 'Lower bound', help: 'Proven lower bound on the optimum.', format: 'loss' },
    {
      key: 'multiplier',
      label: 'Multiplier',
      symbol: '\\lambda',
      help: 'Decrease of the loss per unit of the nuclear-norm radius.',
      format: 'loss',
    },
    {
      key: 'stationarity',
      label: 'Stationarity',
      help: 'Of a local solution (p below the rank): residual of its first-order conditions, relative to the loss.',
      format: 'gap',
    },
    {
      key: 'rank',
      label: 'Rank',
      help: 'Rank of the optimal logits Z; p at least this makes the relaxation tight.',
      format: 'count',
    },
    {
      key: 'cos_w_minority',
      label: 'Cosine, minority classifiers',
      symbol: "\\cos(w_B, w_{B'})",
      help: 'Between classifiers of the group with the smallest share; 1 is Minority Collapse.',
      format: 'cosine',
    },
    {
      key: 'cos_w_majority',
      label: 'Cosine, majority classifiers',
      symbol: "\\cos(w_A, w_{A'})",
      help: 'Between classifiers of the group with the largest share.',
      format: 'cosine',
    },
    {
      key: 'cos_w_cross',
      label: 'Cosine, majority with minority classifiers',
      symbol: '\\cos(w_A, w_B)',
      help: 'Between a classifier of the largest and one of the smallest share.',
      format: 'cosine',
    },
    {
      key: 'cos_h_minority',
      label: 'Cosine, minority features',
      symbol: "\\cos(h_B, h_{B'})",
      help: 'Between features of the group with the smallest share.',
      format: 'cosine',
    },
    {
      key: 'cos_h_majority',
      label: 'Cosine, majority features',
      symbol: "\\cos(h_A, h_{A'})",
      help: 'Between features of the group with the largest share.',
      format: 'cosine',
    },
    {
      key: 'cos_h_cross',
      label: 'Cosine, majority with minority features',
      symbol: '\\cos(h_A, h_B)',
      help: 'Between a feature of the largest and one of the smallest share.',
      format: 'cosine',
    },
    {
      key: 'norm_ratio_w',
      label: 'Norm ratio of classifiers',
      symbol: '\\|w_A\\|/\\|w_B\\|',
      help: 'Norm of the largest share’s classifiers over the smallest’s.',
      format: 'ratio',
    },
    {
      key: 'collapsed_classes',
      label: 'Collapsed classes',
      help: 'Classes whose classifiers coincide with those of their group.',
      format: 'count',
    },
    {
      key: 'vanished_classes',
      label: 'Vanished classes',
      help: 'Classes whose classifier and feature are zero.',
      format: 'count',
    },
  ],
  charts: [
    {
      id: 'spectrum',
      title: 'Singular values of Z',
      x: { label: 'Index i', logarithmic: false, categorical: true },
      y: { label: 'Singular value σᵢ', logarithmic: false, min: 0 },
      series: [{ metric: 'spectrum', label: 'σᵢ', role: 'neutral' }],
    },
    {
      id: 'norms',
      title: 'Norms by class',
      x: { label: 'Class k, in the order given', logarithmic: false, categorical: true },
      y: { label: 'Norm', logarithmic: false, min: 0 },
      series: [
        { metric: 'class_norm_w', label: 'Classifier ‖w_k‖', role: 'majority' },
        { metric: 'class_norm_h', label: 'Feature ‖h_k‖', role: 'minority' },
      ],
    },
    {
      id: 'losses',
      title: 'Loss and margin by class',
      x: { label: 'Class k, in the order given', logarithmic: false, categorical: true },
      y: { label: 'Cross-entropy (nats), margin', logarithmic: false },
      series: [
        { metric: 'class_loss', label: 'Loss', role: 'minority' },
        { metric: 'class_margin', label: 'Margin', role: 'majority' },
      ],
    },
  ],
  check: problemFromValues,
  execute,
};
