/**
 * Run kind: the gradient flow of the unconstrained Layer-Peeled Model from any start to any time, recorded on a logarithmic
 * grid, then integrated once more with a hundredth of the tolerance to say how far off it is.
 */
import { writeNpz } from '../../interop/npz.ts';
import { alignedPoint } from '../../models/flow/aligned.ts';
import type { Basis } from '../../models/basis.ts';
import { tangentCurvatureSteps } from '../../models/flow/curvature.ts';
import { integrateFlow, tauOfPower, type FlowEnd, type FlowOptions, type Moment } from '../../models/flow/integrate.ts';
import { flowMeter, type FlowMeasurement } from '../../models/flow/measure.ts';
import { parts, validateFlow, type FlowProblem, type FlowState } from '../../models/flow/problem.ts';
import { saddleMode } from '../../models/flow/saddle.ts';
import { flowStart, type StartKind, type StartOptions } from '../../models/flow/start.ts';
import { largestDifference } from '../../models/flow/trajectory.ts';
import type { ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { flowCharts, flowResults } from './ulpm-flow-display.ts';
import { flowMetrics, measured } from './ulpm-flow-metrics.ts';
import { flowParameters } from './ulpm-flow-parameters.ts';

/** t = 10^FIRST_POWER is the first moment. */
const FIRST_POWER = -2;
const PER_DECADE = 8;
const MOST_MOMENTS = 400;
/** Curvature is a hundred times dearer than the rest of a moment: one in so many, and no problem larger than this. */
const CURVATURE_EVERY = 4;
const LARGEST_FOR_CURVATURE = 5_000_000;
const BREATH = 30;

interface FlowSetting {
  readonly problem: FlowProblem;
  readonly start: Omit<StartOptions, 'seed'>;
  readonly powers: readonly number[];
  readonly tolerance: number;
}

/** @throws InvalidInput naming k, n or p. */
function flowFromValues(values: ParameterValues): FlowSetting {
  const problem = validateFlow({
    classes: Number(values['k']),
    perClass: Number(values['n']),
    dimension: Number(values['p']),
  });
  const start = {
    kind: values['start'] as StartKind,
    scale: Number(values['scale']),
    perturbation: Number(values['perturbation']),
  };
  // Whether this start exists for these sizes does not depend on the seed.
  flowStart(problem, { ...start, seed: 0 });
  const last = Number(values['power']);
  const count = Math.min(MOST_MOMENTS, Math.ceil((last - FIRST_POWER) * PER_DECADE) + 1);
  const powers = Array.from({ length: count }, (_, i) =>
    count === 1 ? last : FIRST_POWER + ((last - FIRST_POWER) * i) / (count - 1),
  );
  return { problem, start, powers, tolerance: Number(values['tolerance']) };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { problem, start, powers, tolerance } = flowFromValues(values);
  const x = flowStart(problem, { ...start, seed: context.seed });
  const taus = powers.map(tauOfPower);
  const pace = pacer(context);
  const record = recorder(problem, x, powers, start, context, pace);
  const moments: Moment[] = [];
  const end = await integrate(problem, x, { moments: taus, tolerance }, [0, 0.35], context, pace, async (moment) => {
    moments.push(moment);
    await record.take(moment);
  });
  const reached = taus.slice(0, moments.length);
  let compared = 0;
  let errorEstimate = 0;
  const careful = { moments: reached, tolerance: tolerance / 100 };
  await integrate(problem, x, careful, [0.35, 1], context, pace, (moment) => {
    errorEstimate = Math.max(errorEstimate, largestDifference([moments[compared++]!], [moment]));
  });
  const { worstDrift, decades, curvature, last } = record.summary();
  const basis: Basis = {
    kind: 'numerical',
    text: `conserved WᵀW − HHᵀ drifted by ${worstDrift.toExponential(1)}; relative error of the state about ${errorEstimate.toExponential(1)}, from an integration 100 times as careful`,
  };
  const stop = `t = 10^${(end.tau / Math.LN10).toFixed(2)}`;
  if (end.status === 'max-steps')
    context.log('warning', `the step limit ended the flow at ${stop}; a larger tolerance reaches further`);
  context.log(
    'info',
    `${stop} in ${end.steps} steps (${end.refused} refused), ${end.evaluations} gradients; ${basis.text}`,
  );
  storeState(problem, moments.at(-1)?.state ?? x, context);
  const saddle = start.kind === 'pairs' || start.kind === 'polygon' ? saddleRates(problem, start) : null;
  return {
    basis,
    ...end,
    ...last,
    rateLimit: (Math.sqrt(problem.perClass) * (problem.classes - 1)) / 2,
    curvature: curvature?.value ?? null,
    curvatureResidual: curvature?.residual ?? null,
    saddleGrowth: saddle?.growth ?? null,
    saddleMultiplier: saddle?.multiplier ?? null,
    drift: worstDrift,
    errorEstimate,
    decades,
  };
}

/** Breathes where the last breath is long enough ago; before it, says how far the work has come. */
function pacer(context: JobContext): (say?: () => void) => Promise<void> {
  let last = performance.now();
  return async (say) => {
    if (performance.now() - last < BREATH) return;
    say?.();
    await context.breathe();
    last = performance.now();
  };
}

/** Runs the integrator; progress runs over the given part of the whole. */
async function integrate(
  problem: FlowProblem,
  x: FlowState,
  options: FlowOptions,
  [from, to]: readonly [number, number],
  context: JobContext,
  pace: ReturnType<typeof pacer>,
  take: (moment: Moment) => Promise<void> | void,
): Promise<FlowEnd> {
  const steps = integrateFlow(problem, x, options);
  const end = options.moments.at(-1) ?? 1;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    for (const moment of step.value.moments) await take(moment);
    const { tau, steps: count } = step.value;
    const power = (Math.log(Math.expm1(tau)) / Math.LN10).toFixed(1);
    await pace(() => context.progress(from + (to - from) * Math.min(1, tau / end), `t = 10^${power}, ${count} steps`));
  }
}

