/** A training made ready: data opened and planned, a backend started, network and optimiser built on it. Trains nothing. */
import { type ActiveBackend, type BackendChoice, useBackend, type Tf } from '../backends/index.ts';
import { normaliser } from '../data/normalise.ts';
import { openDataset } from '../data/open.ts';
import { planTraining } from '../data/plan.ts';
import {
  buildNetwork,
  createOptimiser,
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

/** @param backend in place of the specification's. @throws InvalidInput naming what cannot be used */
export async function openSession(specification: TrainingSpecification, backend?: BackendChoice): Promise<Session> {
  const { data, imbalance, seed } = specification;
  const dataset = await openDataset(data);
  const K = dataset.classes.length;
  const ordered =
    imbalance.kind === 'long-tail' && imbalance.order.length === 0
      ? { ...imbalance, order: Array.from({ length: K }, (_, k) => k) }
      : imbalance;
  const plan = planTraining(dataset.train, K, { ...specification.plan, imbalance: ordered, seed });
  const active = await useBackend(backend ?? specification.backend);
  const { tf } = active;
  const network = buildNetwork(specification.network, dataset.shape, K, seed, tf);
  const optimiser = createOptimiser(specification.optimiser, network.parameters, tf);
  const { schedule, rate, epochs, peeledDecay } = specification;
  const factor = scheduleOf(schedule, epochs);
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
    specification,
    dataset,
    plan,
    backend: active,
    tf,
    network,
    optimiser,
    loss: lossOf(specification.loss, K, tf, {
      classWeights: plan.lossWeights,
      logitAdjustment: plan.logitAdjustment,
    }),
    penalty,
    rateAt: (fraction) => rate * factor(fraction),
    batches: batchSource(tf, normaliser(dataset.train, dataset.shape, plan), dataset.shape),
    dispose() {
      penalty?.dispose();
      optimiser.dispose();
      network.dispose();
    },
  };
}
