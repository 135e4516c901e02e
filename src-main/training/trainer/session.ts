/**
 * A training made ready: data opened and planned, a backend started, network and optimiser built on it. Of a network that is
 * trained dense before it is factorised there are two, one after the other. Trains nothing.
 */
import { type ActiveBackend, type BackendChoice, useBackend, type Tf } from '../backends/index.ts';
import { normaliser } from '../data/normalise.ts';
import { openDataset } from '../data/open.ts';
import { planTraining } from '../data/plan.ts';
import {
  buildNetwork,
  createOptimiser,
  declareNetwork,
  denseNetwork,
  factorise,
  type FactorisedLayer,
  type Loss,
  lossOf,
  type Network,
  type Optimiser,
  type PeeledPenalty,
  peeledPenalty,
  scheduleOf,
} from '../networks/index.ts';
import type { Dataset, TrainingPlan } from '../types.ts';
import { type Batches, batchSource } from './batches.ts';
import type { TrainingSpecification } from './specification.ts';

export interface Session {
  readonly specification: TrainingSpecification;
  readonly dataset: Dataset;
  readonly plan: TrainingPlan;
  readonly backend: ActiveBackend;
  readonly tf: Tf;
  readonly network: Network;
  readonly optimiser: Optimiser;
  readonly loss: Loss;
  /** Joins the loss; null where decay is the optimiser's. */
  readonly penalty: PeeledPenalty | null;
  /** Learning rate where a fraction of the training is done. */
  readonly rateAt: (fraction: number) => number;
  readonly batches: Batches;
  dispose(): void;
}

export interface SessionOptions {
  /** In place of the specification's. */
  readonly backend?: BackendChoice;
  /** The epoch that it begins with. */
  readonly epoch?: number;
}

/** @throws InvalidInput naming what cannot be used */
export async function openSession(
  specification: TrainingSpecification,
  { backend = specification.backend, epoch = 1 }: SessionOptions = {},
): Promise<Session> {
  const { data, imbalance, seed, schedule, rate, epochs } = specification;
  const dataset = await openDataset(data);
  const K = dataset.classes.length;
  const ordered =
    imbalance.kind === 'long-tail' && imbalance.order.length === 0
      ? { ...imbalance, order: Array.from({ length: K }, (_, k) => k) }
      : imbalance;
  const plan = planTraining(dataset.train, K, { ...specification.plan, imbalance: ordered, seed });
  // Matrices that are too large to factorise are refused now, not after they have been trained.
  if (specification.denseEpochs > 0)
    declareNetwork({ ...specification.network, factors: 'spectral' }, dataset.shape, K);
  const active = await useBackend(backend);
  const { tf } = active;
  const factor = scheduleOf(schedule, epochs);
  const base: Base = {
    specification,
    dataset,
    plan,
    backend: active,
    tf,
    loss: lossOf(specification.loss, K, tf, {
      classWeights: plan.lossWeights,
      logitAdjustment: plan.logitAdjustment,
    }),
    rateAt: (fraction) => rate * factor(fraction),
    batches: batchSource(tf, normaliser(dataset.train, dataset.shape, plan), dataset.shape),
  };
  return equipped(base, epoch);
}

/** The session of the epochs after the dense ones, its optimiser without a past. The dense one is disposed of. */
export async function factorisedSession(
  dense: Session,
): Promise<{ readonly session: Session; readonly layers: readonly FactorisedLayer[] }> {
  const session = equipped(dense, dense.specification.denseEpochs + 1);
  const layers = await factorise(dense.network, session.network);
  dense.dispose();
  return { session, layers };
}

type Base = Omit<Session, 'network' | 'optimiser' | 'penalty' | 'dispose'>;

/** With the network of an epoch and all that moves its parameters. */
function equipped({ specification, dataset, plan, backend, tf, loss, rateAt, batches }: Base, epoch: number): Session {
  const { seed, peeledDecay } = specification;
  const network = buildNetwork(networkAt(specification, epoch), dataset.shape, dataset.classes.length, seed, tf);
  const optimiser = createOptimiser(specification.optimiser, network.parameters, tf);
  const penalty =
    peeledDecay === null
      ? null
      : peeledPenalty(tf, network, {
          classifier: peeledDecay.classifier,
          features: peeledDecay.feature,
          bias: 0,
          drawn: plan.drawn,
          normalisation: peeledDecay.normalisation,
        });
  return {
    ...{ specification, dataset, plan, backend, tf, loss, rateAt, batches },
    network,
    optimiser,
    penalty,
    dispose() {
      penalty?.dispose();
      optimiser.dispose();
      network.dispose();
    },
  };
}

function networkAt({ network, denseEpochs }: TrainingSpecification, epoch: number): TrainingSpecification['network'] {
  if (epoch <= denseEpochs) return denseNetwork(network);
  // Factors that replace trained matrices are loaded over the ones that cost least to draw.
  return denseEpochs === 0 ? network : { ...network, factors: 'plain' };
}
