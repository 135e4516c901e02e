/**
 * A whole training: steps, curves every epoch, measurements at chosen ones, checkpoints; from the start or from a checkpoint,
 * with the same numbers either way. Where low-rank layers begin dense they are factorised between two epochs, so that the
 * position alone says what a checkpoint holds. Says what happened; what a run keeps of it is the host's matter.
 */
import { availableBackends, BACKENDS, type BackendChoice } from '../backends/index.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { type Clocks, startClocks } from './clocks.ts';
import { shareOf } from './evaluate.ts';
import { heldOut } from './held-out.ts';
import { createLoop, Diverged, type Loop, type Position, START } from './loop.ts';
import { createMeter, type EpochMeasurement, type Meter } from './measure-epoch.ts';
import { isMeasured } from './measured-epochs.ts';
import { factorisedSession, openSession, type Session } from './session.ts';
import type { TrainingHost, TrainingSpecification } from './specification.ts';
import { type Theory, theoryOf } from './theory/beside.ts';
import { judge, type Verdict } from './verdict.ts';

/** A checkpoint is never older than this, measured epochs or not. */
const CHECKPOINT_MILLISECONDS = 120_000;

export interface Trained {
  readonly session: Session;
  readonly theory: Theory;
  readonly last: EpochMeasurement;
  readonly meter: Meter;
  readonly verdict: Verdict;
  readonly clocks: Clocks;
  /** Epoch from which an earlier job's work was taken over; null: trained in one go. */
  readonly resumedAt: number | null;
}

/**
 * Trains to the end. The caller disposes of the session.
 * @throws InvalidInput, Diverged, or what the host's breathe() rejects with; a checkpoint is kept first in that case
 */
export async function train(specification: TrainingSpecification, host: TrainingHost): Promise<Trained> {
  const found = host.checkpoints?.last() ?? null;
  const from = found && decodeCheckpoint(found);
  const session = await openSession(
    specification,
    from === null ? {} : { backend: backendOf(from, specification, host), epoch: from.position.epoch },
  );
  return run(session, from, host);
}

/** The backend that the checkpoint was computed on; another one where that is not there. */
function backendOf(from: Checkpoint, { backend }: TrainingSpecification, host: TrainingHost): BackendChoice {
  const name = BACKENDS.find((each) => each === from.backend);
  if (name !== undefined && availableBackends().some((each) => each.name === name && each.available)) return name;
  host.log(
    'warning',
    `the checkpoint is from the backend ${from.backend}, which is not there; digits will differ from here on`,
  );
  return backend;
}

/** A network with all that is made for it; a factorised one takes the place of a dense one. */
interface Stage {
  readonly session: Session;
  readonly theory: Theory;
  readonly meter: Meter;
  readonly loop: Loop;
}

function stageOf(session: Session, from: Position): Stage {
  const theory = theoryFor(session);
  return { session, theory, meter: createMeter(session, theory), loop: createLoop(session, from) };
}

