/** Curves of the ridge tab along the decay, with the thresholds and where the setting stands. */
import type { LineSeries, Vertical } from '../../../src-main/charts/index.ts';
import { solveRidge } from '../../../src-main/models/ridge/solve.ts';
import {
  decayThresholds,
  describeStep,
  type StepPoint,
  type StepProblem,
} from '../../../src-main/models/ridge/step.ts';
import { collapseDecay } from '../../../src-main/models/ridge/thresholds.ts';
import { decayOf, sampleCount } from '../../../src-main/models/ridge/reduce.ts';
import type { RidgeProblem } from '../../../src-main/models/ridge/types.ts';
import type { Panel } from '../model.ts';

const STEPS = 60;
/** Decades shown below the decay of the setting and below the last threshold. */
const BELOW = 3;

export interface DecayCurve {
  readonly decays: readonly number[];
  readonly points: readonly StepPoint[];
  readonly verticals: readonly Vertical[];
}

/** The two-group setting of a ridge problem. */
export function stepOf(problem: RidgeProblem): StepProblem {
  const [majority, minority] = problem.groups as [RidgeProblem['groups'][0], RidgeProblem['groups'][0]];
  return {
    majorityClasses: majority.classes,
    minorityClasses: minority.classes,
    majoritySamples: majority.samples,
    ratio: majority.samples / minority.samples,
    decay: decayOf(problem),
    bias: problem.bias,
    normalisation: problem.normalisation,
  };
}

function thresholdLines(problem: RidgeProblem): Vertical[] {
  const line = (x: number | null, label: string): Vertical[] => (x === null ? [] : [{ kind: 'threshold', x, label }]);
  if (problem.loss === 'squared') {
    const N = sampleCount(problem.groups);
    const [majority, minority] = problem.groups.map(({ samples }) => collapseDecay(samples, N, problem.normalisation));
    const word = problem.bias ? 'coincides' : 'vanishes';
    return [...line(minority!, `minority ${word}`), ...line(majority!, `majority ${word}`)];
  }
  const { collapse, vanish, zero } = decayThresholds(stepOf(problem));
  return [...line(collapse, 'collapse'), ...line(vanish, 'vanishes'), ...line(zero, 'all zero')];
}

/** Along l at the setting's λ_H/λ_W, from well below the setting to beyond the last threshold. */
export function decayCurve(problem: RidgeProblem): DecayCurve {
  const decay = decayOf(problem);
  const thresholds = thresholdLines(problem);
  const xs = thresholds.map(({ x }) => x);
  const to = Math.max(2 * decay, ...xs.map((x) => 2 * x));
  const from = Math.min(decay, ...xs) / 10 ** BELOW;
  const decays = Array.from({ length: STEPS + 1 }, (_, i) => from * (to / from) ** (i / STEPS));
  // A corner at each threshold: a point on either side of it.
  for (const x of xs) decays.push(x * (1 - 1e-9), x * (1 + 1e-9));
  decays.sort((a, b) => a - b);
  const points = decays.map((l) => describeStep(solveRidge({ ...problem, classifierDecay: l, featureDecay: l })));
  return { decays, points, verticals: [...thresholds, { kind: 'cursor', x: decay, label: 'l' }] };
}

const axis = { label: 'Decay l = √(λ_W λ_H)', logarithmic: true };

export function cosinePanel({ decays, points, verticals }: DecayCurve, classes: number): Panel {
  const line = (role: 'majority' | 'minority' | 'between', of: (point: StepPoint) => number | null): LineSeries => ({
    name: role,
    role,
    x: decays,
    y: points.map(of),
  });
  return {
    id: 'cosines',
    title: 'Cosines of the classifiers along the decay',
    type: 'line',
    input: {
      x: axis,
      y: { label: 'Cosine', min: -1, max: 1 },
      series: [
        line('minority', (point) => point.classifierCosineMinority),
        line('majority', (point) => point.classifierCosineMajority),
        line('between', (point) => point.classifierCosineCross),
        {
          name: '−1/(K−1)',
          role: 'reference',
          x: [decays[0]!, decays.at(-1)!],
          y: [-1 / (classes - 1), -1 / (classes - 1)],
        },
      ],
      verticals,
    },
  };
}

export function distancePanel({ decays, points, verticals }: DecayCurve): Panel {
  return {
    id: 'distances',
    title: 'Distance of the classifiers to SELI and the ETF',
    type: 'line',
    input: {
      x: axis,
      y: { label: 'nc2 distance', min: 0 },
      series: [
        { name: 'to SELI', role: 'minority', x: decays, y: points.map((point) => point.classifierToSeli) },
        { name: 'to the ETF', role: 'majority', x: decays, y: points.map((point) => point.classifierToEtf) },
      ],
      verticals,
    },
  };
}
