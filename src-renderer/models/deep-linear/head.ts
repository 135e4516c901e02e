/** The head row of the deep linear tab, and what a reader must know about a setting. */
import { sampleCount } from '../../../src-main/models/deep-linear/prices.ts';
import { rootCeiling, zeroBound } from '../../../src-main/models/deep-linear/scalar.ts';
import { classDecayFactors, vanishingWeight } from '../../../src-main/models/deep-linear/thresholds.ts';
import type { DeepLinearSolution, Direction } from '../../../src-main/models/deep-linear/types.ts';
import type { Figure } from '../model.ts';

/** The direction whose scalar problem is drawn: that of class k without bias, the k-th by weight with it. */
export function selectedDirection({ problem, directions }: DeepLinearSolution, selected: number): Direction {
  if (problem.bias) return directions[selected - 1]!;
  const weight = problem.counts[selected - 1]!;
  return directions.find((direction) => direction.weight === weight)!;
}

export function figures(solution: DeepLinearSolution, selected: number): Figure[] {
  const { problem, objective, frame, rank } = solution;
  const N = sampleCount(problem.counts);
  const M = problem.decays.length;
  return [
    {
      label: 'objective',
      symbol: 'f',
      value: objective,
      format: 'loss',
      help: 'Loss plus decay at the global optimum.',
    },
    {
      label: 'frame',
      value: frame,
      help: 'Geometry of the classifiers, the rows of W_M … W_1, decided to 1e-6 of their length.',
    },
    { label: 'rank', value: rank, format: 'count', help: 'Directions in which the network is not zero.' },
    {
      label: 'vanishing count',
      symbol: 'n^*',
      value: vanishingWeight(problem, N),
      format: 'ratio',
      help: 'With N as it is, a class of at most so many samples is exactly zero; with bias, classes of equal count at most n* coincide.',
    },
    {
      label: 'first to vanish, decay ×',
      value: Math.min(...classDecayFactors(solution)),
      format: 'ratio',
      help: 'All decays multiplied by this factor make the first class exactly zero; 0 where the widths have removed one.',
    },
    {
      label: problem.bias ? `price of direction ${selected}` : `price of class ${selected}`,
      symbol: 'b_k',
      value: finite(selectedDirection(solution, selected).price),
      format: 'ratio',
      help: 'Price of length in the scalar problem. Zero is optimal iff it is at least the zero bound. No value: infinite.',
    },
    {
      label: 'zero bound',
      symbol: '\\beta_M',
      value: zeroBound(M),
      format: 'ratio',
      help: '(M−1)^{(M−1)/M}/M: prices from here on leave nothing but zero.',
    },
  ];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function notices(solution: DeepLinearSolution, selected: number): string[] {
  const { problem, classes, capacity, tied, directions } = solution;
  const M = problem.decays.length;
  const { price } = selectedDirection(solution, selected);
  const vanished = classes.filter((each) => each.vanished).length;
  const found: string[] = [];
  if (vanished > 0)
    found.push(`${vanished} of ${classes.length} classes have vanished: classifier and feature are zero.`);
  if (directions.some(({ state }) => state === 'cut'))
    found.push(`The widths leave room for ${capacity} directions; the largest are kept.`);
  if (tied) found.push('The widths cut between equal classes: which of them survive is open, one choice is shown.');
  if (problem.bias && coinciding(solution))
    found.push('Classes of equal count whose contrasts have vanished share one classifier: Minority Collapse.');
  if (price >= zeroBound(M) && price < rootCeiling(M))
    found.push('The larger root of the scalar problem exists here and is only a local minimum: zero is lower.');
  return found;
}

/** Some group of equal counts has lost its contrasts while other directions live on. */
function coinciding({ problem, directions, rank }: DeepLinearSolution): boolean {
  const repeated = problem.counts.filter((n, k) => problem.counts.indexOf(n) !== k);
  return rank > 0 && directions.some(({ weight, state }) => state === 'vanished' && repeated.includes(weight));
}
