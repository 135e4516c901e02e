/**
 * Every collapse metric of one set of features and, where it is given, its classifier: two passes over the samples, then
 * the metrics from sums. Refuses nothing that its callers let through: what does not exist is null with its reason.
 */
import { packRows, timesRows } from '../numerics/packed-rows.ts';
import { singularValueDecomposition } from '../numerics/singular-values.ts';
import { between, type Between } from './between.ts';
import { classGroups } from './class-groups.ts';
import { classMeans, type ClassMeans } from './class-means.ts';
import { metricKeys, type MetricKey } from './keys.ts';
import { measuredGrams, type MeasuredGrams } from './measured-grams.ts';
import { peeledOptimum, type PeeledOptimum } from './peeled-optimum.ts';
import { referenceDistances } from './reference-frames.ts';
import { rolesOf, type Roles } from './roles.ts';
import type { ClassMeasure, Classifier, FeatureSource, MeasureOptions, Measurement } from './types.ts';
import { cdnv, nc1, nc1Quotient, variabilityCollapse } from './variability.ts';
import {
  cosine,
  equiangle,
  equinorm,
  etfDistance,
  maxAngle,
  meanCosine,
  none,
  pairCosines,
  vectorSet,
  type Answer,
  type VectorSet,
} from './vectors.ts';
import { withinClasses, type Within } from './within.ts';

type Answers = Partial<Record<MetricKey, Answer>>;
const noPause = (): Promise<void> => Promise.resolve();

/**
 * @param breathe awaited between chunks with the share of the work that is done; a rejection ends the measurement.
 * @returns all metrics; O(N d (r + K)) time with a classifier, O(N d r) without, one chunk of memory beside K×d and K×K.
 */
export async function measure(
  source: FeatureSource,
  classifier: Classifier | null,
  options: MeasureOptions,
  breathe: (done: number) => Promise<void> = noPause,
): Promise<Measurement> {
  const { classes: K } = options;
  const d = source.dimension;
  const steps = passes(source, K, classifier !== null);
  const means = await classMeans(source, K, (samples) => breathe(steps.first(samples)));
  const W = classifier === null ? null : vectorSet(classifier.weights, K, d);
  if (means.nonFinite !== null) return withoutFeatures(source, means, W, options);
  const groups = between(means, d, options.centre);
  const weights = sampleWeights(means.counts, groups.present.length, options.pooling);
  const M = vectorSet(groups.means, groups.present.length, d);
  const within = await withinClasses(
    source,
    means,
    groups,
    M,
    classifier,
    options.covariance ? weights : null,
    (samples) => breathe(steps.second(samples)),
  );
  const roles = rolesOf(means.counts, options.majority);
  const grams = measuredGrams(means, W, classifier !== null && classifier.bias !== null);
  const peeled = peeledOf(grams, options);
  const answers: Answers = {
    ...variability(groups, within, means, weights, roles, d),
    ...geometry('h', M, 'class means', (row) => groups.present[row]!),
    ...groupCosines('h', M, roles, groups.present),
    ...(W ? classifierGeometry(W, roles) : {}),
    ...referenceDistances(grams, peeled, options),
    ...(W ? duality(W, M, groups) : {}),
    ...(W && within.decisions ? decisions(within, means, W, source.samples) : {}),
  };
  return {
    ...collected(answers, 'no classifier was given (weights)'),
    options,
    samples: source.samples,
    dimension: d,
    classes: Array.from({ length: K }, (_, k) => classMeasure(k, means, groups, within, M, W)),
    cosines: { mean: cosineTable(M, K, groups.present), classifier: W && cosineTable(W, K, [...means.counts.keys()]) },
    spectra: { mean: groups.spectrum, classifier: W && spectrum(W) },
    grams,
    peeled: typeof peeled === 'string' ? null : peeled,
  };
}

function peeledOf(
  { counts, classifier, featureBudget }: MeasuredGrams,
  { weights }: MeasureOptions,
): PeeledOptimum | string {
  if (classifier === null) return 'no classifier was given (weights)';
  return peeledOptimum(classGroups(counts, weights), featureBudget, classifier.budget);
}

/** Reading a number costs about as much as this many multiplications. */
const READING = 16;

/** Shares of the work that are done after so many samples of either pass. */
function passes({ samples, dimension }: FeatureSource, K: number, classified: boolean) {
  const products = Math.min(dimension, K - 1) + (classified ? K : 0);
  const read = READING / (2 * READING + products);
  return {
    first: (done: number): number => (read * done) / samples,
    second: (done: number): number => read + ((1 - read) * done) / samples,
  };
}

