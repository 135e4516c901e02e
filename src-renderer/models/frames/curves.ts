/** Curves over the budget: cosines with decay and in the Layer-Peeled Model, and distances to every reference. */
import type { Vertical } from '../../../src-main/charts/index.ts';
import { solve } from '../../../src-main/lpm/solve.ts';
import { cosinesOf, gramOf } from '../../../src-main/models/frames/class-frame.ts';
import { gramDistance } from '../../../src-main/models/frames/distance.ts';
import {
  layerPeeledFrame,
  orthogonalFrame,
  seliFrame,
  simplexFrame,
} from '../../../src-main/models/frames/references.ts';
import { decayThresholds } from '../../../src-main/models/ridge/step.ts';
import { solveRidge } from '../../../src-main/models/ridge/solve.ts';
import type { CountGroup } from '../../../src-main/parameters/counts.ts';
import type { Panel } from '../model.ts';
import { orthogonalAt } from './point.ts';

interface BudgetPoint {
  readonly budget: number;
  readonly ridge: number | null;
  readonly peeled: number | null;
  readonly toEtf: number | null;
  readonly toOf: number | null;
  readonly toGof: number | null;
  readonly toSeli: number | null;
  readonly peeledToEtf: number | null;
}

export interface BudgetCurve {
  readonly points: readonly BudgetPoint[];
  readonly classes: number;
  readonly seliCosine: number | null;
  readonly thresholds: readonly Vertical[];
}

/** Decays are even in log(1/l), as budgets grow like it. */
const STEPS = 48;
const LEAST_LOG_DECAY = -1300;

/** The path of the decay per sample: each decay spends a budget, at which the Layer-Peeled Model stands beside it. */
export function budgetCurve(groups: readonly CountGroup[]): BudgetCurve {
  const [majority, minority] = groups as [CountGroup, CountGroup];
  const step = {
    majorityClasses: majority.classes,
    minorityClasses: minority.classes,
    majoritySamples: majority.samples,
    ratio: majority.samples / minority.samples,
    bias: false,
    normalisation: 'sample' as const,
  };
  const { collapse, vanish, zero } = decayThresholds(step);
  const [etf, of, seli] = [simplexFrame(groups), orthogonalFrame(groups), seliFrame(groups)].map((pair) =>
    gramOf(pair.classifier),
  );
  const problem = { groups, loss: 'cross-entropy' as const, bias: false, normalisation: 'sample' as const };
  const ridgeAt = (l: number) => solveRidge({ ...problem, classifierDecay: l, featureDecay: l });
  const budgetOf = (l: number): number => {
    const { budgets } = ridgeAt(l);
    return Math.sqrt(budgets.classifier * budgets.featureByClass);
  };
  const top = Math.log(zero);
  // From 0.02 below the point where all is zero, geometrically further down.
  const down = (i: number): number => 0.02 * ((top - LEAST_LOG_DECAY) / 0.02) ** (i / STEPS);
  const points = Array.from({ length: STEPS + 1 }, (_, i): BudgetPoint => {
    const l = Math.exp(Math.max(LEAST_LOG_DECAY / 2, top - down(i)));
    return pointAt(l);
  });

  function pointAt(l: number): BudgetPoint {
    const { frames, budgets, groups: solved } = ridgeAt(l);
    const budget = Math.sqrt(budgets.classifier * budgets.featureByClass);
    const weighted = groups.map((group) => ({ ...group, weight: 1 }));
    const peeled = solve({ groups: weighted, featureBudget: budget, classifierBudget: budget, dimension: null });
    const gram = gramOf(frames.classifier);
    const other = gramOf(layerPeeledFrame(peeled.logits).classifier);
    return {
      budget,
      ridge: solved[1]!.classifierCosine,
      peeled: peeled.groups[1]!.classifierCosine,
      toEtf: gramDistance(gram, etf!),
      toOf: gramDistance(gram, of!),
      toGof: gramDistance(gram, gramOf(orthogonalAt(groups, l).classifier)),
      toSeli: gramDistance(gram, seli!),
      peeledToEtf: gramDistance(other, etf!),
    };
  }
  const line = (l: number | null, label: string): Vertical[] =>
    l === null || l >= zero ? [] : [{ kind: 'threshold', x: budgetOf(l), label }];
  return {
    points,
    classes: majority.classes + minority.classes,
    seliCosine: cosinesOf(seli!)[1]![1]!,
    thresholds: [...line(collapse, 'collapse'), ...line(vanish, 'vanishing')],
  };
}

const axis = { label: 'Budget √(E_H E_W)', logarithmic: true };

function verticals({ thresholds }: BudgetCurve, budget: number): Vertical[] {
  return [...thresholds, ...(Number.isFinite(budget) ? [{ kind: 'cursor' as const, x: budget, label: 'now' }] : [])];
}

export function cosinePanel(curve: BudgetCurve, budget: number): Panel {
  const x = curve.points.map((point) => point.budget);
  const ends = [x[0]!, x.at(-1)!];
  const etf = -1 / (curve.classes - 1);
  const flat = (name: string, value: number | null) =>
    value === null ? [] : [{ name, role: 'reference' as const, x: ends, y: [value, value] }];
  return {
    id: 'cosines',
    title: 'Cosine of two minority classifiers',
    type: 'line',
    input: {
      x: axis,
      y: { label: 'Cosine', min: -1, max: 1 },
      series: [
        { name: 'decay per sample', role: 'minority', x, y: curve.points.map((point) => point.ridge) },
        { name: 'Layer-Peeled', role: 'majority', x, y: curve.points.map((point) => point.peeled) },
        ...flat('SELI', curve.seliCosine),
        ...flat('ETF', etf),
      ],
      verticals: verticals(curve, budget),
    },
    description: 'With decay the cosine tends to that of SELI, in the Layer-Peeled Model to that of the ETF.',
  };
}

export function distancePanel(curve: BudgetCurve, budget: number): Panel {
  const x = curve.points.map((point) => point.budget);
  const series = (
    [
      ['to SELI', 'minority', 'toSeli'],
      ['to the ETF', 'majority', 'toEtf'],
      ['to the OF', 'between', 'toOf'],
      ['to the GOF', 'theory', 'toGof'],
      ['LPM to the ETF', 'reference', 'peeledToEtf'],
    ] as const
  ).map(([name, role, key]) => ({ name, role, x, y: curve.points.map((point) => point[key]) }));
  return {
    id: 'distances',
    title: 'Distance of the classifiers, with decay per sample',
    type: 'line',
    input: { x: axis, y: { label: 'nc2 distance', min: 0 }, series, verticals: verticals(curve, budget) },
    description: 'Distances between Gram matrices of norm 1.',
  };
}
