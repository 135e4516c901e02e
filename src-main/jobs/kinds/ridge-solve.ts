/** Run kind: one ridge-regularised unconstrained features problem, its geometry, and its place on the Layer-Peeled map. */
import { fullCosines, gramOf } from '../../models/frames/class-frame.ts';
import { countReferences, distancesTo } from '../../models/frames/compare.ts';
import { dualDistance } from '../../models/frames/distance.ts';
import { layerPeeledFrame } from '../../models/frames/references.ts';
import { ridgeBasis } from '../../models/ridge/basis.ts';
import { vanishingDecay } from '../../models/ridge/certificate.ts';
import { placeOnMap } from '../../models/ridge/conversion.ts';
import { decayOf, reduce, sampleCount } from '../../models/ridge/reduce.ts';
import { ridgeSpectrum, ridgeSteps } from '../../models/ridge/solve.ts';
import { collapseCount, reluVanishingCount } from '../../models/ridge/thresholds.ts';
import type { RidgeProblem, RidgeSolution } from '../../models/ridge/types.ts';
import type { ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import {
  classCounts,
  classifierDecay,
  featureDecay,
  freeBias,
  normalisation,
  ridgeFromValues,
  ridgeLoss,
} from './ridge-parameters.ts';
import { ridgeSolveCharts, ridgeSolveMetrics, ridgeSolveResults } from './ridge-solve-specification.ts';

/** Up to here the cosines of all classes are part of the document; above, those between groups. */
const LARGEST_SHOWN = 60;

async function solveBreathing(problem: RidgeProblem, context: JobContext): Promise<RidgeSolution> {
  const steps = ridgeSteps(problem);
  for (;;) {
    await context.breathe();
    const { done, value } = steps.next();
    if (done === true) return value.solution;
    const { iteration, relativeGap } = value;
    context.points('solver_gap', [iteration], [relativeGap]);
    const fraction = Math.min(0.99, Math.max(0, -Math.log10(Math.max(relativeGap, 1e-12)) / 10));
    context.progress(fraction, `iteration ${iteration}, relative gap ${relativeGap.toExponential(1)}`);
  }
}

/** Where the optimum lies on the Layer-Peeled map; cross-entropy without bias only: otherwise the models are not comparable. */
function placement(solution: RidgeSolution) {
  const { loss, bias } = solution.problem;
  const place = loss === 'cross-entropy' && !bias ? placeOnMap(solution) : null;
  if (place === null) return { map: null, frames: [] };
  const map = {
    ratio: place.ratio,
    r0: place.thresholds?.r0 ?? null,
    r1: place.thresholds?.r1 ?? null,
    loss: place.peeled.objective,
    multiplier: place.peeled.multiplier,
    relativeGap: place.peeled.relativeGap,
  };
  return { map, frames: [{ name: 'LPM', pair: layerPeeledFrame(place.peeled.logits) }] };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const problem = ridgeFromValues(values);
  context.progress(0, 'solving');
  const solution = await solveBreathing(problem, context);
  await context.breathe();
  const total = sampleCount(problem.groups);
  const K = problem.groups.reduce((sum, { classes }) => sum + classes, 0);
  const decay = decayOf(problem);
  const { map, frames } = placement(solution);
  const references = [...countReferences(problem.groups), ...frames];
  const spectrum = ridgeSpectrum(solution);
  report(solution, spectrum, context);
  context.log(
    solution.certified ? 'info' : 'warning',
    `${solution.status} after ${solution.iterations} iterations; relative gap ${solution.relativeGap.toExponential(2)}, rank ${solution.rank}`,
  );
  const cosines = (side: 'classifier' | 'feature') =>
    K <= LARGEST_SHOWN ? fullCosines(gramOf(solution.frames[side])) : solution.crossCosines[side];
  return {
    basis: ridgeBasis(solution),
    status: solution.status,
    objective: solution.objective,
    fit: solution.fit,
    penalty: solution.penalty,
    gap: solution.gap,
    relativeGap: solution.relativeGap,
    lowerBound: solution.lowerBound,
    certified: solution.certified,
    iterations: solution.iterations,
    milliseconds: solution.milliseconds,
    rank: solution.rank,
    decay,
    zeroDecay: vanishingDecay(reduce(problem).reduced),
    collapseCount: problem.loss === 'cross-entropy' ? collapseCount(decay, total, problem.normalisation) : null,
    reluCount:
      problem.loss === 'cross-entropy' && problem.normalisation === 'sample' && !problem.bias
        ? reluVanishingCount(decay, total, K)
        : null,
    budgets: solution.budgets,
    dual: dualDistance(solution.frames),
    map,
    distances: distancesTo(solution.frames, references),
    groups: solution.groups,
    classifierCosines: cosines('classifier'),
    featureCosines: cosines('feature'),
  };
}

function report(solution: RidgeSolution, spectrum: readonly number[], context: JobContext): void {
  const single = (metric: string, value: number | null): void => {
    if (value !== null) context.points(metric, [0], [value]);
  };
  const { groups, crossCosines } = solution;
  single('objective', solution.objective);
  single('fit', solution.fit);
  single('relative_gap', solution.relativeGap);
  single('rank', solution.rank);
  const order = groups.map((_, g) => g).sort((a, b) => groups[b]!.samples - groups[a]!.samples);
  const [a, b] = [order[0]!, order.at(-1)!];
  single('cos_w_majority', crossCosines.classifier[a]![a]!);
  single('cos_h_majority', crossCosines.feature[a]![a]!);
  if (a !== b) {
    single('cos_w_minority', crossCosines.classifier[b]![b]!);
    single('cos_h_minority', crossCosines.feature[b]![b]!);
  }
  const sum = (which: 'collapsed' | 'vanished'): number =>
    groups.reduce((count, group) => count + (group[which] ? group.classes : 0), 0);
  single('collapsed_classes', sum('collapsed'));
  single('vanished_classes', sum('vanished'));
  if (spectrum.length > 0)
    context.points(
      'spectrum',
      spectrum.map((_, i) => i + 1),
      spectrum,
    );
  const classes = groups.flatMap((group) => new Array<typeof group>(group.classes).fill(group));
  const index = classes.map((_, k) => k + 1);
  for (const [metric, of] of [
    ['class_norm_w', 'classifierNorm'],
    ['class_norm_h', 'featureNorm'],
    ['class_margin', 'margin'],
    ['class_loss', 'loss'],
  ] as const)
    context.points(
      metric,
      index,
      classes.map((group) => group[of]),
    );
}

export const ridgeSolve: ExecutableKind = {
  id: 'ridge-solve',
  label: 'Ridge features: one solve',
  description:
    'Free features with weight decay, cross-entropy or squared loss, with or without a bias: certified optimum, collapse, and its place on the Layer-Peeled map.',
  parameters: [classCounts, classifierDecay, featureDecay, normalisation, ridgeLoss, freeBias],
  metrics: ridgeSolveMetrics,
  charts: ridgeSolveCharts,
  results: ridgeSolveResults,
  check: ridgeFromValues,
  execute,
};
