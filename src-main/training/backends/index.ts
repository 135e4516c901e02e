/** The door of the compute backends: `useBackend(choice)` gives tfjs with a backend that trains. */
export {
  BACKENDS,
  type ActiveBackend,
  type Availability,
  type BackendChoice,
  type BackendName,
  type Speed,
  type Tf,
} from './backend.ts';
export { batchNormTraining, type Normalised } from './batch-norm.ts';
export { measureSpeed } from './speed.ts';
export { rememberedSpeed } from './speeds.ts';
export { availableBackends, likelyBackend, useBackend } from './use.ts';
