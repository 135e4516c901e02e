/** Theory beside experiment: an exact optimum is at distance zero from its own prediction, whatever the order of its labels. */
import { describe, expect, it } from 'vitest';
import { classGroups } from '../../../src-main/collapse/class-groups.ts';
import { frameDistance } from '../../../src-main/collapse/frame-distance.ts';
import { measuredGrams } from '../../../src-main/collapse/measured-grams.ts';
import { peeledOptimum } from '../../../src-main/collapse/peeled-optimum.ts';
import { vectorSet } from '../../../src-main/collapse/vectors.ts';
import { classifiersAndFeatures } from '../../../src-main/lpm/geometry.ts';
import { thresholds } from '../../../src-main/lpm/thresholds.ts';
import { orthogonalFrame } from '../../../src-main/models/frames/references.ts';
import { classWeights } from '../../../src-main/training/trainer/theory/class-weights.ts';
import { groupCosines } from '../../../src-main/training/trainer/theory/group-cosines.ts';
import { lpmSilent, predictFree, type TrainingTerms } from '../../../src-main/training/trainer/theory/predict.ts';

const TERMS: TrainingTerms = {
  loss: 'ce',
  bias: false,
  featureDimension: 20,
  headDepth: 1,
  headRank: null,
  fixedClassifier: false,
  adjusted: false,
  lossWeighted: false,
  peeledDecay: null,
};

/** W and class means of an exact optimum, rows put where the labels are. */
function optimum(counts: readonly number[], weights: readonly number[], p = 8) {
  const groups = classGroups(counts, weights);
  const prediction = peeledOptimum(groups, 3, 2);
  if (typeof prediction === 'string') throw new Error(prediction);
  const { classifiers, features } = classifiersAndFeatures(prediction.solution.problem, prediction.solution.logits, p);
  const order = groups.members.flat();
  const K = counts.length;
  const [W, means] = [new Float64Array(K * p), new Float64Array(K * p)];
  order.forEach((label, row) => {
    for (let j = 0; j < p; j++) {
      W[label * p + j] = classifiers[row * p + j]!;
      means[label * p + j] = features[j * K + row]!;
    }
  });
  return { prediction, W: vectorSet(W, K, p), means: { counts: Float64Array.from(counts), means } };
}

describe('an optimum of the Layer-Peeled Model', () => {
  it.each([
    { counts: [10, 100, 10, 100, 100], weights: [1, 1, 1, 1, 1], majority: [1, 3, 4] },
    { counts: [10, 100, 10, 100, 100], weights: [4, 1, 4, 1, 1], majority: [1, 3, 4] },
    { counts: [70, 30, 10, 5], weights: [1, 1, 1, 1], majority: [] },
    { counts: [70, 30, 20, 15, 30], weights: [1, 1, 1, 1, 1], majority: [0, 1] },
    { counts: [30, 30, 30, 30], weights: [1, 1, 1, 1], majority: [1, 3] },
    { counts: [0, 50, 0, 50, 50], weights: [1, 1, 1, 1, 1], majority: [1, 3, 4] },
  ])('$counts weighted $weights spends the budgets and is where it was predicted', ({ counts, weights, majority }) => {
    const { prediction, W, means } = optimum(counts, weights);
    const { classifier, centredMean, featureBudget } = measuredGrams(means, W, false);
    expect(classifier!.budget).toBeCloseTo(2, 6);
    expect(featureBudget).toBeCloseTo(3, 6);
    const { frames, classes } = prediction;
    const { members } = classes;
    expect(frameDistance(classifier!, frames.classifier, members, false, 'W').value).toBeLessThan(1e-7);
    expect(frameDistance(centredMean, frames.feature, members, true, 'H').value).toBeLessThan(1e-7);
    // By plain dot products, over all pairs.
    const cosine = (j: number, k: number): number => {
      const dot = (a: number, b: number) =>
        W.rows.subarray(a * 8, a * 8 + 8).reduce((s, w, i) => s + w * W.rows[b * 8 + i]!, 0);
      return dot(j, k) / Math.sqrt(dot(j, j) * dot(k, k));
    };
    const minority = [...counts.keys()].filter((k) => !majority.includes(k));
    const mean = (first: readonly number[], second: readonly number[]): number => {
      const found = first.flatMap((j) => second.filter((k) => k !== j).map((k) => cosine(j, k)));
      return found.reduce((a, b) => a + b, 0) / found.length;
    };
    const { w: classifierCosines } = groupCosines(frames, members, majority, centredMean.labels);
    if (majority.length === 0) expect(classifierCosines).toEqual({ majority: null, minority: null, cross: null });
    else {
      expect(classifierCosines.majority).toBeCloseTo(mean(majority, majority), 7);
      expect(classifierCosines.cross).toBeCloseTo(mean(majority, minority), 7);
      expect(classifierCosines.minority).toBeCloseTo(mean(minority, minority), 7);
    }
    // And a wrong prediction is seen as wrong.
    const wrong = orthogonalFrame(classes.groups).classifier;
    expect(frameDistance(classifier!, wrong, members, false, 'W').value).toBeGreaterThan(0.01);
  });

  it('with a bias spends what its class means spend about their mean', () => {
    const { W, means } = optimum([100, 100, 10, 10], [1, 1, 1, 1]);
    const moved = { ...means, means: means.means.map((value) => value + 5) };
    expect(measuredGrams(moved, W, true).featureBudget).toBeCloseTo(measuredGrams(means, W, true).featureBudget, 9);
    expect(measuredGrams(moved, W, false).featureBudget).toBeGreaterThan(100);
  });

  it('has the thresholds of the weighted problem', () => {
    const { prediction } = optimum([100, 100, 10, 10], [1, 1, 3, 3]);
    const expected = thresholds({
      majorityClasses: 2,
      minorityClasses: 2,
      featureBudget: 3,
      classifierBudget: 2,
      minorityWeight: 3,
    });
    expect(prediction.thresholds).toEqual(expected);
  });
});

