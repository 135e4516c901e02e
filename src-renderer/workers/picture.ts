/** Everything the Explorer shows for one setting, computed in one go. Pure: the worker around it only passes messages. */
import { solve } from '../../src-main/lpm/solve.ts';
import { ratioProblem } from '../../src-main/lpm/two-group-problem.ts';
import type { GroupSolution, LpmSolution } from '../../src-main/lpm/types.ts';
import { cosineCurve, curveKey } from './curve.ts';
import { drawVectors } from './projection.ts';
import { spectrumOf } from './spectrum.ts';
import type { GroupFigures, Picture, SolveRequest } from './protocol.ts';

/** @param knownCurve key of the curve that the asker already has. */
export function explore({ setting, view, stage }: Omit<SolveRequest, 'id'>, knownCurve: string | null): Picture {
  const problem = ratioProblem({
    majorityClasses: setting.ka,
    minorityClasses: setting.kb,
    ratio: setting.r,
    featureBudget: setting.eh,
    classifierBudget: setting.ew,
    minorityWeight: setting.wr,
    dimension: stage === 'posed' && Number.isFinite(setting.p) ? setting.p : null,
  });
  const started = performance.now();
  const solution = solve(problem);
  const solveMilliseconds = performance.now() - started;
  const {
    objective,
    gap,
    relativeGap,
    lowerBound,
    status,
    iterations,
    rank,
    multiplier,
    certified,
    optimality,
    radius,
  } = solution;
  const classes = classIndex(solution);
  const classifierCosines = cosines(solution, classes, 'classifier');
  const featureCosines = cosines(solution, classes, 'feature');
  const side = (values: Float64Array) => (from: readonly [number, number], to: readonly [number, number]) =>
    blockMean(values, classes.length, from, to);
  const [w, h] = [side(classifierCosines), side(featureCosines)];
  const A = [0, setting.ka] as const;
  const B = [setting.ka, setting.ka + setting.kb] as const;
  return {
    setting,
    certificate: {
      objective,
      gap,
      relativeGap,
      lowerBound,
      status,
      iterations,
      rank,
      multiplier,
      certified,
      optimality,
      radius,
    },
    majority: figures(solution, classes, A, w(A, A), h(A, A)),
    minority: figures(solution, classes, B, w(B, B), h(B, B)),
    between: { classifierCosine: w(A, B), featureCosine: h(A, B) },
    classifierCosines,
    featureCosines,
    drawing: drawVectors(solution.logits, setting.eh * setting.ew, view),
    spectrum: spectrumOf(solution.logits),
    curve: curveKey(setting) === knownCurve ? null : cosineCurve(setting),
    solveMilliseconds,
  };
}

/** The solution's group of each class; a rank-constrained optimum has a group per class. */
function classIndex(solution: LpmSolution): number[] {
  return solution.groups.flatMap((group, g) => new Array<number>(group.classes).fill(g));
}

function cosines(solution: LpmSolution, classes: readonly number[], side: 'classifier' | 'feature'): Float64Array {
  const table = solution.crossCosines[side];
  const K = classes.length;
  const values = new Float64Array(K * K);
  for (let j = 0; j < K; j++) {
    const group = solution.groups[classes[j]!]!;
    const norm = side === 'classifier' ? group.classifierNorm : group.featureNorm;
    for (let k = 0; k < K; k++)
      values[j * K + k] = j !== k ? (table[classes[j]!]![classes[k]!] ?? NaN) : norm > 0 ? 1 : NaN;
  }
  return values;
}

/** Mean over pairs of different classes; null without such a pair, or where one has no cosine. At a symmetric optimum all are equal. */
function blockMean(
  values: Float64Array,
  K: number,
  from: readonly [number, number],
  to: readonly [number, number],
): number | null {
  let sum = 0;
  let count = 0;
  for (let j = from[0]; j < from[1]; j++) {
    for (let k = to[0]; k < to[1]; k++) {
      if (j === k) continue;
      sum += values[j * K + k]!;
      count++;
    }
  }
  const mean = sum / count;
  if (Number.isNaN(mean)) return null;
  // Equal summands: their value, not its rounding.
  const first = values[from[0] * K + (from[0] === to[0] ? to[0] + 1 : to[0])]!;
  return Math.abs(mean - first) < 1e-13 ? first : mean;
}

function figures(
  solution: LpmSolution,
  classes: readonly number[],
  [start, end]: readonly [number, number],
  classifierCosine: number | null,
  featureCosine: number | null,
): GroupFigures {
  const members = classes.slice(start, end).map((g) => solution.groups[g]!);
  const first = members[0]!;
  const symmetric = members.every((member) => member === first);
  const mean = (pick: (group: GroupSolution) => number): number =>
    symmetric ? pick(first) : members.reduce((sum, member) => sum + pick(member), 0) / members.length;
  return {
    classes: end - start,
    classifierNorm: mean((group) => group.classifierNorm),
    featureNorm: mean((group) => group.featureNorm),
    classifierCosine,
    featureCosine,
    margin: mean((group) => group.margin),
    loss: mean((group) => group.loss),
    collapsed: members.every((member) => member.collapsed),
    vanished: members.every((member) => member.vanished),
  };
}
