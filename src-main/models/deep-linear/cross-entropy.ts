/**
 * Deep linear networks with cross-entropy, numerically: L-BFGS on the factors from two structured starts (one contrast per
 * class, antipodal pairs) and random ones, then with the weakest directions removed, since for M ≥ 2 a direction at zero is a
 * local minimum of its own. The lowest point found is a local optimum: for M ≥ 2 depth favours low rank, and balanced counts need
 * not give a simplex ETF (docs/deep-linear.md). For M = 1 with enough width the problem is convex and the point is certified.
 */
import { createLbfgs } from '../../numerics/lbfgs.ts';
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import type { Basis } from '../basis.ts';
import { etfOptimum } from './balanced-cross-entropy.ts';
import { dualBound } from './certificate.ts';
import { constructOptimum } from './construct.ts';
import { classifierRows, describeClasses, featureRows, frameOf, gramOf } from './describe.ts';
import { factorProblem, type FactorProblem } from './factors.ts';
import { capacity, sampleCount } from './prices.ts';
import { formOfLogits } from './singular-form.ts';
import type { DeepLinearProblem, DeepLinearSolution, SingularForm } from './types.ts';

/** Share of the largest singular value of Ẑ below which a direction has vanished: the others are of its order. */
const VANISHED = 1e-9;
/** Relative distance of neighbouring singular values that still counts as one cluster. */
const CLUSTER = 1e-3;
/** Gradient norms at which a start, and the lowest point of all, is good enough. */
const ROUGH = 1e-7;
const FINE = 1e-11;
/** Truncations tried at most, from the weakest direction up. */
const TRUNCATIONS = 4;
/** Milliseconds between two yields. */
const ROUND = 15;

export interface CrossEntropyOptions {
  /** Random starts beside the structured one; default 6. */
  readonly starts?: number | undefined;
  readonly seed?: number | undefined;
}

interface Point {
  readonly form: SingularForm;
  readonly bias: Float64Array;
  readonly objective: number;
  readonly gradientNorm: number;
}

/** Runs to the end. */
export function solveCrossEntropy(problem: DeepLinearProblem, options: CrossEntropyOptions = {}): DeepLinearSolution {
  const rounds = crossEntropyRounds(problem, options);
  for (;;) {
    const { done, value } = rounds.next();
    if (done) return value;
  }
}

/** What a solve is at. */
export interface Round {
  /** 0 … 1, by starts. */
  readonly fraction: number;
  readonly text: string;
}

/** The same as a generator that yields what it is at, every few milliseconds. */
export function* crossEntropyRounds(
  problem: DeepLinearProblem,
  { starts = 6, seed = 0 }: CrossEntropyOptions = {},
): Generator<Round, DeepLinearSolution> {
  const K = problem.counts.length;
  // Widths beyond K add nothing but rotations.
  const room = capacity(problem);
  const target = factorProblem(problem, new Array<number>(problem.decays.length).fill(room));
  const { normal } = randomSource(seed);
  let best = zeroPoint(target);
  const shares = logShares(problem);
  const structured = [contrastRows(problem), pairRows(problem)].map((rows) => formOfLogits(problem, rows, K, room));
  const typical = structured[0]!;
  const inits = structured.map((form) => constructOptimum(target, form, shares));
  for (let i = 0; i < starts; i++) inits.push(randomStart(target, typical, normal));
  const rounds = inits.length + TRUNCATIONS + 1;
  for (const [i, init] of inits.entries()) {
    const found = yield* descend(target, init, ROUGH, i / rounds, `start ${i + 1} of ${inits.length}`);
    if (found.objective < best.objective) best = found;
  }
  for (const [i, rank] of clusterEnds(best.form).slice(0, TRUNCATIONS).entries()) {
    const truncated = constructOptimum(target, firstDirections(best.form, rank), best.bias);
    const found = yield* descend(target, truncated, ROUGH, (inits.length + i) / rounds, `with ${rank} directions`);
    if (found.objective < best.objective * (1 - 1e-9)) best = found;
  }
  if (best.form.rank > 0)
    best = yield* descend(
      target,
      constructOptimum(target, best.form, best.bias),
      FINE,
      (rounds - 1) / rounds,
      'lowest',
    );
  return describe(problem, best, inits.length);
}

function* descend(
  target: FactorProblem,
  start: Float64Array,
  gradientTolerance: number,
  fraction: number,
  name: string,
): Generator<Round, Point> {
  const solver = createLbfgs(target.evaluate, start, { gradientTolerance, maxIterations: 20_000 });
  for (let since = performance.now(); solver.step() === 'running';) {
    if (performance.now() - since < ROUND) continue;
    yield { fraction, text: `${name}: iteration ${solver.iterations}, ‖∇‖ ${solver.gradientNorm.toExponential(1)}` };
    since = performance.now();
  }
  const K = target.problem.counts.length;
  const logits = target.layers(solver.x).at(-1)!;
  const whole = formOfLogits(target.problem, logits, K, target.sizes[0]!);
  const z = whole.layerValues.map((s, i) => s ** target.problem.decays.length * whole.featureValues[i]!);
  const rank = z.filter((value) => value > VANISHED * z[0]!).length;
  const bias = Float64Array.from(target.views(solver.x).bias);
  return { ...at(target, firstDirections(whole, rank), bias), gradientNorm: solver.gradientNorm };
}

