/**
 * A coarse stand-in for a problem of many groups: Gauss nodes in log c on panels of neighbouring groups. Builds the
 * grid; solves nothing.
 *
 * At the optimum Z = diag(d) + κ with d_k and κ_jk smooth functions of log c, except near the threshold where d falls to
 * zero like a logarithm. A panel of classes replaced by the q nodes of the Gauss rule of its own counting measure is a
 * group problem again, with non-integer sizes w_a, and reproduces every sum over classes to the accuracy of
 * polynomial interpolation. Panels shrink geometrically towards the threshold; there every group stands for itself.
 */

import { gaussRule } from '../../numerics/gauss-quadrature.ts';
import type { ReducedProblem } from './reduced-problem.ts';

export interface Panel {
  /** First group and one past the last. */
  readonly from: number;
  readonly to: number;
  /** First node. */
  readonly node: number;
  /** Ψ by node: orthonormal vectors over the groups of the panel; null if every group is its own node. */
  readonly functions: readonly Float64Array[] | null;
}

export interface Grid {
  readonly fine: ReducedProblem;
  readonly coarse: ReducedProblem;
  readonly panels: readonly Panel[];
}

/** A node must weigh at least one class, or its contrast multiplicity w − 1 would be negative. */
const MIN_WEIGHT = 1;

/**
 * The grid with q nodes a panel, the panels growing by `growth` with the distance in log c from the threshold, which
 * lies before group `threshold` (0…G).
 */
export function buildGrid(fine: ReducedProblem, threshold: number, q: number, growth: number): Grid {
  const { count: G, sizes, shares } = fine;
  const positive = shares.reduce((sum, share) => sum + (share > 0 ? 1 : 0), 0);
  const logShares = shares.map((share) => Math.log(share));
  const cuts = panelCuts(logShares.subarray(0, positive), sizes, threshold, growth);
  if (positive < G) cuts.push(G);
  const panels: Panel[] = [];
  const coarseSizes: number[] = [];
  const coarseShares: number[] = [];
  cuts.slice(1).forEach((to, i) => {
    const from = cuts[i]!;
    const node = coarseSizes.length;
    const rule = from >= positive ? null : usableRule(logShares, sizes, from, to, q);
    panels.push({ from, to, node, functions: rule?.functions ?? null });
    if (rule === null) {
      coarseSizes.push(...sizes.subarray(from, to));
      coarseShares.push(...shares.subarray(from, to));
    } else {
      coarseSizes.push(...rule.weights);
      coarseShares.push(...rule.nodes.map(Math.exp));
    }
  });
  return {
    fine,
    coarse: {
      count: coarseSizes.length,
      sizes: Float64Array.from(coarseSizes),
      shares: Float64Array.from(coarseShares),
      radius: fine.radius,
    },
    panels,
  };
}

/** Groups on either side of the threshold that tell how close classes are there. */
const NEIGHBOURS = 8;

/**
 * Boundaries at distances h, h·growth, h·growth², … from the threshold on both sides; h is the reach of one class: a change
 * of 4/K in log c, or a few classes where they are closer than that.
 */
function panelCuts(logShares: Float64Array, sizes: Float64Array, threshold: number, growth: number): number[] {
  const P = logShares.length;
  const split = Math.min(threshold, P);
  const above = logShares[Math.max(0, split - 1)]!;
  const below = logShares[Math.min(P - 1, split)]!;
  const origin = (above + below) / 2;
  const classes = sizes.reduce((sum, size) => sum + size, 0);
  const cuts = new Set([0, split, P]);
  const extent = logShares[0]! - logShares[P - 1]!;
  const [first, last] = [Math.max(0, split - NEIGHBOURS), Math.min(P - 1, split + NEIGHBOURS)];
  const spacing = (logShares[first]! - logShares[last]!) / (last - first);
  for (let distance = 4 * Math.min(1 / classes, spacing); distance < extent; distance *= growth) {
    let k = split;
    while (k > 0 && logShares[k - 1]! <= origin + distance) k--;
    cuts.add(k);
    k = split;
    while (k < P && logShares[k]! > origin - distance) k++;
    cuts.add(k);
  }
  return [...cuts].sort((i, j) => i - j);
}

/** The largest rule of at most q nodes whose weights are sizes of groups; null if the groups had better stay. */
function usableRule(logShares: Float64Array, sizes: Float64Array, from: number, to: number, q: number) {
  if (to - from <= 1.4 * q) return null;
  const middle = (logShares[from]! + logShares[to - 1]!) / 2;
  const points = logShares.slice(from, to).map((value) => value - middle);
  const masses = sizes.slice(from, to);
  for (let nodes = q; nodes >= 2; nodes--) {
    const rule = gaussRule(points, masses, nodes);
    if (rule.weights.every((weight) => weight >= MIN_WEIGHT))
      return { ...rule, nodes: rule.nodes.map((x) => x + middle) };
  }
  return null;
}

/** Ψᵀ (nodes × groups, row-major), orthonormal rows. */
export function gridFunctions({ fine, coarse, panels }: Grid): Float64Array {
  const G = fine.count;
  const out = new Float64Array(coarse.count * G);
  for (const { from, to, node, functions } of panels) {
    if (functions === null) for (let k = from; k < to; k++) out[(node + k - from) * G + k] = 1;
    else functions.forEach((values, a) => out.set(values, (node + a) * G + from));
  }
  return out;
}
