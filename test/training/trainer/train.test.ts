/**
 * The trainer: what is measured is what a plain reading of the features gives, a stopped training goes on bit by bit, tensors do
 * not pile up, divergence is told, and under decay of last layer and features it finds the optimum of the ridge model.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { solve } from '../../../src-main/lpm/solve.ts';
import { solveRidge } from '../../../src-main/models/ridge/solve.ts';
import { decodeCheckpoint } from '../../../src-main/training/trainer/checkpoint.ts';
import { Diverged } from '../../../src-main/training/trainer/loop.ts';
import { train, type Trained } from '../../../src-main/training/trainer/train.ts';
import type { TrainingSpecification } from '../../../src-main/training/trainer/specification.ts';
import { notes, tiny, type Notes } from './training.ts';

/** Values by name, without the clocks: time is not reproducible. */
function stateOf(checkpoint: Uint8Array) {
  const { clocks, ...rest } = decodeCheckpoint(checkpoint);
  expect(clocks.training).toBeGreaterThan(0);
  return rest;
}

describe('a training', () => {
  let whole: Notes;
  let result: Trained;
  const counts = [12, 60, 12, 60];
  beforeAll(async () => {
    whole = notes();
    result = await train(tiny(), whole);
  });

  it('reports curves at every epoch and measurements at those chosen', () => {
    const epochs = (metric: string) => whole.series.get(metric)!.map(([epoch]) => epoch);
    expect(epochs('train_loss')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(epochs('test_accuracy_minority')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(epochs('nc1_pinv')).toEqual([1, 2, 3, 5, 6]);
    expect(epochs('lpm_cos_w_minority')).toEqual([1, 2, 3, 5, 6]);
    const rates = whole.series.get('learning_rate')!.map(([, rate]) => Number(rate.toPrecision(12)));
    expect(rates).toEqual([0.05, 0.05, 0.005, 0.005, 5e-4, 5e-4]);
    const losses = whole.series.get('train_loss')!;
    expect(losses.at(-1)![1]).toBeLessThan(losses[0]![1] / 3);
    expect(whole.lines.join('\n')).toContain('144 samples of 4 classes, counts 12, 60, 12, 60');
  });

  it('measures the features that it holds, and predicts at the budgets that they spend', () => {
    const { meter, last } = result;
    const { weights } = last.classifier;
    const p = 24;
    // Class means, centred, and their norms by plain loops.
    const means = counts.map((n, k) => {
      const mean = new Float64Array(p);
      meter.labels.forEach((label, i) => {
        if (label === k) for (let j = 0; j < p; j++) mean[j] = mean[j]! + meter.features[i * p + j]! / n;
      });
      return mean;
    });
    const centre = means[0]!.map((_, j) => means.reduce((sum, mean) => sum + mean[j]!, 0) / 4);
    const squares = means.map((mean) => mean.reduce((sum, value, j) => sum + (value - centre[j]!) ** 2, 0));
    const featureBudget = squares.reduce((a, b) => a + b, 0) / 4;
    const classifierBudget = weights.reduce((sum, w) => sum + w * w, 0) / 4;
    const { values } = last.beside;
    expect(values['budget_h']).toBeCloseTo(featureBudget, 9);
    expect(values['budget_w']).toBeCloseTo(classifierBudget, 9);
    expect(values['norm_h_minority']).toBeCloseTo((Math.sqrt(squares[0]!) + Math.sqrt(squares[2]!)) / 2, 9);
    // The same problem, groups in another order, solved here.
    const groups = [12, 60].map((samples) => ({ samples, classes: 2, weight: 1 }));
    const expected = solve({ groups, featureBudget, classifierBudget, dimension: null });
    expect(values['lpm_cos_w_minority']).toBeCloseTo(expected.groups[0]!.classifierCosine!, 8);
    expect(values['lpm_cos_w_majority']).toBeCloseTo(expected.groups[1]!.classifierCosine!, 8);
    expect(values['lpm_cos_w_cross']).toBeCloseTo(expected.crossCosines.classifier[0]![1]!, 8);
    const residual = Math.max(
      ...(['majority', 'minority', 'cross'] as const).map((group) =>
        Math.abs(last.collapse.metrics[`cos_w_${group}`]! - values[`lpm_cos_w_${group}`]!),
      ),
    );
    expect(values['lpm_residual_w']).toBeCloseTo(residual, 12);
    expect(result.verdict.checks.map(({ key }) => key)).toContain('nc2_lpm_w');
  });

  it('counts the same accuracy in evaluation as the collapse metrics do', () => {
    const { evaluation, collapse } = result.last;
    const correct = evaluation.correct.reduce((a, b) => a + b, 0);
    expect(collapse.metrics.accuracy).toBe(correct / 144);
    expect([...evaluation.samples]).toEqual(counts);
  });

  it.each([1, 13, 40])('stopped after %i breaths and resumed it ends in the same bits', async (stopAfter) => {
    const first = notes(null, stopAfter);
    await expect(train(tiny(), first)).rejects.toThrow('stopped');
    const second = notes(first.kept());
    const resumed = await train(tiny(), second);
    expect(stateOf(second.kept()!)).toEqual(stateOf(whole.kept()!));
    expect(resumed.resumedAt).not.toBeNull();
    for (const [metric, points] of second.series)
      if (metric !== 'steps_per_second')
        expect([metric, points]).toEqual([metric, whole.series.get(metric)!.slice(-points.length)]);
    resumed.session.dispose();
  });

  it('resumed from its very end it measures once more and has its result', async () => {
    const again = notes(whole.kept());
    const { verdict, session } = await train(tiny(), again);
    expect(verdict).toEqual(result.verdict);
    expect(again.series.has('train_loss')).toBe(false);
    session.dispose();
  });

  it('holds no more tensors after many epochs than after one, and none after it was disposed of', async () => {
    const { tf } = result.session;
    result.session.dispose();
    const none = tf.memory().numTensors;
    const held: number[] = [];
    const host = notes();
    const counting = { ...host, point: () => void held.push(tf.memory().numTensors) };
    const { session } = await train(tiny({ epochs: 4, measured: 'every' }), counting);
    expect(new Set(held).size).toBe(1);
    session.dispose();
    expect(tf.memory().numTensors).toBe(none);
    expect(none).toBe(0);
  });
});

it('stops where it diverges, with the step and the cause', async () => {
  const host = notes();
  const failure = await train(tiny({ rate: 1e18, network: { architecture: 'mlp', depth: 2, width: 8 } }), host).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Diverged);
  expect((failure as Error).message).toMatch(
    /diverged at step \d+ of epoch 1: the loss is .*learning rate was 1000000/,
  );
});

it('under decay of last layer and features it reaches the certified optimum of the ridge model', async () => {
  const decay = { classifier: 0.03, feature: 0.005, normalisation: 'sample' } as const;
  const specification = tiny({
    data: { source: 'gaussian', classes: 3, samplesPerClass: 12, dimension: 40, separation: 8, seed: 2 },
    imbalance: { kind: 'step', majority: [0], ratio: 3 },
    network: { architecture: 'mlp', depth: 1, width: 64, featureDimension: 6, bias: false },
    optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decayed: 'all' },
    peeledDecay: decay,
    rate: 0.03,
    schedule: { kind: 'cosine', warmUp: 0 },
    batch: 64,
    epochs: 400,
    measured: 'last',
  });
  const { last, verdict, meter, session } = await train(specification, notes());
  const ridge = solveRidge({
    groups: [
      { samples: 12, classes: 1 },
      { samples: 4, classes: 2 },
    ],
    classifierDecay: decay.classifier,
    featureDecay: decay.feature,
    loss: 'cross-entropy',
    bias: false,
    normalisation: 'sample',
  });
  const squared = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value * value, 0);
  const fit = last.evaluation.loss.reduce((a, b) => a + b, 0) / 20;
  const objective =
    fit + (decay.classifier / 2) * squared(last.classifier.weights) + (decay.feature / 2) * squared(meter.features);
  expect(objective).toBeGreaterThan(ridge.lowerBound - 1e-6);
  expect(objective).toBeLessThan(1.0001 * ridge.objective);
  expect(last.beside.values['ridge_residual_w']).toBeLessThan(0.005);
  expect(last.beside.values['ridge_frame_w']).toBeLessThan(0.005);
  expect(verdict).toMatchObject({ outcome: 'as predicted', model: 'ridge model' });
  session.dispose();
});