/** The objective at a balanced form itself, so that what is reported is what was evaluated. */
function at(target: FactorProblem, form: SingularForm, bias: Float64Array): Omit<Point, 'gradientNorm'> {
  const x = constructOptimum(target, form, bias);
  return { form, bias, objective: target.evaluate(x, new Float64Array(target.length)) };
}

/** b = log(n/N), the best constant prediction, or zero without bias. */
function logShares({ counts, bias }: DeepLinearProblem): Float64Array {
  const N = sampleCount(counts);
  return Float64Array.from(counts, (n) => (bias ? Math.log(n / N) : 0));
}

function zeroPoint(target: FactorProblem): Point {
  const empty = new Float64Array(0);
  const form = { rank: 0, left: empty, right: empty, layerValues: empty, featureValues: empty };
  return { ...at(target, form, logShares(target.problem)), gradientNorm: 0 };
}

/** Logit rows √n_k τ (δ − n/N): the bias-free part of the squared loss's target at the size of an ETF of the mean count. */
function contrastRows(problem: DeepLinearProblem): Float64Array {
  const N = sampleCount(problem.counts);
  return logitRows(problem, (k, j) => (j === k ? 1 : 0) - problem.counts[j]! / N);
}

/** Logit rows of classes 2i and 2i + 1, in order of their counts, at opposite ends of one direction. */
function pairRows(problem: DeepLinearProblem): Float64Array {
  const { counts } = problem;
  const order = counts.map((_, k) => k).sort((a, b) => counts[b]! - counts[a]!);
  const place = new Map(order.map((k, at) => [k, at]));
  return logitRows(problem, (k, j) => (j === k ? 1 : (place.get(j)! ^ 1) === place.get(k) ? -1 : 0));
}

function logitRows(problem: DeepLinearProblem, entry: (k: number, j: number) => number): Float64Array {
  const { counts } = problem;
  const K = counts.length;
  const scale = etfOptimum(problem, K, sampleCount(counts) / K).scale || 1;
  return Float64Array.from({ length: K * K }, (_, at) => {
    const k = Math.floor(at / K);
    return scale * Math.sqrt(counts[k]!) * entry(k, at % K);
  });
}

/** Normal entries whose layers have the typical singular values on average. */
function randomStart(target: FactorProblem, typical: SingularForm, normal: () => number): Float64Array {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = new Float64Array(target.length);
  const { weights, features } = target.views(x);
  const fill = (matrix: Float64Array, size: number): void =>
    matrix.forEach((_, i) => (matrix[i] = (size / Math.sqrt(target.sizes[0]!)) * normal()));
  for (const w of weights) fill(w, mean(typical.layerValues));
  fill(features, mean(typical.featureValues));
  return x;
}

/** Ranks at which the singular values fall from one cluster to the next, the whole left out. */
function clusterEnds({ layerValues, rank }: SingularForm): number[] {
  const ends: number[] = [];
  for (let i = rank - 1; i > 0; i--) if (layerValues[i]! < layerValues[i - 1]! * (1 - CLUSTER)) ends.push(i);
  return ends;
}

function firstDirections(form: SingularForm, rank: number): SingularForm {
  const K = form.rank === 0 ? 0 : form.left.length / form.rank;
  const columns = (matrix: Float64Array): Float64Array =>
    Float64Array.from({ length: K * rank }, (_, i) => matrix[Math.floor(i / rank) * form.rank + (i % rank)]!);
  return {
    rank,
    left: columns(form.left),
    right: columns(form.right),
    layerValues: form.layerValues.slice(0, rank),
    featureValues: form.featureValues.slice(0, rank),
  };
}

function describe(problem: DeepLinearProblem, { form, bias, objective, gradientNorm }: Point, starts: number) {
  const K = problem.counts.length;
  const room = capacity(problem);
  const rows = multiplyTransposed(featureRows(problem, form), classifierRows(problem, form), K, form.rank, K);
  const basis = basisOf(
    problem,
    rows.map((z, i) => z + bias[i % K]!),
    objective,
    form.rank < room,
  );
  return {
    problem,
    objective,
    basis: basis ?? {
      kind: 'local' as const,
      text: `lowest of ${starts} starts, gradient ${gradientNorm.toExponential(1)}`,
    },
    rank: form.rank,
    capacity: room,
    tied: false,
    frame: frameOf(gramOf(classifierRows(problem, form), K, form.rank), K),
    classes: describeClasses(problem, form, bias),
    directions: [],
    form,
  };
}

/** Certified where the problem is convex and the widths do not bind; otherwise null. */
function basisOf(problem: DeepLinearProblem, logits: Float64Array, objective: number, free: boolean): Basis | null {
  const wide = free || capacity(problem) === problem.counts.length;
  if (problem.decays.length !== 1 || !wide) return null;
  const gap = (objective - dualBound(problem, logits)) / objective;
  return gap <= 1e-7 ? { kind: 'certified', text: `relative gap ${Math.max(0, gap).toExponential(1)}` } : null;
}
