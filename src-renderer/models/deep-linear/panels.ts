/** The charts and the table of the deep linear tab, from a solution in closed form. */
import { optimalDirections } from '../../../src-main/models/deep-linear/closed-form.ts';
import { classifierRows, cosinesOf, featureRows, gramOf } from '../../../src-main/models/deep-linear/describe.ts';
import { sampleCount } from '../../../src-main/models/deep-linear/prices.ts';
import { logLargerRoot, minimiseScalar, scalarObjective } from '../../../src-main/models/deep-linear/scalar.ts';
import { classifierSquares } from '../../../src-main/models/deep-linear/sweep.ts';
import { aliveRatios, classDecayFactors, vanishingWeight } from '../../../src-main/models/deep-linear/thresholds.ts';
import type { DeepLinearSolution } from '../../../src-main/models/deep-linear/types.ts';
import { countGroups, type Vertical } from '../../../src-main/charts/index.ts';
import type { Panel } from '../model.ts';
import { selectedDirection } from './head.ts';

const classAxis = { label: 'Class k, in the order given', categorical: true };

export function lengthChart({ classes }: DeepLinearSolution): Panel {
  const x = classes.map((_, k) => k + 1);
  return {
    id: 'lengths',
    title: 'Lengths by class',
    type: 'line',
    input: {
      x: classAxis,
      y: { label: 'Norm', min: 0 },
      series: [
        { name: '‖w_k‖', role: 'majority', x, y: classes.map((each) => each.classifierNorm) },
        { name: '‖h_k‖', role: 'minority', x, y: classes.map((each) => each.featureNorm) },
      ],
    },
    description: `Classifier norms from ${range(classes.map((each) => each.classifierNorm))}.`,
  };
}

const range = (values: readonly number[]): string =>
  `${Math.min(...values).toPrecision(4)} to ${Math.max(...values).toPrecision(4)}`;

/** φ(x) = 1/(1 + x^M) + b x with its minimiser, and its larger root where that is not the minimiser. */
export function scalarChart(solution: DeepLinearSolution, selected: number): Panel {
  const { problem } = solution;
  const M = problem.decays.length;
  const { price } = selectedDirection(solution, selected);
  const best = Math.exp(minimiseScalar(price, M).logX);
  const logRoot = logLargerRoot(price, M);
  const root = logRoot === null ? null : Math.exp(logRoot);
  const end = 1.8 * Math.max(1, best, root ?? 0);
  const x = Array.from({ length: 241 }, (_, i) => (end * i) / 240);
  const phi = (at: number): number => scalarObjective(at, price, M);
  const trapped = root !== null && best === 0;
  const name = problem.bias ? `direction ${selected}` : `class ${selected}`;
  return {
    id: 'scalar',
    title: `Scalar problem of ${name}: φ(x) = 1/(1 + x^M) + b x`,
    type: 'line',
    input: {
      x: { label: 'x = (s̄^2M/(N λ_H))^(1/M)' },
      y: { label: 'φ(x)', min: 0, max: 1.6 },
      series: [
        { name: 'φ(x)', role: 'majority', x, y: x.map((at) => (phi(at) <= 1.6 ? phi(at) : null)) },
        { name: 'φ(0)', role: 'reference', x: [0, end], y: [1, 1] },
      ],
      dots: [
        { x: best, y: Number.isFinite(price) ? phi(best) : 1, role: 'majority' },
        ...(trapped ? [{ x: root, y: phi(root), role: 'minority' as const }] : []),
      ],
    },
    description: trapped
      ? `The minimiser is 0; the larger root ${root.toPrecision(4)} is a local minimum above it.`
      : `The minimiser is ${best.toPrecision(4)}.`,
  };
}

/** s̄ against the weight of a direction at fixed N, with the count at which it vanishes. */
export function countChart({ problem, directions }: DeepLinearSolution): Panel {
  const N = sampleCount(problem.counts);
  const threshold = vanishingWeight(problem, N);
  const positive = directions.filter(({ weight }) => weight > 0);
  const weights = positive.map(({ weight }) => weight);
  const from = Math.min(threshold, ...weights) / 3;
  const to = 3 * Math.max(threshold, ...weights);
  // A jump at the threshold: a point on either side of it.
  const x = Array.from({ length: 121 }, (_, i) => from * (to / from) ** (i / 120))
    .concat(threshold * (1 - 1e-12), threshold * (1 + 1e-12))
    .sort((a, b) => a - b);
  const free = { ...problem, widths: null };
  const values = x.map((weight) => optimalDirections(free, [weight])[0]!.singularValue);
  return {
    id: 'count',
    title: problem.bias ? 'Singular value against the weight τ²' : 'Singular value against the count, N fixed',
    type: 'line',
    input: {
      x: { label: problem.bias ? 'Weight of the direction τ²' : 'Samples of a class n', logarithmic: true },
      y: { label: 'Singular value of a layer s̄', min: 0 },
      series: [{ name: 's̄', role: 'majority', x, y: values }],
      verticals: [{ x: threshold, label: 'n*', kind: 'threshold' }],
      dots: positive
        .filter(({ weight }, i) => weights.indexOf(weight) === i)
        .map(({ weight, singularValue }) => ({ x: weight, y: singularValue, role: 'minority' as const })),
    },
    description: `Zero up to ${threshold.toPrecision(4)}.`,
  };
}

