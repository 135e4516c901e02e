/** Run kind: gradient descent on the factors of a deep linear network, with the closed form beside it. Squared loss. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import type { Basis } from '../../models/basis.ts';
import { createDescent, randomFactors, type Descent } from '../../models/deep-linear/descent.ts';
import { descentMetrics, type DescentMetrics } from '../../models/deep-linear/descent-metrics.ts';
import { factorProblem } from '../../models/deep-linear/factors.ts';
import { sampleCount } from '../../models/deep-linear/prices.ts';
import type { DeepLinearProblem, DeepLinearSolution } from '../../models/deep-linear/types.ts';
import { randomSource } from '../../numerics/random.ts';
import { InvalidInput, type FieldIssue, type ParameterValues } from '../../parameters/specification.ts';
import { LARGEST_DEPTH, charts, metrics, results } from './deep-linear-descent-specification.ts';
import { bias, counts, decay, depth, featureDecay, problemFromValues, widths } from './deep-linear-parameters.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

/** Limits under which a step stays below some tens of milliseconds. */
const LARGEST_CLASSES = 32;
const LARGEST_WIDTH = 128;
/** Points per decade of steps. */
const PER_DECADE = 40;
/** Relative excess at which the closed form counts as reached. */
const REACHED = 1e-6;
const REACHED_MINIMUM = 'global minimum reached';

interface Experiment {
  readonly problem: DeepLinearProblem;
  readonly widths: readonly number[];
}

function checked(values: ParameterValues): Experiment {
  const problem = problemFromValues(values, 'mse');
  const K = problem.counts.length;
  const issues: FieldIssue[] = [];
  if (K > LARGEST_CLASSES)
    issues.push({ field: 'counts', value: values['counts'], message: `at most ${LARGEST_CLASSES} classes, got ${K}` });
  const layerWidths = problem.widths ?? problem.decays.map(() => K);
  const wide = layerWidths.find((d) => d > LARGEST_WIDTH);
  if (wide !== undefined)
    issues.push({ field: 'widths', value: values['widths'], message: `at most ${LARGEST_WIDTH}, got ${wide}` });
  if (issues.length > 0) throw new InvalidInput(issues);
  return { problem, widths: layerWidths };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { problem, widths: layerWidths } = checked(values);
  const theory = solveSquaredLoss(problem);
  const degrees = sampleCount(problem.counts) - problem.counts.length;
  const deviations = values['samples'] === 'all' ? Math.min(layerWidths[0]!, degrees) : 0;
  const target = factorProblem(problem, layerWidths, deviations);
  const measure = descentMetrics(target, theory);
  const start = randomFactors(target, Number(values['scale']), degrees, randomSource(context.seed));
  const descent = createDescent(target.evaluate, start, {
    momentum: values['method'] === 'nesterov',
    rate: values['rate'] === null ? null : Number(values['rate']),
    gradientTolerance: Number(values['tolerance']),
  });
  if (theory.tied)
    context.log(
      'warning',
      'the widths cut between equal classes: no single frame is predicted, distances are left out',
    );

  const most = Number(values['steps']);
  let next = 1;
  let looked = performance.now();
  record(context, descent, measure(descent.x), theory);
  while (descent.steps < most && descent.status === 'running') {
    descent.step();
    if (descent.steps >= next || descent.status !== 'running') {
      record(context, descent, measure(descent.x), theory);
      next = Math.max(next + 1, Math.ceil(next * 10 ** (1 / PER_DECADE)));
    }
    if (performance.now() - looked < 40) continue;
    const excess = descent.value / theory.objective - 1;
    context.progress(descent.steps / most, `step ${descent.steps}, relative excess ${excess.toExponential(1)}`);
    await context.breathe();
    looked = performance.now();
  }
  const result = conclusion(descent, measure(descent.x), theory);
  context.log(descent.status === 'diverged' ? 'warning' : 'info', `${result.outcome} after ${descent.steps} steps`);
  return result;
}

function record(context: JobContext, descent: Descent, found: DescentMetrics, theory: DeepLinearSolution): void {
  // Logarithmic axes start at 1: the start is drawn as step 1, the first step as step 2.
  const x = descent.steps + 1;
  const point = (metric: string, value: number | null): void => {
    if (value !== null) context.points(metric, [x], [value]);
  };
  point('objective', descent.value);
  point('objective_theory', theory.objective);
  point('excess', descent.value / theory.objective - 1);
  point('gradient_norm', descent.gradientNorm);
  point('rate', descent.rate);
  point('imbalance', found.imbalance);
  found.layers.forEach(({ collapse, featureDistance, classifierDistance }, j) => {
    point(`nc1_${j + 1}`, collapse);
    point(`gram_h_${j + 1}`, featureDistance);
    point(`gram_w_${j + 1}`, classifierDistance);
  });
  const { majority, minority } = extremeMeans(found.classifierNorms, theory);
  point('norm_w_majority', majority);
  point('norm_w_minority', minority);
}