describe('under the decay of the Layer-Peeled Model, per class', () => {
  const peeledDecay = { classifier: 0.03, feature: 0.03, normalisation: 'class' } as const;
  const specification = (changes: Partial<TrainingSpecification>) =>
    tiny({
      data: { source: 'gaussian', classes: 4, samplesPerClass: 60, dimension: 40, separation: 8, seed: 2 },
      imbalance: { kind: 'step', majority: [0, 2], ratio: 20 },
      network: { architecture: 'mlp', depth: 1, width: 64, featureDimension: 6, bias: false },
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decayed: 'all' },
      peeledDecay,
      rate: 0.01,
      schedule: { kind: 'cosine', warmUp: 0 },
      batch: 42,
      epochs: 300,
      measured: 'last',
      ...changes,
    });

  it('minority classifiers coincide where its optimum says so, and the verdict asks no accuracy of them', async () => {
    const { last, verdict, session } = await train(specification({}), notes());
    const { values } = last.beside;
    const exact = solveRidge({
      groups: [60, 3].map((samples) => ({ samples, classes: 2 })),
      classifierDecay: peeledDecay.classifier,
      featureDecay: peeledDecay.feature,
      loss: 'cross-entropy',
      bias: false,
      normalisation: 'class',
    });
    expect(exact.groups[1]).toMatchObject({ collapsed: true, vanished: false });
    expect(last.collapse.metrics.cos_w_minority).toBeGreaterThan(0.99);
    expect(last.collapse.metrics.cos_w_majority).toBeCloseTo(exact.groups[0]!.classifierCosine!, 2);
    // The Lagrangian of the Layer-Peeled Model: at the budgets that were spent, the model has the same optimum.
    expect(values['lpm_cos_w_minority']).toBeCloseTo(1, 6);
    expect(last.collapse.metrics.nc2_lpm_w).toBeLessThan(0.01);
    expect(values['lpm_r0']).toBeLessThan(20);
    expect(last.evaluation.correct[1]! + last.evaluation.correct[3]!).toBeLessThan(6);
    expect(verdict).toMatchObject({ outcome: 'as predicted', apart: [0, 2] });
    expect(verdict.text).toMatch(/^collapsed, the minority with it, as the ridge model predicts/);
    session.dispose();
  });

  it('and oversampling opens them again, by as much as the effective counts say', async () => {
    const plan = {
      perClass: null,
      oversampling: 20,
      balancedSampling: false,
      lossWeighting: 'none',
      adjustment: 0,
    } as const;
    const { last, verdict, session } = await train(specification({ plan, epochs: 200 }), notes());
    expect(last.beside.values['ridge_cos_w_minority']).toBeCloseTo(-1 / 3, 9);
    expect(last.collapse.metrics.cos_w_minority).toBeCloseTo(-1 / 3, 2);
    expect(verdict.outcome).toBe('as predicted');
    session.dispose();
  });

  it('a training with a fractional oversampling resumes in the same bits', async () => {
    const plan = {
      perClass: null,
      oversampling: 2.5,
      balancedSampling: false,
      lossWeighting: 'none',
      adjustment: 0,
    } as const;
    const short = specification({ plan, epochs: 4, batch: 16 });
    const [whole, first] = [notes(), notes(null, 25)];
    (await train(short, whole)).session.dispose();
    await expect(train(short, first)).rejects.toThrow('stopped');
    const second = notes(first.kept());
    (await train(short, second)).session.dispose();
    expect(stateOf(second.kept()!)).toEqual(stateOf(whole.kept()!));
  });
});
