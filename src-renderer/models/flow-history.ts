/**
 * Trajectories of the gradient flow's tab, kept by setting: one to 10^12 with a coarse tolerance while a control moves, one
 * with a fine tolerance once it rests, which also says how far off the coarse one was.
 */
import { tangentCurvatureSteps, type TangentCurvature } from '../../src-main/models/flow/curvature.ts';
import { alignedPoint } from '../../src-main/models/flow/aligned.ts';
import { integrateFlow, momentGrid, type FlowEnd, type Moment } from '../../src-main/models/flow/integrate.ts';
import { flowMeter, type FlowMeasurement } from '../../src-main/models/flow/measure.ts';
import { principalAxes } from '../../src-main/models/flow/plane.ts';
import { validateFlow, type FlowProblem } from '../../src-main/models/flow/problem.ts';
import { flowStart, type StartKind } from '../../src-main/models/flow/start.ts';
import { largestDifference } from '../../src-main/models/flow/trajectory.ts';
import type { ModelSetting } from './model.ts';

export const COARSE = 1e-6;
export const FINE = 1e-9;
export const PERTURBATION = 1e-6;
/** t = 10^-2 … 10^12, five to a decade. */
const FIRST = -2;
const LAST = 12;
const COUNT = (LAST - FIRST) * 5 + 1;
/** Enough for every setting of the sliders; beyond it the tab shows what was reached. */
const MAX_STEPS = 4000;
const MOST_KEPT = 12;

export interface History {
  readonly problem: FlowProblem;
  readonly tolerance: number;
  readonly end: FlowEnd;
  readonly times: readonly number[];
  readonly moments: readonly Moment[];
  readonly measurements: readonly FlowMeasurement[];
  readonly axes: readonly Float64Array[];
  /** Largest relative difference of the coarse states from these; null for the coarse trajectory itself. */
  readonly coarseError: number | null;
  /** log L of the exact aligned flow at the same moments. */
  readonly aligned: readonly number[];
  /** Smallest tangent-space curvature by moment, filled in at rest. */
  readonly curvatures: Map<number, TangentCurvature | null>;
}

interface Kept {
  coarse?: History;
  fine?: History;
}

const kept = new Map<string, Kept>();

/** Everything but the moment shown. */
function entry(setting: ModelSetting): Kept {
  const key = ['k', 'n', 'p', 'start', 'scale', 'seed'].map((name) => setting[name]).join(' ');
  const found = kept.get(key) ?? {};
  // Put last again: the one left longest is the first to go.
  kept.delete(key);
  kept.set(key, found);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return found;
}

/** The best trajectory at hand, at least a coarse one. @throws InvalidInput for a start that these sizes do not have */
export function historyOf(setting: ModelSetting): History {
  const found = entry(setting);
  if (found.fine) return found.fine;
  if (!found.coarse) {
    const steps = integrateHistory(setting, COARSE, null);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    found.coarse = step.value;
  }
  return found.coarse;
}

/** The fine trajectory; yields after every step until it is there. */
export function* fineHistory(setting: ModelSetting): Generator<void, History> {
  const found = entry(setting);
  found.fine ??= yield* integrateHistory(setting, FINE, historyOf(setting));
  return found.fine;
}

function* integrateHistory(setting: ModelSetting, tolerance: number, coarse: History | null): Generator<void, History> {
  const problem = validateFlow({
    classes: Number(setting['k']),
    perClass: Number(setting['n']),
    dimension: Number(setting['p']),
  });
  const x = flowStart(problem, {
    kind: setting['start'] as StartKind,
    scale: Number(setting['scale']),
    perturbation: setting['start'] === 'aligned' ? 0 : PERTURBATION,
    seed: Number(setting['seed']),
  });
  const meter = flowMeter(problem, x);
  const options = { moments: momentGrid(FIRST, LAST, COUNT), tolerance, maxSteps: MAX_STEPS };
  const steps = integrateFlow(problem, x, options);
  const moments: Moment[] = [];
  const measurements: FlowMeasurement[] = [];
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    for (const moment of step.value.moments) {
      moments.push(moment);
      measurements.push(meter(moment));
    }
    yield;
  }
  const powers = moments.map((_, i) => FIRST + ((LAST - FIRST) * i) / (COUNT - 1));
  const exact = { classes: problem.classes, perClass: problem.perClass, scale: Number(setting['scale']) };
  return {
    problem,
    tolerance,
    end: step.value,
    times: powers.map((power) => 10 ** power),
    moments,
    measurements,
    aligned: powers.map((power) => alignedPoint(exact, power * Math.LN10).logLoss),
    axes: principalAxes(problem, moments.at(-1)?.state ?? x),
    coarseError: coarse === null ? null : largestDifference(coarse.moments, moments),
    curvatures: new Map(),
  };
}

/** Index of the recorded moment nearest to t, in the logarithm. */
export function momentIndex({ times }: History, t: number): number {
  const position = ((Math.log10(t) - FIRST) / (LAST - FIRST)) * (COUNT - 1);
  return Math.max(0, Math.min(times.length - 1, Math.round(position)));
}

/** Fills in the curvature at a moment; yields often. */
export function* addCurvature(history: History, index: number): Generator<void, void> {
  if (history.curvatures.has(index)) return;
  const options = { tolerance: 1e-6, maxIterations: 100 };
  const found = yield* tangentCurvatureSteps(history.problem, history.moments[index]!.state, options);
  history.curvatures.set(index, found);
}
