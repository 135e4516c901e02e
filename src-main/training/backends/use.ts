/**
 * Chooses and starts a backend. `auto` takes the fastest by measurement among those that are there; a named one is used
 * or refused with the command that gets it. Plain JavaScript is used only when named.
 */
import { InvalidInput } from '../../parameters/specification.ts';
import {
  type ActiveBackend,
  type Availability,
  type BackendChoice,
  type BackendName,
  type Loaded,
  type Tf,
} from './backend.ts';
import { registerBatchNorm } from './batch-norm.ts';
import { loadCore } from './core.ts';
import { loadCpu } from './cpu.ts';
import { loadNative, nativeAvailability } from './native.ts';
import { measureSpeed } from './speed.ts';
import { loadWasm } from './wasm.ts';

const loaders: Readonly<Record<BackendName, (tf: Tf) => Promise<Loaded>>> = {
  native: loadNative,
  webgpu: async () => Promise.reject(new Error('WebGPU is not there')),
  wasm: loadWasm,
  cpu: loadCpu,
};

/** Every backend Peel knows, with what is missing where it is not there. Loads nothing. */
export function availableBackends(): readonly Availability[] {
  return [
    nativeAvailability(),
    { name: 'webgpu', available: false, detail: 'not installed', remedy: null },
    { name: 'wasm', available: true, detail: 'WebAssembly, part of Peel', remedy: null },
    { name: 'cpu', available: true, detail: 'plain JavaScript, for tests only', remedy: null },
  ];
}

/**
 * Starts a backend in this process and makes it the current one. Speeds are measured where `auto` has a choice to make,
 * or where asked for. Throws InvalidInput where the named one is not there.
 */
export async function useBackend(
  choice: BackendChoice,
  options: { readonly measure?: boolean } = {},
): Promise<ActiveBackend> {
  const tf = await loadCore();
  if (choice !== 'auto') return start(tf, choice, options.measure ?? false);
  const candidates = availableBackends().filter(({ name, available }) => available && name !== 'cpu');
  if (candidates.length === 1) return start(tf, candidates[0]!.name, options.measure ?? false);
  let best: ActiveBackend | undefined;
  for (const { name } of candidates) {
    const active = await start(tf, name, true);
    if (best === undefined || worth(active) > worth(best)) best = active;
  }
  await tf.setBackend(best!.name === 'native' ? 'tensorflow' : best!.name);
  return best!;
}

const worth = ({ speed }: ActiveBackend): number => (speed ? Math.sqrt(speed.product * speed.convolutionStep) : 0);

async function start(tf: Tf, name: BackendName, measure: boolean): Promise<ActiveBackend> {
  const { available, detail, remedy } = availableBackends().find((backend) => backend.name === name)!;
  if (!available) {
    const message = `is not there (${detail})${remedy === null ? '' : `; run \`${remedy}\` to get it`}`;
    throw new InvalidInput([{ field: 'backend', value: name, message }]);
  }
  const loaded = await loaders[name](tf);
  registerBatchNorm(tf, name, tf.getBackend());
  const speed = measure ? await measureSpeed(tf) : null;
  return { ...loaded, float32: true, speed, ...(speed ? { gigaflops: speed.product } : {}), tf };
}