async function run(opened: Session, from: Checkpoint | null, host: TrainingHost): Promise<Trained> {
  const { specification, plan, backend, dataset, rateAt } = opened;
  const { epochs, seed, denseEpochs } = specification;
  let stage = stageOf(opened, from?.position ?? START);
  const { spent, timed } = startClocks(from?.clocks);
  let kept = performance.now();
  let last: EpochMeasurement | null = null;

  async function keep(): Promise<void> {
    if (!host.checkpoints) return;
    const { network, optimiser } = stage.session;
    const [weights, moments, position] = [await network.state(), await optimiser.state(), stage.loop.position()];
    await host.checkpoints.keep(
      encodeCheckpoint({ network: weights, optimiser: moments, position, clocks: spent, backend: backend.name, seed }),
    );
    kept = performance.now();
  }

  function begin({ network, optimiser }: Session): void {
    if (from !== null) {
      network.load(from.network);
      optimiser.load(from.optimiser);
      host.log('info', `goes on from the checkpoint at epoch ${from.position.epoch}, step ${from.position.step}`);
    }
    host.log(
      'info',
      `${dataset.name}: ${plan.samples.length} samples of ${plan.counts.length} classes, counts ${plan.counts.join(', ')}`,
    );
    host.log('info', `${network.parameterCount} parameters, p = ${network.featureDimension}; ${backend.description}`);
  }

  async function everyEpoch(): Promise<EpochMeasurement> {
    if (from === null) await keep();
    while (stage.loop.position().epoch <= epochs) {
      const done = await oneEpoch();
      if (done === denseEpochs) await factoriseLayers();
      else stage.loop.nextEpoch();
      if (isMeasured(specification.measured, done, epochs)) await keep();
    }
    // A job that ended between its last checkpoint and its result measures once more.
    return last ?? measured(epochs);
  }

  /** @returns which one it was */
  async function oneEpoch(): Promise<number> {
    const { session, loop } = stage;
    const { epoch, step: first } = loop.position();
    const before = spent.training;
    while (loop.position().step < loop.steps()) {
      await timed('training', () => loop.step());
      const { step, lossSum, samples } = loop.position();
      const loss = (lossSum / samples).toPrecision(4);
      host.progress((epoch - 1 + step / loop.steps()) / epochs, `epoch ${epoch} of ${epochs}, loss ${loss}`);
      await host.breathe();
      if (performance.now() - kept > CHECKPOINT_MILLISECONDS) await keep();
    }
    const { step, samples, lossSum, correct } = loop.position();
    host.point('train_loss', epoch, lossSum / samples);
    host.point('train_accuracy', epoch, correct / samples);
    host.point('learning_rate', epoch, rateAt((epoch - 1) / epochs));
    if (step > first) host.point('steps_per_second', epoch, (step - first) / (spent.training - before));
    report(epoch, await timed('evaluating', () => heldOut(session, host.breathe)));
    if (isMeasured(specification.measured, epoch, epochs)) last = await measured(epoch);
    return epoch;
  }

  async function measured(epoch: number): Promise<EpochMeasurement> {
    const found = await timed('measuring', () => stage.meter.measure(host.breathe));
    const { samples, loss } = found.evaluation;
    report(epoch, { fit_loss: shareOf(loss, samples, null), ...found.collapse.metrics, ...found.beside.values });
    return found;
  }

  function report(epoch: number, values: Readonly<Record<string, number | null>>): void {
    for (const [key, value] of Object.entries(values)) if (value !== null) host.point(key, epoch, value);
  }

  /** Network and position change together: neither is ever kept without the other. */
  async function factoriseLayers(): Promise<void> {
    const { session, layers } = await timed('training', () => factorisedSession(stage.session));
    stage = stageOf(session, { ...START, epoch: denseEpochs + 1 });
    for (const { name, outputs, inputs, rank, kept: share } of layers)
      host.log(
        'info',
        `${name} (${outputs}×${inputs}) factorised after epoch ${denseEpochs} at rank ${rank}: keeps ${(100 * share).toPrecision(4)} % of its squared norm`,
      );
  }

  try {
    begin(stage.session);
    const final = await everyEpoch().catch(async (error: unknown) => {
      if (!(error instanceof Diverged)) await keep();
      throw error;
    });
    const { session, theory, meter } = stage;
    const verdict = judge(final, theory);
    host.log('info', verdict.text);
    return { session, theory, last: final, meter, verdict, clocks: spent, resumedAt: from?.position.epoch ?? null };
  } catch (error) {
    stage.session.dispose();
    throw error;
  }
}

function theoryFor({ specification, network, plan }: Session): Theory {
  const { headDepth, headRank, classifier, bias } = network.specification;
  return theoryOf(
    {
      loss: specification.loss,
      bias,
      featureDimension: network.featureDimension,
      headDepth,
      headRank,
      fixedClassifier: classifier === 'etf',
      adjusted: plan.logitAdjustment !== null,
      lossWeighted: plan.lossWeights !== null,
      peeledDecay: specification.peeledDecay,
    },
    plan,
  );
}