/** Means over the classes of the largest and the smallest count. */
function extremeMeans(values: readonly number[], { problem }: DeepLinearSolution) {
  const mean = (count: number): number => {
    const members = values.filter((_, k) => problem.counts[k] === count);
    return members.reduce((sum, value) => sum + value, 0) / members.length;
  };
  return { majority: mean(Math.max(...problem.counts)), minority: mean(Math.min(...problem.counts)) };
}

function conclusion(descent: Descent, found: DescentMetrics, theory: DeepLinearSolution) {
  const excess = descent.value / theory.objective - 1;
  const norms = theory.classes.map(({ classifierNorm }) => classifierNorm);
  const predicted = extremeMeans(norms, theory);
  const outcome = outcomeOf(descent, excess);
  return {
    // The closed form is the global minimum: what reaches it is known by its distance from it.
    basis: {
      kind: outcome === REACHED_MINIMUM ? 'numerical' : 'local',
      text: basisText(descent, excess),
    } satisfies Basis,
    outcome,
    steps: descent.steps,
    objective: descent.value,
    excess,
    gradientNorm: descent.gradientNorm,
    imbalance: found.imbalance,
    theory: {
      objective: theory.objective,
      frame: theory.frame,
      normMajority: predicted.majority,
      normMinority: predicted.minority,
    },
    layers: found.layers.map((layer, j) => ({ layer: j + 1, ...layer })),
    classes: theory.problem.counts.map((count, k) => ({ count, norm: found.classifierNorms[k]!, theory: norms[k]! })),
  };
}

function basisText({ status, gradientNorm }: Descent, excess: number): string {
  if (status === 'diverged') return 'the iteration diverged: its last point means nothing';
  return `descent ended with gradient ${gradientNorm.toExponential(1)}, ${excess.toExponential(1)} above the closed form`;
}

function outcomeOf({ status }: Descent, excess: number): string {
  if (status === 'diverged') return 'diverged: the learning rate is too large';
  if (excess <= REACHED) return REACHED_MINIMUM;
  return status === 'converged' ? 'another stationary point' : 'not converged';
}

export const deepLinearDescent: ExecutableKind = {
  id: 'deep-linear-descent',
  label: 'Deep linear network: gradient descent',
  description:
    'Full-batch descent on all factors from a random start, layer by layer, beside the closed form (squared loss).',
  parameters: [
    counts,
    bias,
    { ...depth, max: LARGEST_DEPTH },
    { ...widths, default: '16', help: 'Width of every hidden layer, or M widths from the features on; empty for K.' },
    decay,
    featureDecay,
    {
      type: 'choice',
      key: 'method',
      flag: 'method',
      label: 'Method',
      help: 'Plain gradient descent, or Nesterov momentum that starts anew where it points uphill.',
      group: 'Descent',
      default: 'gradient',
      choices: [
        { value: 'gradient', label: 'gradient descent' },
        { value: 'nesterov', label: 'Nesterov momentum' },
      ],
    },
    {
      type: 'number',
      key: 'rate',
      flag: 'rate',
      label: 'Learning rate',
      symbol: '\\eta',
      help: 'Fixed step length; empty to find it by backtracking.',
      group: 'Descent',
      default: null,
      exclusiveMin: 0,
      logarithmic: true,
    },
    {
      type: 'integer',
      key: 'steps',
      flag: 'steps',
      label: 'Steps at most',
      help: 'Descent ends earlier where it converges.',
      group: 'Descent',
      default: 20_000,
      min: 1,
      max: 10_000_000,
    },
    {
      type: 'number',
      key: 'tolerance',
      flag: 'tolerance',
      label: 'Gradient tolerance',
      help: 'Converged at this norm of the gradient over all factors.',
      group: 'Descent',
      default: 1e-9,
      min: 0,
      logarithmic: true,
    },
    {
      type: 'number',
      key: 'scale',
      flag: 'scale',
      label: 'Size of the start',
      help: 'Standard deviation of the features; weights have it over √d_j.',
      group: 'Descent',
      default: 1,
      exclusiveMin: 0,
      logarithmic: true,
    },
    {
      type: 'choice',
      key: 'samples',
      flag: 'samples',
      label: 'Features',
      help: 'All samples start apart and may collapse (their deviations enter by their second moment, exactly); or class means alone.',
      group: 'Descent',
      default: 'all',
      choices: [
        { value: 'all', label: 'all samples' },
        { value: 'means', label: 'class means' },
      ],
    },
  ],
  metrics,
  charts,
  results,
  random: true,
  check: checked,
  execute,
};
