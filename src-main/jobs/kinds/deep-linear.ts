/** Run kind: the optimum of one deep linear network, in closed form for squared loss, numerically for cross-entropy. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import { crossEntropyRounds } from '../../models/deep-linear/cross-entropy.ts';
import { classifierRows, cosinesOf, featureRows, gramOf } from '../../models/deep-linear/describe.ts';
import { sampleCount } from '../../models/deep-linear/prices.ts';
import { classDecayFactors, vanishingWeight } from '../../models/deep-linear/thresholds.ts';
import type { DeepLinearProblem, DeepLinearSolution } from '../../models/deep-linear/types.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import { bias, counts, decay, depth, featureDecay, problemFromValues, widths, DANG } from './deep-linear-parameters.ts';
import { charts, metrics, results } from './deep-linear-specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

/** Cosines of more classes are not stored with the run. */
const LARGEST_STORED_MATRIX = 200;
/** Beyond this many classes a numerical optimum takes minutes. */
const LARGEST_CROSS_ENTROPY = 32;

function checked(values: ParameterValues): DeepLinearProblem {
  const problem = problemFromValues(values, values['loss'] === 'ce' ? 'ce' : 'mse');
  const K = problem.counts.length;
  if (problem.loss === 'ce' && K > LARGEST_CROSS_ENTROPY) {
    const message = `at most ${LARGEST_CROSS_ENTROPY} classes are supported with cross-entropy, got ${K}`;
    throw new InvalidInput([{ field: 'counts', value: values['counts'], message }]);
  }
  return problem;
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const problem = checked(values);
  context.progress(0, 'solving');
  await context.breathe();
  const solution =
    problem.loss === 'mse' ? solveSquaredLoss(problem) : await crossEntropy(problem, Number(values['starts']), context);
  report(solution, context);
  const { objective, rank, frame, tied } = solution;
  context.log('info', `objective ${objective.toPrecision(10)}, rank ${rank}, ${frame}; ${solution.basis.text}`);
  if (tied) context.log('warning', 'the widths cut between equal classes: other choices are as good as the one shown');
  return document(solution);
}

async function crossEntropy(
  problem: DeepLinearProblem,
  starts: number,
  context: JobContext,
): Promise<DeepLinearSolution> {
  const rounds = crossEntropyRounds(problem, { starts, seed: context.seed });
  for (;;) {
    const { done, value } = rounds.next();
    if (done) return value;
    context.progress(value.fraction, value.text);
    await context.breathe();
  }
}

function report({ classes, objective, rank, form }: DeepLinearSolution, context: JobContext): void {
  context.points('objective', [0], [objective]);
  context.points('rank', [0], [rank]);
  context.points('vanished_classes', [0], [classes.filter(({ vanished }) => vanished).length]);
  const index = classes.map((_, k) => k + 1);
  const byClass = (key: 'classifierNorm' | 'featureNorm' | 'loss'): number[] => classes.map((each) => each[key]);
  context.points('class_norm_w', index, byClass('classifierNorm'));
  context.points('class_norm_h', index, byClass('featureNorm'));
  context.points('class_loss', index, byClass('loss'));
  if (form.rank > 0) {
    const values = Array.from(form.layerValues);
    context.points(
      'singular_value',
      values.map((_, i) => i + 1),
      values,
    );
  }
}

function document(solution: DeepLinearSolution) {
  const { problem, objective, basis, rank, capacity, tied, frame, directions, form } = solution;
  const K = problem.counts.length;
  const squared = problem.loss === 'mse';
  const factors = squared ? classDecayFactors(solution) : null;
  const cosines = (rows: Float64Array): (number | null)[][] | null => {
    if (K > LARGEST_STORED_MATRIX) return null;
    const flat = cosinesOf(gramOf(rows, K, form.rank), K);
    return Array.from({ length: K }, (_, k) => flat.slice(k * K, (k + 1) * K));
  };
  return {
    basis,
    objective,
    frame,
    rank,
    capacity,
    tied,
    vanishingWeight: squared ? vanishingWeight(problem, sampleCount(problem.counts)) : null,
    classes: solution.classes.map((each, k) => ({ ...each, vanishingDecay: factors?.[k] ?? null })),
    // Infinity (a direction without weight) is no JSON.
    directions: directions.map((each) => ({ ...each, price: Number.isFinite(each.price) ? each.price : null })),
    classifierCosines: cosines(classifierRows(problem, form)),
    featureCosines: cosines(featureRows(problem, form)),
  };
}

export const deepLinear: ExecutableKind = {
  id: 'deep-linear',
  label: 'Deep linear network: optimum',
  description:
    'Any depth, counts, decays and widths: closed form for squared loss, best of several starts for cross-entropy.',
  parameters: [
    counts,
    {
      type: 'choice',
      key: 'loss',
      flag: 'loss',
      label: 'Loss',
      symbol: '\\ell',
      help: 'Squared loss is solved in closed form; cross-entropy numerically, certified at depth 1.',
      source: DANG,
      group: 'Network',
      default: 'mse',
      choices: [
        { value: 'mse', label: 'squared' },
        { value: 'ce', label: 'cross-entropy' },
      ],
    },
    bias,
    depth,
    widths,
    decay,
    featureDecay,
    {
      type: 'integer',
      key: 'starts',
      flag: 'starts',
      label: 'Random starts',
      help: 'Random starts beside the two structured ones.',
      group: 'Network',
      when: [{ loss: ['ce'] }],
      default: 6,
      min: 0,
      max: 1000,
    },
  ],
  metrics,
  charts,
  results,
  random: true,
  check: checked,
  execute,
};
