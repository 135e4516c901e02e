/** The door of networks: build one, differentiate its loss, step, save. The caller activates a backend first. */
export { buildNetwork, declareNetwork, parameterCount } from './build.ts';
export { denseNetwork, factorise, type FactorisedLayer } from './factorise.ts';
export { type Loss, type LossName, type LossOptions, lossOf } from './losses/loss.ts';
export { batchGradients, type Gradients } from './losses/step.ts';
export { type Optimiser, type OptimiserSpecification } from './optimisers/optimiser.ts';
export { type PeeledPenalty, peeledPenalty } from './losses/penalty.ts';
export { createOptimiser } from './optimisers/index.ts';
export { scheduleOf, type ScheduleSpecification } from './schedules.ts';
export { completeSpecification } from './specification.ts';
export {
  type Architecture,
  type Classifier,
  type Head,
  type NamedArray,
  type Network,
  type NetworkSpecification,
  type Outputs,
  type Parameter,
} from './types.ts';