/** ‖w‖² of the largest class and of a minority of n_max/R samples: the smallest classes, or half of equal ones. */
export function ratioChart({ problem }: DeepLinearSolution): Panel {
  const { counts } = problem;
  const K = counts.length;
  const top = Math.max(...counts);
  const least = Math.min(...counts);
  const isMinority = (k: number): boolean => (top === least ? k >= Math.ceil(K / 2) : counts[k] === least);
  const minority = counts.flatMap((_, k) => (isMinority(k) ? [k] : []));
  const others = counts.filter((_, k) => !isMinority(k));
  const alive = aliveRatios({
    ...problem,
    majorityCount: top,
    otherSamples: sampleCount(others),
    minorityClasses: minority.length,
  });
  const now = top / least;
  const to = Math.max(10, 3 * now, alive === null ? 1 : Math.min(3 * alive.to, 1e6));
  // Every point with bias is an eigenvalue problem of as many distinct counts as there are.
  const steps = problem.bias && new Set(counts).size > 20 ? 16 : 60;
  const x = Array.from({ length: steps + 1 }, (_, i) => to ** (i / steps));
  if (alive !== null && alive.to > 1) x.push(alive.to * (1 - 1e-12), alive.to * (1 + 1e-12));
  x.sort((a, b) => a - b);
  const majority = counts.indexOf(top);
  const squares = x.map((R) => {
    const changed = counts.map((n, k) => (isMinority(k) ? top / R : n));
    return classifierSquares({ ...problem, counts: changed }, [majority, minority[0]!]);
  });
  const verticals: Vertical[] = [{ x: now, label: 'R', kind: 'cursor' }];
  if (alive !== null) verticals.push({ x: alive.to, label: problem.bias ? 'coincide' : 'vanish', kind: 'threshold' });
  return {
    id: 'ratio',
    title: 'Squared classifier norms against the imbalance ratio',
    type: 'line',
    input: {
      x: { label: 'Imbalance ratio R = n_max/n_min', logarithmic: true },
      y: { label: '‖w‖²', min: 0 },
      series: [
        { name: 'largest', role: 'majority', x, y: squares.map(([square]) => square!) },
        { name: 'smallest', role: 'minority', x, y: squares.map(([, square]) => square!) },
      ],
      verticals,
    },
    description:
      alive === null
        ? 'The smallest classes are zero at every ratio.'
        : `They vanish at R = ${alive.to.toPrecision(4)}.`,
  };
}

export function heatMaps({ problem, form }: DeepLinearSolution): Panel[] {
  const K = problem.counts.length;
  const panel = (id: 'w' | 'h', title: string, rows: Float64Array): Panel => ({
    id: `cosines-${id}`,
    title,
    type: 'heat',
    input: {
      size: K,
      values: cosinesOf(gramOf(rows, K, form.rank), K),
      groups: countGroups(problem.counts),
      symbol: id,
      missingReason: 'hatched: the class has vanished',
    },
  });
  return [
    panel('w', 'Cosines of the classifiers', classifierRows(problem, form)),
    panel('h', 'Cosines of the features', featureRows(problem, form)),
  ];
}

export function classTable(solution: DeepLinearSolution): Panel {
  const factors = classDecayFactors(solution);
  return {
    id: 'classes',
    title: 'Classes',
    wide: true,
    type: 'table',
    columns: [
      { label: 'class', symbol: 'k', format: 'count' },
      { label: 'samples', symbol: 'n_k', format: 'count' },
      { label: 'classifier norm²', symbol: '\\|w_k\\|^2', format: 'ratio' },
      { label: 'feature norm', symbol: '\\|h_k\\|', format: 'ratio' },
      { label: 'own logit', symbol: 'w_k\\cdot h_k + b_k', format: 'ratio', help: '1 meets the target.' },
      { label: 'bias', symbol: 'b_k', format: 'ratio' },
      { label: 'loss', format: 'loss', help: 'Half the squared error of one sample.' },
      { label: 'part of the objective', format: 'loss', help: 'Loss and its share of the decay; the parts add up.' },
      {
        label: 'vanishes at decay ×',
        format: 'ratio',
        help: 'All decays multiplied by this factor make the class zero.',
      },
    ],
    rows: solution.classes.map((each, k) => [
      k + 1,
      each.count,
      each.classifierNorm ** 2,
      each.featureNorm,
      each.alignment + each.bias,
      each.bias,
      each.loss,
      each.objective,
      factors[k]!,
    ]),
  };
}
