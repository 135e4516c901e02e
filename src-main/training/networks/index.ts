/** The door of networks: build one, differentiate its loss, step, save. The caller activates a backend first. */
export { buildNetwork, declareNetwork, parameterCount } from './build.ts';
export { denseNetwork, factorise, type FactorisedLayer } from './factorise.ts';
export { type Loss, type LossName, type LossOptions, LOSSES, lossOf } from './losses/loss.ts';
export { type BatchGradients, batchGradients, type Gradients } from './losses/step.ts';
export {
  type AdamSpecification,
  DECAYED,
  type Decayed,
  type Optimiser,
  type OptimiserSpecification,
  type SgdSpecification,
} from './optimisers/optimiser.ts';
export { type PeeledDecay, type PeeledPenalty, peeledPenalty } from './losses/penalty.ts';
export { createOptimiser } from './optimisers/index.ts';
export { SCHEDULES, scheduleOf, type ScheduleSpecification } from './schedules.ts';
export { completeSpecification, NETWORK_DEFAULTS } from './specification.ts';
export {
  type Architecture,
  ARCHITECTURES,
  type Classifier,
  CLASSIFIERS,
  type Head,
  INITIAL_WEIGHTS,
  type InitialWeights,
  type NamedArray,
  type Network,
  type NetworkBuffer,
  type NetworkSpecification,
  type Outputs,
  type Parameter,
  type ParameterRole,
} from './types.ts';
