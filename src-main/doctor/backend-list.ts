/** The compute backends of training as the studio lists them: what is there, its speed when last measured, how to get the rest. */
import type { BackendInfo } from '../api/contract.ts';
import { availableBackends, rememberedSpeed } from '../training/backends/index.ts';

/** Starts none of them and measures nothing. Plain JavaScript is for tests and left out. */
export function backendList(): BackendInfo[] {
  return availableBackends()
    .filter(({ name }) => name !== 'cpu')
    .map(({ name, available, detail, remedy }) => ({
      name,
      available,
      detail,
      remedy,
      speed: available ? rememberedSpeed(name) : null,
    }));
}
