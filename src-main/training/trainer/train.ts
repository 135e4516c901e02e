/**
 * A whole training: steps, curves every epoch, measurements at chosen ones, checkpoints; from the start or from a checkpoint,
 * with the same numbers either way. Says what happened; what a run keeps of it is the host's matter.
 */
import { metricKeys } from '../../collapse/keys.ts';
import { availableBackends, BACKENDS, type BackendChoice } from '../backends/index.ts';
import { type Checkpoint, type Clocks, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { evaluate, shareOf } from './evaluate.ts';
import { createLoop, Diverged, type Position, START } from './loop.ts';
import { createMeter, type EpochMeasurement, type Meter } from './measure-epoch.ts';
import { isMeasured } from './measured-epochs.ts';
import { openSession, type Session } from './session.ts';
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
  const session = await openSession(specification, from === null ? undefined : backendOf(from, specification, host));
  try {
    return await run(session, from, host);
  } catch (error) {
    session.dispose();
    throw error;
  }
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

async function run(session: Session, from: Checkpoint | null, host: TrainingHost): Promise<Trained> {
  const { specification, network, optimiser, plan, backend, dataset, rateAt } = session;
  const { epochs, seed } = specification;
  if (from !== null) {
    network.load(from.network);
    optimiser.load(from.optimiser);
    host.log('info', `goes on from the checkpoint at epoch ${from.position.epoch}, step ${from.position.step}`);
  }
  const theory = theoryFor(session);
  const meter = createMeter(session, theory);
  const spent = { ...(from?.clocks ?? { training: 0, evaluating: 0, measuring: 0 }) };
  const timed = async <T>(clock: keyof Clocks, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      spent[clock] += (performance.now() - started) / 1000;
    }
  };
  let kept = performance.now();
  const keep = async (position: Position): Promise<void> => {
    if (!host.checkpoints) return;
    const [weights, moments] = [await network.state(), await optimiser.state()];
    await host.checkpoints.keep(
      encodeCheckpoint({ network: weights, optimiser: moments, position, clocks: spent, backend: backend.name, seed }),
    );
    kept = performance.now();
  };

  host.log(
    'info',
    `${dataset.name}: ${plan.samples.length} samples of ${plan.counts.length} classes, counts ${plan.counts.join(', ')}`,
  );
  host.log('info', `${network.parameterCount} parameters, p = ${network.featureDimension}; ${backend.description}`);
  const loop = createLoop(session, from?.position ?? START);
  let last: EpochMeasurement | null = null;
  try {
    if (from === null) await keep(START);
    while (loop.position().epoch <= epochs) {
      await oneEpoch();
      loop.nextEpoch();
      const { epoch } = loop.position();
      if (isMeasured(specification.measured, epoch - 1, epochs)) await keep(loop.position());
    }
    // A job that ended between its last checkpoint and its result measures once more.
    last ??= await measured(epochs);
  } catch (error) {
    if (!(error instanceof Diverged)) await keep(loop.position());
    throw error;
  }

  async function oneEpoch(): Promise<void> {
    const { epoch, step: first } = loop.position();
    const before = spent.training;
    while (loop.position().step < loop.steps()) {
      await timed('training', () => loop.step());
      const { step, lossSum, samples } = loop.position();
      const loss = (lossSum / samples).toPrecision(4);
      host.progress((epoch - 1 + step / loop.steps()) / epochs, `epoch ${epoch} of ${epochs}, loss ${loss}`);
      await host.breathe();
      if (performance.now() - kept > CHECKPOINT_MILLISECONDS) await keep(loop.position());
    }
    const { step, samples, lossSum, correct } = loop.position();
    host.point('train_loss', epoch, lossSum / samples);
    host.point('train_accuracy', epoch, correct / samples);
    host.point('learning_rate', epoch, rateAt((epoch - 1) / epochs));
    if (step > first) host.point('steps_per_second', epoch, (step - first) / (spent.training - before));
    await timed('evaluating', () => tested(epoch));
    if (isMeasured(specification.measured, epoch, epochs)) last = await measured(epoch);
  }

  async function tested(epoch: number): Promise<void> {
    if (dataset.test === null) return;
    const all = Int32Array.from(dataset.test.labels, (_, i) => i);
    const { samples, correct, loss } = await evaluate(session, dataset.test, all, host.breathe);
    const minority = plan.counts.map((_, k) => k).filter((k) => !plan.majority.includes(k));
    const two = plan.majority.length > 0;
    const series: readonly (readonly [string, number | null])[] = [
      ['test_loss', shareOf(loss, samples, null)],
      ['test_accuracy', shareOf(correct, samples, null)],
      ['test_accuracy_majority', two ? shareOf(correct, samples, plan.majority) : null],
      ['test_accuracy_minority', two ? shareOf(correct, samples, minority) : null],
    ];
    for (const [metric, value] of series) if (value !== null) host.point(metric, epoch, value);
  }

  async function measured(epoch: number): Promise<EpochMeasurement> {
    const found = await timed('measuring', () => meter.measure(host.breathe));
    const { samples, loss } = found.evaluation;
    host.point('fit_loss', epoch, shareOf(loss, samples, null)!);
    for (const key of metricKeys) {
      const value = found.collapse.metrics[key];
      if (value !== null) host.point(key, epoch, value);
    }
    for (const [key, value] of Object.entries(found.beside.values)) if (value !== null) host.point(key, epoch, value);
    return found;
  }

  const verdict = judge(last, theory);
  host.log('info', verdict.text);
  return { session, theory, last, meter, verdict, clocks: spent, resumedAt: from?.position.epoch ?? null };
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
