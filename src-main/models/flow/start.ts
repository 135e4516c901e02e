/**
 * Where a flow starts: at random, on the balanced manifold WᵀW = HHᵀ, aligned with neural collapse, or near a critical
 * direction that is not neural collapse. docs/flow.md derives the saddles and the rates at which they are left.
 */
import { randomSource } from '../../numerics/random.ts';
import { addScaled, norm, scale } from '../../numerics/vector.ts';
import { InvalidInput } from '../../parameters/specification.ts';
import { centreRows } from './collapse.ts';
import { parts, stateLength, type FlowProblem, type FlowState } from './problem.ts';

/**
 * random: independent normal entries. balanced: W random with Σ w_k = 0, h_{k,i} = w_k/√n, so that all that the flow
 * conserves is zero. aligned: the same with W a simplex ETF. pairs: classes 1 and 2, 3 and 4, … coincide, the pairs on a
 * simplex ETF. polygon: the classes on a regular K-gon in a plane.
 */
export type StartKind = 'random' | 'balanced' | 'aligned' | 'pairs' | 'polygon';

export interface StartOptions {
  readonly kind: StartKind;
  /** ‖W‖_F/√K at the start, > 0: root mean square length of the classifiers. */
  readonly scale: number;
  /** Length of a random addition to the aligned and saddle starts, relative to ‖x‖; 0 for none. */
  readonly perturbation: number;
  readonly seed: number;
}

/** @throws InvalidInput naming p or k, where the start does not exist. */
export function flowStart(problem: FlowProblem, options: StartOptions): FlowState {
  const { classes: K, dimension: p } = problem;
  const random = randomSource(options.seed);
  const x = new Float64Array(stateLength(problem));
  if (options.kind === 'random') {
    const { W, H } = parts(problem, x);
    for (const block of [W, H]) for (let i = 0; i < block.length; i++) block[i] = random.normal() / Math.sqrt(p);
    scale(x, options.scale);
    return x;
  }
  needs(problem, options.kind);
  const { W } = parts(problem, x);
  W.set(directions(options.kind, K, p, random.normal));
  scale(W, (options.scale * Math.sqrt(K)) / norm(W));
  balance(problem, x);
  if (options.kind !== 'balanced' && options.perturbation > 0) {
    const noise = Float64Array.from(x, () => random.normal());
    addScaled(x, (options.perturbation * norm(x)) / norm(noise), noise);
  }
  return x;
}

/** Sets h_{k,i} = w_k/√n: then WᵀW = HHᵀ. */
function balance(problem: FlowProblem, x: FlowState): void {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { W, H } = parts(problem, x);
  for (let k = 0; k < K; k++)
    for (let i = 0; i < n; i++) for (let l = 0; l < p; l++) H[(k * n + i) * p + l] = W[k * p + l]! / Math.sqrt(n);
}

function needs({ classes: K, dimension: p }: FlowProblem, kind: StartKind): void {
  const classes = { random: 2, balanced: 2, aligned: 2, pairs: 4, polygon: 4 }[kind];
  if (K < classes)
    throw new InvalidInput([
      { field: 'k', value: K, message: `the ${kind} start needs K of at least ${classes}, got ${K}` },
    ]);
  if (kind === 'pairs' && K % 2 === 1)
    throw new InvalidInput([{ field: 'k', value: K, message: `the pairs start needs an even K, got ${K}` }]);
  const least = { random: 1, balanced: 1, aligned: K - 1, pairs: Math.max(1, K / 2 - 1), polygon: 2 }[kind];
  if (p < least)
    throw new InvalidInput([
      { field: 'p', value: p, message: `the ${kind} start needs p of at least ${least}, got ${p}` },
    ]);
}

/** K×p classifiers up to scale. */
function directions(kind: StartKind, K: number, p: number, normal: () => number): Float64Array {
  const W = new Float64Array(K * p);
  if (kind === 'balanced')
    return centreRows(
      W.map(() => normal()),
      K,
      p,
    );
  if (kind === 'polygon') {
    for (let k = 0; k < K; k++) {
      W[k * p] = Math.cos((2 * Math.PI * k) / K);
      W[k * p + 1] = Math.sin((2 * Math.PI * k) / K);
    }
    return W;
  }
  if (kind === 'aligned') {
    for (let k = 0; k < K; k++) W.set(simplexVertex(K, k), k * p);
    return W;
  }
  for (let k = 0; k < K; k++) W.set(simplexVertex(K / 2, Math.floor(k / 2)), k * p);
  return W;
}

/** Vertex k of the regular simplex of K vertices about the origin, in K − 1 coordinates (Helmert contrasts). */
function simplexVertex(K: number, k: number): Float64Array {
  return Float64Array.from({ length: K - 1 }, (_, i) => {
    const size = 1 / Math.sqrt((i + 1) * (i + 2));
    return k <= i ? size : k === i + 1 ? -(i + 1) * size : 0;
  });
}
