/**
 * The Layer-Peeled Model of at most two distinct shares under any softmax-type loss: the global optimum with the
 * certificate of docs/lpm-losses.md. The loss is convex in Z and invariant under permuting the classes of a group, so the
 * reduction to four scalars is exact; the certificate decides which of them are zero.
 */
import { expand, mergeGroups, type Merging } from '../general/solve.ts';
import { describeGroups, spectrumSize } from '../geometry.ts';
import { NEGLIGIBLE } from '../../numerics/path-following.ts';
import { groupTerm } from '../two-group-loss.ts';
import { twoGroupLogits, type TwoGroupInstance } from '../two-group.ts';
import type { GroupSolution, LpmProblem, LpmSolution, SymmetricLogits } from '../types.ts';
import type { ChosenLoss } from './softmax-type.ts';
import { minimiseTwoGroups, type Free } from './two-group-minimise.ts';
import { certifyTwoGroups, groupLoss, type TwoGroupCertificate, type TwoTerms } from './two-group-objective.ts';

/** Relative gap that counts as certified. */
export const LOSS_TOLERANCE = 1e-9;

export interface LossPoint extends TwoGroupCertificate {
  /** α, β, x, y of the larger and the smaller share. */
  readonly z: Float64Array;
  readonly iterations: number;
  readonly relativeGap: number;
  /** f = 0 is attained: nothing is left to gain, and the optimum is one of many. */
  readonly zeroLoss: boolean;
}

/** Sparsest first: the first pattern that the certificate accepts is the optimum. */
const PATTERNS: readonly Free[] = [
  { alpha: true, beta: false, between: false },
  { alpha: true, beta: false, between: true },
  { alpha: true, beta: true, between: true },
  { alpha: false, beta: true, between: true },
  { alpha: false, beta: false, between: true },
];

export function twoTerms(instance: TwoGroupInstance, chosen: ChosenLoss): TwoTerms {
  const { majorityClasses: KA, minorityClasses: KB } = instance;
  return {
    A: groupTerm(KA, KB, instance.majorityShare),
    B: groupTerm(KB, KA, instance.minorityShare),
    chosen,
  };
}

/** The certified optimum in four scalars; the point of the smallest gap where none reaches the tolerance. */
export function minimiseLoss(instance: TwoGroupInstance, chosen: ChosenLoss): LossPoint {
  const terms = twoTerms(instance, chosen);
  const tried = new Set<string>();
  let best: LossPoint | null = null;
  for (const pattern of PATTERNS) {
    const free = {
      alpha: pattern.alpha && terms.A.multiplicity > 0,
      beta: pattern.beta && terms.B.multiplicity > 0,
      between: pattern.between,
    };
    const name = JSON.stringify(free);
    if (tried.has(name) || !(free.alpha || free.beta || free.between)) continue;
    tried.add(name);
    const { z, iterations } = minimiseTwoGroups(terms, instance.radius, free);
    const certificate = certifyTwoGroups(terms, instance.radius, z);
    const zeroLoss = certificate.objective <= NEGLIGIBLE;
    const relativeGap = zeroLoss ? 0 : certificate.gap / certificate.objective;
    const total: number = iterations + (best?.iterations ?? 0);
    if (best === null || relativeGap < best.relativeGap)
      best = { ...certificate, z, iterations: total, relativeGap, zeroLoss };
    if (best.relativeGap <= LOSS_TOLERANCE) break;
  }
  return best!;
}

export type LossSolution = Pick<
  LpmSolution,
  'objective' | 'gap' | 'relativeGap' | 'multiplier' | 'iterations' | 'certified' | 'crossCosines' | 'rank' | 'logits'
> & {
  /** Groups as listed; `loss` is in the units of the loss solved for. */
  readonly groups: readonly GroupSolution[];
  readonly zeroLoss: boolean;
};

/** What either method hands over: the optimum over the merged groups. */
type Solved = Pick<LossPoint, 'objective' | 'gap' | 'relativeGap' | 'multiplier' | 'iterations' | 'zeroLoss'> & {
  readonly logits: SymmetricLogits;
  /** Loss of one sample of each merged group. */
  readonly losses: readonly number[];
};

/** The global optimum of a problem that validateTwoShares (validate.ts) has passed; its dimension is not looked at. */
export function solveSoftmaxType(problem: LpmProblem, chosen: ChosenLoss): LossSolution {
  const merging = mergeGroups(problem);
  const { count } = merging.reduced;
  const { losses, ...solved } = count === 1 ? solveBalanced(merging, chosen) : solveTwo(merging, chosen);
  const logits = expand(merging, solved.logits);
  const { groups, crossCosines } = describeGroups(problem, logits);
  return {
    ...solved,
    logits,
    certified: solved.relativeGap <= LOSS_TOLERANCE,
    rank: spectrumSize(logits).rank,
    crossCosines,
    groups: groups.map((group, g) => ({ ...group, loss: losses[merging.target[g]!]! })),
  };
}

function solveTwo({ reduced }: Merging, chosen: ChosenLoss): Solved {
  const instance: TwoGroupInstance = {
    majorityClasses: reduced.sizes[0]!,
    minorityClasses: reduced.sizes[1]!,
    majorityShare: reduced.shares[0]!,
    minorityShare: reduced.shares[1]!,
    radius: reduced.radius,
  };
  const point = minimiseLoss(instance, chosen);
  const [alpha, beta, x, y] = [point.z[0]!, point.z[1]!, point.z[2]!, point.z[3]!];
  const { A, B } = twoTerms(instance, chosen);
  return {
    ...point,
    logits: twoGroupLogits(instance, { ...point, alpha, beta, x, y }, false),
    losses: [groupLoss(chosen, A, alpha, x), groupLoss(chosen, B, beta, y)],
  };
}

/** Equal shares: Z = s(I − J/K), s = ρ/(K−1), where every singular value of the gradient is K c φ′g′ (docs/lpm-losses.md). */
function solveBalanced({ reduced }: Merging, { loss, shape }: ChosenLoss): Solved {
  const [K, radius] = [reduced.sizes[0]!, reduced.radius];
  const s = radius / (K - 1);
  const g = loss.g(-s, shape);
  const phi = loss.phi((K - 1) * g.value, shape);
  const multiplier = phi.first * g.first;
  const gap = Number.EPSILON * (phi.value + radius * multiplier);
  const none = new Float64Array(0);
  return {
    objective: phi.value,
    gap,
    relativeGap: phi.value > 0 ? gap / phi.value : 0,
    multiplier,
    iterations: 0,
    zeroLoss: phi.value <= NEGLIGIBLE,
    logits: { sizes: [K], contrasts: Float64Array.of(s), rank: 0, left: none, singularValues: none, right: none },
    losses: [phi.value],
  };
}
