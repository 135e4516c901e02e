/**
 * The steps of training: which samples come next, one gradient step, and the sums of the epoch under way. Where it stands is
 * a few numbers, so that a checkpoint can be taken after any step. Measures nothing and stores nothing.
 */
import type { Scalar } from '@tensorflow/tfjs-core';
import { batchGradients } from '../networks/index.ts';
import { largest } from './evaluate.ts';
import type { Session } from './session.ts';

/** Where training stands. */
export interface Position {
  /** The epoch under way, from 1. */
  readonly epoch: number;
  /** Steps of it that were done. */
  readonly step: number;
  /** Samples of those steps, sum of their losses as trained on (weighted, adjusted), and how many were right. */
  readonly samples: number;
  readonly lossSum: number;
  readonly correct: number;
}

export const START: Position = { epoch: 1, step: 0, samples: 0, lossSum: 0, correct: 0 };

/** A loss beyond this is lost: cross-entropy starts at log K. */
const BEYOND = 1e6;

/** The loss left what can be computed with. The message says when and what is to blame. */
export class Diverged extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Diverged';
  }
}

export interface Loop {
  position(): Position;
  /** Steps of the epoch under way. */
  steps(): number;
  /** One gradient step. @throws Diverged */
  step(): Promise<void>;
  nextEpoch(): void;
}

export function createLoop(session: Session, from: Position): Loop {
  const { tf, network, optimiser, loss, penalty, rateAt, batches, dataset, plan, specification } = session;
  const { batch, epochs } = specification;
  let at = from;
  let order = plan.epoch(at.epoch);

  /** A last batch of one sample has no variance to normalise by, and a gradient of a hundred times the noise: it is left out. */
  const stepsOf = (samples: number): number =>
    batch > 1 && samples % batch === 1 ? Math.max(1, Math.floor(samples / batch)) : Math.ceil(samples / batch);

  async function step(): Promise<void> {
    const indices = order.subarray(at.step * batch, (at.step + 1) * batch);
    const { x, y, labels } = batches(dataset.train, indices);
    let plain: Scalar | undefined;
    const result = batchGradients(tf, network, x, (outputs) => {
      plain = tf.keep(loss(outputs.logits, y));
      return penalty === null ? plain : (tf.add(plain, penalty.of(outputs, y)) as Scalar);
    });
    const rate = rateAt((at.epoch - 1 + at.step / stepsOf(order.length)) / epochs);
    const [[whole], [fit], logits] = await Promise.all([result.objective.data(), plain!.data(), result.logits.data()]);
    if (!Number.isFinite(whole!) || whole! > BEYOND) throw new Diverged(await diagnosis(whole!, rate));
    optimiser.step(result.gradients, rate);
    result.dispose();
    tf.dispose([x, y, plain!]);
    const K = network.classes;
    let correct = 0;
    labels.forEach((label, i) => {
      if (largest(logits.subarray(i * K, (i + 1) * K)) === label) correct++;
    });
    at = {
      epoch: at.epoch,
      step: at.step + 1,
      samples: at.samples + labels.length,
      lossSum: at.lossSum + fit! * labels.length,
      correct: at.correct + correct,
    };
  }

  async function diagnosis(value: number, learningRate: number): Promise<string> {
    const broken = (await network.state())
      .filter(({ values }) => !values.every(Number.isFinite))
      .map(({ name }) => name);
    const blame =
      broken.length > 0 ? `${broken[0]} holds values that are not finite` : 'all parameters are still finite';
    return `training diverged at step ${at.step + 1} of epoch ${at.epoch}: the loss is ${value}; ${blame}. The learning rate was ${learningRate}; a smaller one, or a warm-up, may help`;
  }

  return {
    position: () => at,
    steps: () => stepsOf(order.length),
    step,
    nextEpoch() {
      at = { ...START, epoch: at.epoch + 1 };
      order = plan.epoch(at.epoch);
    },
  };
}