describe('the weight of a class', () => {
  const plan = { counts: [100, 10, 0], drawn: [100, 10, 0], lossWeights: null };
  it('is how often its samples are drawn, times their loss weight', () => {
    expect(classWeights(plan)).toEqual([1, 1, 1]);
    expect(classWeights({ ...plan, drawn: [100, 70, 0] })).toEqual([1, 7, 1]);
    const weighted = { ...plan, drawn: [100, 30, 0], lossWeights: Float32Array.of(0.5, 2, 0) };
    expect(classWeights(weighted)).toEqual([0.5, 6, 1]);
  });
});

describe('a model that does not speak of the training', () => {
  it.each<[Partial<TrainingTerms>, RegExp]>([
    [{ loss: 'mse' }, /cross-entropy/],
    [{ adjusted: true }, /adjusted/],
    [{ fixedClassifier: true }, /fixed/],
    [{ headDepth: 2 }, /factorised/],
    [{ featureDimension: 1 }, /p = 1 is below/],
  ])('says so: %j', (change, reason) => {
    expect(lpmSilent({ ...TERMS, ...change }, 3)).toMatch(reason);
  });

  it('and one that does predicts', () => {
    expect(lpmSilent(TERMS, 3)).toBeNull();
    expect(predictFree(TERMS, [100, 10, 10])).toMatch(/has decay on/);
    const peeledDecay = { classifier: 0.01, feature: 1e-4, normalisation: 'sample' } as const;
    expect(predictFree({ ...TERMS, peeledDecay }, [100, 10, 10])).toMatchObject({ model: 'ridge model' });
    expect(predictFree({ ...TERMS, peeledDecay }, [100, 10, 0])).toMatch(/samples in every class/);
    const weighted = { ...TERMS, lossWeighted: true };
    expect(predictFree({ ...weighted, peeledDecay }, [100, 50, 50])).toMatch(/weighs classes/);
    const perClass = { ...peeledDecay, normalisation: 'class' } as const;
    expect(predictFree({ ...weighted, peeledDecay: perClass }, [100, 50, 50])).toMatchObject({ model: 'ridge model' });
    expect(predictFree({ ...TERMS, loss: 'mse', bias: true, peeledDecay: perClass }, [100, 50, 50])).toMatch(/bias/);
    const tail = { ...TERMS, loss: 'mse', headDepth: 3, peeledDecay } as const;
    expect(predictFree(tail, [100, 10, 10])).toMatchObject({ model: 'deep linear network' });
    expect(predictFree({ ...tail, loss: 'ce' }, [100, 10, 10])).toMatch(/squared loss alone/);
    expect(predictFree({ ...tail, bias: true }, [100, 10, 10])).toMatch(/without a bias/);
    expect(predictFree({ ...tail, featureDimension: 2 }, [100, 10, 10])).toMatch(/p = 2 is below K = 3/);
    const classes = classGroups([100, 10, 10], null);
    expect(peeledOptimum(classes, 0, 1)).toMatch(/budget/);
    expect(peeledOptimum(classes, NaN, 1)).toMatch(/budget/);
  });
});

it('a linear tail of one more layer is predicted with the lengths of Dang et al., and classes below the threshold vanish', () => {
  // science.md, checked twice: λ = 5e-4, counts 200, 100, 50, 50, M = 3: ‖w‖² 52.882676, 31.322298, 18.502206.
  const peeledDecay = { classifier: 5e-4, feature: 5e-4, normalisation: 'sample' } as const;
  const terms = { ...TERMS, loss: 'mse', headDepth: 3, peeledDecay } as const;
  const free = predictFree(terms, [50, 200, 100, 50]);
  if (typeof free === 'string') throw new Error(free);
  expect(free.classes.members).toEqual([[1], [2], [0, 3]]);
  const lengths = [0, 1, 2].map((g) => free.frames.classifier.between[g * 3 + g]! ** 2);
  [52.882676, 31.322298, 18.502206].forEach((expected, g) => expect(lengths[g]).toBeCloseTo(expected, 5));
  const tiny = predictFree(terms, [200, 200, 1e-3]);
  expect(tiny).toMatchObject({ solved: [{ vanished: false }, { vanished: true, margin: 0 }] });
});