function recorder(
  problem: FlowProblem,
  x: FlowState,
  powers: readonly number[],
  start: { readonly scale: number },
  context: JobContext,
  pace: ReturnType<typeof pacer>,
) {
  const meter = flowMeter(problem, x);
  const { classes, perClass, dimension } = problem;
  const curved = classes * classes * perClass * dimension <= LARGEST_FOR_CURVATURE;
  if (!curved)
    context.log('info', 'the problem is too large for the tangent-space curvature along the way; it is left out');
  const decades: (FlowMeasurement & { readonly time: number })[] = [];
  let worstDrift = 0;
  let taken = 0;
  let last: FlowMeasurement | null = null;
  let curvature: { readonly value: number; readonly residual: number } | null = null;
  const take = async (moment: Moment): Promise<void> => {
    const power = powers[taken]!;
    const time = 10 ** power;
    const measurement = meter(moment);
    const point = (key: string, value: number | null): void => {
      // Exact zeros (the variability of n = 1, a loss that underflowed) have no place on a logarithmic axis.
      if (value !== null && value !== 0) context.points(key, [time], [value]);
    };
    for (const [key, { of }] of Object.entries(measured)) point(key, of(measurement));
    point('loss_aligned', Math.exp(alignedPoint({ classes, perClass, scale: start.scale }, power * Math.LN10).logLoss));
    const final = taken === powers.length - 1;
    if (curved && (final || taken % CURVATURE_EVERY === 0)) {
      const steps = tangentCurvatureSteps(problem, moment.state, { tolerance: 1e-5, maxIterations: 160 });
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) await pace();
      curvature = step.value;
      point('curvature', curvature?.value ?? null);
    }
    if (final || Math.abs(power - Math.round(power)) < 1e-9) decades.push({ time, ...measurement });
    worstDrift = Math.max(worstDrift, measurement.drift);
    last = measurement;
    taken++;
  };
  // A curvature of a moment other than the last one is not the final state's.
  const summary = () => ({ worstDrift, decades, last, curvature: taken === powers.length ? curvature : null });
  return { take, summary };
}

/** σ and μ of the exact saddle, per unit of t. */
function saddleRates(problem: FlowProblem, start: Omit<StartOptions, 'seed'>) {
  const { growth, multiplier, logLoss } = saddleMode(
    problem,
    flowStart(problem, { ...start, perturbation: 0, seed: 0 }),
  );
  return { growth: growth * Math.exp(logLoss), multiplier: multiplier * Math.exp(logLoss) };
}

function storeState(problem: FlowProblem, x: FlowState, context: JobContext): void {
  const { W, H } = parts(problem, x);
  const npz = writeNpz({
    classifiers: { shape: [problem.classes, problem.dimension], data: W.slice() },
    features: { shape: [problem.classes, problem.perClass, problem.dimension], data: H.slice() },
  });
  context.artifact('state.npz', 'application/zip', npz);
}

export const ulpmFlow: ExecutableKind = {
  id: 'ulpm-flow',
  label: 'Unconstrained model: gradient flow',
  description:
    'The gradient flow without constraint or decay from any start to t = 10^12 and beyond: margins against their bound, neural collapse, saddles.',
  parameters: flowParameters,
  metrics: flowMetrics,
  charts: flowCharts,
  results: flowResults,
  random: true,
  check: flowFromValues,
  execute,
};
