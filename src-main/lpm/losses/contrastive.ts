/**
 * The supervised contrastive loss over class means, solved to global optimality (derivation: docs/lpm-losses.md).
 *
 *     min_X Σ_k (n_k/N) [ log Σ_j n_j exp(X_kj/τ) − X_kk/τ ]   s.t.  X = HᵀH ⪰ 0,  tr X ≤ K E_H
 *
 * Convex in the Gram matrix X. Certificate for any feasible X with (symmetric) gradient G: gap = ⟨G, X⟩ − K E_H min(0, λ_min G).
 * By symmetry X is a scalar x_g per group of equal counts on its contrasts and a G×G matrix between the groups.
 */
import { centralPath } from '../../numerics/path-following.ts';
import { barrierDegree, semidefiniteBarrier } from '../../numerics/semidefinite-barrier.ts';
import { gramGeometry } from '../gram-geometry.ts';
import { oddsObjective } from '../odds-objective.ts';
import {
  certifyContrastive,
  contrastiveProgram,
  traceBound,
  type ContrastiveProblem,
  type Support,
} from './contrastive-program.ts';

export type { ContrastiveProblem } from './contrastive-program.ts';

/** Relative gap (over the loss above its floor) that counts as certified. */
export const CONTRASTIVE_TOLERANCE = 1e-9;
const AIM = 1e-12;
/** Parts of X below this share of its largest are tried at exactly zero. */
const SUSPECT = 1e-4;

export interface ContrastivePoint {
  /** x_g on the contrasts of each group; exactly 0 where the group's means coincide or K_g = 1. */
  readonly contrasts: Float64Array;
  /** The G×G part between groups. */
  readonly between: Float64Array;
  /** Σ (n_k/N) log n_k: what remains of the loss under perfect separation. */
  readonly floor: number;
  /** The loss above its floor, without cancellation. */
  readonly excess: number;
  readonly objective: number;
  readonly gap: number;
  /** gap over excess. */
  readonly relativeGap: number;
  /** λ over the excess: relative decrease of the excess per unit of tr X. */
  readonly multiplier: number;
  /** Eigenvalue of the gradient on the contrasts of each group, over the excess. */
  readonly within: Float64Array;
  readonly iterations: number;
}

/** The optimum, with what coincides or vanishes at exactly zero where the certificate allows it. */
export function minimiseContrastive(problem: ContrastiveProblem): ContrastivePoint {
  const { groups } = problem;
  const G = groups.length;
  const all: Support = { contrast: groups.map(({ classes }) => classes > 1), mean: groups.map(() => true) };
  const interior = minimiseOver(problem, all);
  const { contrasts, between } = interior;
  const small = SUSPECT * Math.max(...contrasts, ...between);
  const contrast = all.contrast.map((free, g) => free && contrasts[g]! > small);
  const mean = groups.map((_, g) => contrast[g]! || between[g * G + g]! > small);
  if ([...contrast, ...mean].every((free, i) => free === [...all.contrast, ...all.mean][i])) return interior;
  const sparse = minimiseOver(problem, { contrast, mean });
  const accepted = sparse.relativeGap <= Math.max(CONTRASTIVE_TOLERANCE, interior.relativeGap);
  return { ...(accepted ? sparse : interior), iterations: interior.iterations + sparse.iterations };
}

/** The optimum over a support, whether or not more would pay. */
export function minimiseOver(problem: ContrastiveProblem, support: Support): ContrastivePoint {
  const program = contrastiveProgram(problem, support);
  const { blocks, trace, rows, start } = program;
  const { point, steps } = centralPath({
    objective: oddsObjective(rows),
    barrier: semidefiniteBarrier(blocks, [trace]),
    degree: barrierDegree(blocks, [trace]),
    start,
    tolerance: AIM,
  });
  // The loss falls along every ray of the optimum's neighbourhood, so the whole trace is used.
  const used = trace.entries.reduce((sum, [i, a]) => sum + a * point[i]!, 0);
  const y = point.map((value) => (value * traceBound(problem)) / used);
  const read = (indices: readonly number[]): Float64Array => Float64Array.from(indices, (i) => (i >= 0 ? y[i]! : 0));
  const contrasts = read(program.contrast);
  const between = read(program.between);
  return { ...certifyContrastive(problem, program, y, contrasts, between), contrasts, between, iterations: steps };
}

export interface ContrastiveGroup {
  readonly samples: number;
  readonly classes: number;
  readonly featureNorm: number;
  /** Between two class means of the group; null for one class or where they vanish. */
  readonly featureCosine: number | null;
  readonly collapsed: boolean;
  readonly vanished: boolean;
}

/** Norms and cosines of the class means. */
export function describeContrastive({ groups }: ContrastiveProblem, point: ContrastivePoint) {
  const sizes = groups.map(({ classes }) => classes);
  const { norms, cosines } = gramGeometry(sizes, point.contrasts, point.between);
  return {
    crossCosines: cosines,
    groups: groups.map(({ samples, classes }, g): ContrastiveGroup => ({
      samples,
      classes,
      featureNorm: norms[g]!,
      featureCosine: cosines[g]![g]!,
      collapsed: classes > 1 && point.contrasts[g] === 0,
      vanished: norms[g] === 0,
    })),
  };
}