/** 1/N or 1/(P n_k): the weight of one sample of class k in Σ_W. */
function sampleWeights(counts: Float64Array, P: number, pooling: MeasureOptions['pooling']): Float64Array {
  const N = counts.reduce((a, b) => a + b, 0);
  return counts.map((n) => (n === 0 ? 0 : pooling === 'samples' ? 1 / N : 1 / (P * n)));
}

/** Weights of the covariance of some classes alone, pooled the same way. */
function restricted(weights: Float64Array, counts: Float64Array, chosen: readonly number[]): Float64Array {
  const total = chosen.reduce((sum, k) => sum + weights[k]! * counts[k]!, 0);
  return weights.map((weight, k) => (chosen.includes(k) && total > 0 ? weight / total : 0));
}

function variability(
  groups: Between,
  within: Within,
  { counts }: ClassMeans,
  weights: Float64Array,
  roles: Roles | string,
  d: number,
): Answers {
  const ofGroup = (name: keyof Roles): Answer => {
    if (typeof roles === 'string') return none(roles);
    const chosen = roles[name].filter((k) => counts[k]! > 0);
    return chosen.length === 0
      ? none(`no ${name} class has samples`)
      : nc1(groups, within, restricted(weights, counts, chosen));
  };
  const P = groups.present.length;
  const lone = P < 2 ? none('only one class has samples') : null;
  const lowRank =
    groups.values.length < Math.min(P - 1, d)
      ? `the class means span ${groups.values.length} directions, fewer than ${Math.min(P - 1, d)}: the pseudo-inverse leaves the others out`
      : null;
  const whole = lone ?? nc1(groups, within, weights);
  return {
    nc1_pinv: whole.value !== null && lowRank !== null ? { value: whole.value, note: lowRank } : whole,
    nc1_quot: lone ?? nc1Quotient(groups, within, weights),
    nc1_cdnv: cdnv(groups, within, counts, d),
    nc1_majority: lone ?? ofGroup('majority'),
    nc1_minority: lone ?? ofGroup('minority'),
    vci: variabilityCollapse(groups, within, d),
  };
}

function geometry(side: 'w' | 'h', set: VectorSet, name: string, label: (row: number) => number): Answers {
  const K = set.count;
  const cosines = pairCosines(set, name, label);
  const impossible =
    set.dimension < K - 1
      ? `d = ${set.dimension} is below K − 1 = ${K - 1}: no simplex ETF fits; the nearest Gram matrix is at distance ${Math.sqrt(2 - 2 * Math.sqrt(set.dimension / (K - 1))).toPrecision(4)}`
      : null;
  const etf = K < 2 ? none(`there are fewer than two ${name}`) : etfDistance(set.gram, K, name);
  return {
    [`nc2_equinorm_${side}`]: equinorm(set, name),
    [`nc2_equiangle_${side}`]: equiangle(cosines),
    [`nc2_maxangle_${side}`]: maxAngle(cosines, K),
    [`nc2_etf_${side}`]: etf.value !== null && impossible !== null ? { value: etf.value, note: impossible } : etf,
  };
}

function groupCosines(side: 'w' | 'h', set: VectorSet, roles: Roles | string, labels: readonly number[]): Answers {
  const rows = (classes: readonly number[]): number[] =>
    classes.map((k) => labels.indexOf(k)).filter((row) => row >= 0);
  const name = side === 'w' ? 'classifiers' : 'class means';
  const mean = (from: keyof Roles, to: keyof Roles): Answer =>
    typeof roles === 'string' ? none(roles) : meanCosine(set, rows(roles[from]), rows(roles[to]), name);
  return {
    [`cos_${side}_majority`]: mean('majority', 'majority'),
    [`cos_${side}_minority`]: mean('minority', 'minority'),
    [`cos_${side}_cross`]: mean('majority', 'minority'),
  };
}

function classifierGeometry(W: VectorSet, roles: Roles | string): Answers {
  const labels = Array.from({ length: W.count }, (_, k) => k);
  return {
    ...geometry('w', W, 'classifiers', (row) => row),
    ...groupCosines('w', W, roles, labels),
  };
}

/** Both over the classes that have samples: a class without has no mean to be compared with. */
function duality(W: VectorSet, M: VectorSet, { present }: Between): Answers {
  const { dimension: d, count: P } = M;
  const rows = Float64Array.from({ length: P * d }, (_, at) => W.rows[present[Math.floor(at / d)]! * d + (at % d)]!);
  const length = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const [w, m] = [length(rows), length(M.rows)];
  if (w === 0 || m === 0) {
    const zero = none(w === 0 ? 'all classifiers are zero' : 'all class means coincide');
    return { nc3_dual: zero, nc3_etf: zero };
  }
  const product = timesRows(rows, packRows(M.rows, P, d), P);
  const note = P < W.count ? `over the ${P} classes that have samples` : undefined;
  const value = Math.sqrt(rows.reduce((sum, x, at) => sum + (x / w - M.rows[at]! / m) ** 2, 0));
  return {
    nc3_dual: note === undefined ? { value } : { value, note },
    nc3_etf: P < 2 ? none('only one class has samples') : etfDistance(product, P, 'logits of the class means'),
  };
}

