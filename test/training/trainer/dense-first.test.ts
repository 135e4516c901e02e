/** Trainings that begin dense and are factorised between two epochs: the dense part, the switch, the same bits when resumed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { decodeCheckpoint } from '../../../src-main/training/trainer/checkpoint.ts';
import { openSession } from '../../../src-main/training/trainer/session.ts';
import type { TrainingSpecification } from '../../../src-main/training/trainer/specification.ts';
import { train } from '../../../src-main/training/trainer/train.ts';
import { notes, tiny, type Notes } from './training.ts';

/** 144 samples: nine steps an epoch. Three epochs dense. */
const low = (changes: Partial<TrainingSpecification> = {}): TrainingSpecification =>
  tiny({
    network: { architecture: 'mlp', depth: 1, width: 24, batchNorm: true, rank: 5, headRank: 2 },
    denseEpochs: 3,
    measured: 'every',
    ...changes,
  });

const trained = async (specification: TrainingSpecification, host: Notes): Promise<Notes> => {
  const { session } = await train(specification, host);
  session.dispose();
  return host;
};
const stopped = async (specification: TrainingSpecification, breaths: number): Promise<Uint8Array> => {
  const host = notes(null, breaths);
  await expect(train(specification, host)).rejects.toThrow('stopped');
  return host.kept()!;
};
const names = (checkpoint: Uint8Array): string[] => decodeCheckpoint(checkpoint).network.map(({ name }) => name);
/** Values by name, without the clocks: time is not reproducible. */
const stateOf = (checkpoint: Uint8Array) => ({ ...decodeCheckpoint(checkpoint), clocks: null });
const upTo = (host: Notes, epoch: number) =>
  Object.fromEntries(
    [...host.series]
      .filter(([metric]) => metric !== 'steps_per_second')
      .map(([metric, points]) => [metric, points.filter(([at]) => at <= epoch)] as const)
      .filter(([, points]) => points.length > 0),
  );

describe('a training that begins dense', () => {
  let whole: Notes;
  beforeAll(async () => {
    whole = await trained(low(), notes());
  });

  it('is a dense training until the switch, and says what the factors keep', async () => {
    const dense = await trained(
      tiny({ network: { architecture: 'mlp', depth: 1, width: 24, batchNorm: true }, measured: 'every' }),
      notes(),
    );
    expect(upTo(whole, 3)).toEqual(upTo(dense, 3));
    expect(whole.series.get('train_loss')![3]).not.toEqual(dense.series.get('train_loss')![3]);
    const told = whole.lines.filter((line) => line.includes('factorised'));
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(
      /^hidden\.1 \(24×12\) factorised after epoch 3 at rank 5: keeps \d[\d.]* % of its squared norm/,
    );
    expect(told[1]).toMatch(/^head \(4×24\) factorised after epoch 3 at rank 2/);
  });

  it('is predicted by the Layer-Peeled Model while its classifier is one matrix', () => {
    expect(whole.series.get('lpm_cos_w_minority')!.map(([epoch]) => epoch)).toEqual([1, 2, 3]);
    expect(whole.series.get('nc2_lpm_w')!.map(([epoch]) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('goes on with an optimiser without a past, from factors of the dense matrices', async () => {
    const ended: Uint8Array[] = [];
    const host = notes();
    const keeping = {
      ...host,
      checkpoints: { last: () => null, keep: (bytes: Uint8Array) => Promise.resolve(void ended.push(bytes)) },
    };
    await trained(low(), keeping);
    const after = ended.map(decodeCheckpoint).find(({ position }) => position.epoch === 4)!;
    expect(after.position.step).toBe(0);
    expect(after.network.map(({ name }) => name)).toEqual(expect.arrayContaining(['hidden.1.right', 'head.left']));
    expect(after.optimiser.length).toBeGreaterThan(0);
    for (const { values } of after.optimiser) expect(values.every((value) => value === 0)).toBe(true);
    const before = ended.map(decodeCheckpoint).find(({ position }) => position.epoch === 3)!;
    expect(before.optimiser.some(({ values }) => values.some((value) => value !== 0))).toBe(true);
  });

  // Of one epoch: nine steps, one chunk of the test set, one of the training set, and one for each pass of the measurement.
  it.each([
    ['in the dense part', 5, 1, 6, 'hidden.1.weight'],
    ['between the last dense step and the switch', 36, 3, 9, 'hidden.1.weight'],
    ['in the first epoch of factors', 42, 4, 4, 'hidden.1.right'],
    ['later', 60, 5, 9, 'hidden.1.right'],
  ])('stopped %s and resumed it ends in the same bits', async (_, breaths, epoch, step, layer) => {
    const checkpoint = await stopped(low(), breaths);
    expect(names(checkpoint)).toContain(layer);
    expect(decodeCheckpoint(checkpoint).position).toMatchObject({ epoch, step });
    const resumed = await trained(low(), notes(checkpoint));
    expect(stateOf(resumed.kept()!)).toEqual(stateOf(whole.kept()!));
    for (const [metric, points] of resumed.series)
      if (metric !== 'steps_per_second')
        expect([metric, points]).toEqual([metric, whole.series.get(metric)!.slice(-points.length)]);
  });

  it('resumed from the very switch it ends in the same bits', async () => {
    let kept: Uint8Array | null = null;
    const host = notes();
    const keep = (bytes: Uint8Array): Promise<void> => {
      if (decodeCheckpoint(bytes).position.epoch === 4) kept = bytes;
      return Promise.resolve();
    };
    await trained(low(), { ...host, checkpoints: { last: () => null, keep } });
    const resumed = await trained(low(), notes(kept));
    expect(stateOf(resumed.kept()!)).toEqual(stateOf(whole.kept()!));
  });

  it('holds no tensor after it was disposed of', async () => {
    const { session } = await train(low(), notes());
    const { tf } = session;
    session.dispose();
    expect(tf.memory().numTensors).toBe(0);
    await stopped(low(), 42);
    expect(tf.memory().numTensors).toBe(0);
  });
});

it('with Adam, whose steps are counted from the switch on', async () => {
  const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const optimiser = { kind: 'adam', ...moments, weightDecay: 0, decayed: 'all' } as const;
  const host = await trained(low({ optimiser, rate: 0.003 }), notes());
  const steps = decodeCheckpoint(host.kept()!).optimiser.find(({ name }) => name === 'adam.steps')!;
  expect(steps.values[0]).toBe(27);
});

it('refuses matrices that are too large to decompose before it trains them', async () => {
  const network = { architecture: 'mlp', depth: 2, width: 1100, rank: 5 } as const;
  const refusal = await openSession(low({ network })).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InvalidInput);
  expect((refusal as InvalidInput).issues).toMatchObject([{ field: 'factors', value: 'spectral' }]);
});