function decisions({ decisions: made }: Within, means: ClassMeans, W: VectorSet, N: number): Answers {
  const { correct, agreeing, margin } = made!;
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const least = margin.reduce((a, b) => Math.min(a, b), Infinity);
  const size = W.norms.reduce((total, norm) => total + norm * norm, 0) + means.squaredNorm;
  const finite: Answer = Number.isFinite(least) ? { value: least } : none('the logits are not finite');
  return {
    nc4_agree: { value: sum(agreeing) / N },
    accuracy: { value: sum(correct) / N },
    margin_min: finite,
    margin_normalised:
      finite.value === null ? finite : size > 0 ? { value: least / size } : none('all vectors are zero'),
  };
}

function classMeasure(
  k: number,
  { counts }: ClassMeans,
  groups: Between,
  within: Within,
  M: VectorSet,
  W: VectorSet | null,
): ClassMeasure {
  const samples = counts[k]!;
  const row = groups.present.indexOf(k);
  const made = within.decisions;
  return {
    samples,
    meanNorm: row < 0 ? null : M.norms[row]!,
    classifierNorm: W ? W.norms[k]! : null,
    variance: samples === 0 ? null : within.squares[k]! / samples,
    nc1: samples === 0 || groups.values.length === 0 ? null : within.relative[k]! / samples,
    accuracy: made === null || samples === 0 ? null : made.correct[k]! / samples,
    agreement: made === null || samples === 0 ? null : made.agreeing[k]! / samples,
    marginMin: made === null || !Number.isFinite(made.margin[k]) ? null : made.margin[k]!,
  };
}

function cosineTable(set: VectorSet, K: number, labels: readonly number[]): Float64Array {
  const table = new Float64Array(K * K).fill(NaN);
  for (let j = 0; j < set.count; j++)
    for (let k = 0; k < set.count; k++)
      if (!set.vanished.includes(j) && !set.vanished.includes(k))
        table[labels[j]! * K + labels[k]!] = j === k ? 1 : cosine(set, j, k);
  return table;
}

function spectrum({ rows, count, dimension }: VectorSet): Float64Array {
  return singularValueDecomposition(rows, count, dimension).values;
}

/** Every key, null with a reason where the answers say so or do not speak of it. */
function collected(answers: Answers, otherwise: string): Pick<Measurement, 'metrics' | 'reasons'> {
  const metrics = {} as Record<MetricKey, number | null>;
  const reasons: Partial<Record<MetricKey, string>> = {};
  for (const key of metricKeys) {
    const answer = answers[key] ?? none(otherwise);
    const broken = answer.value !== null && !Number.isFinite(answer.value);
    metrics[key] = broken ? null : answer.value;
    const note = broken ? 'the value is beyond what float64 can hold' : answer.note;
    if (note !== undefined) reasons[key] = note;
  }
  return { metrics, reasons };
}

/** Features with a value that is not finite have no means: what concerns them is null, the classifier is still measured. */
function withoutFeatures(
  source: FeatureSource,
  { nonFinite, counts }: ClassMeans,
  W: VectorSet | null,
  options: MeasureOptions,
): Measurement {
  const { sample, column, value } = nonFinite!;
  const K = options.classes;
  const empty: ClassMeasure = {
    samples: 0,
    meanNorm: null,
    classifierNorm: null,
    variance: null,
    nc1: null,
    accuracy: null,
    agreement: null,
    marginMin: null,
  };
  const what = column < 0 ? 'its squared norm is beyond float64' : `feature ${column} is ${value}`;
  return {
    ...collected(
      W ? classifierGeometry(W, rolesOf(counts, options.majority)) : {},
      `sample ${sample} cannot be measured: ${what}`,
    ),
    options,
    samples: source.samples,
    dimension: source.dimension,
    classes: Array.from({ length: K }, (_, k) => ({ ...empty, classifierNorm: W ? W.norms[k]! : null })),
    cosines: {
      mean: new Float64Array(K * K).fill(NaN),
      classifier:
        W &&
        cosineTable(
          W,
          K,
          Array.from({ length: K }, (_, k) => k),
        ),
    },
    spectra: { mean: new Float64Array(0), classifier: W && spectrum(W) },
    grams: null,
    peeled: null,
  };
}
