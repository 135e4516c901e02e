/**
 * Chooses and starts a backend. `auto` takes the fastest by measurement among those that are there; a named one is used
 * or refused with the command that gets it. Plain JavaScript is used only when named. Which one it will be can be asked
 * without starting any.
 */
import { InvalidInput } from '../../parameters/specification.ts';
import { mendAveragePooling } from './average-pool.ts';
import type { ActiveBackend, Availability, BackendChoice, BackendName, Loaded, Speed, Tf } from './backend.ts';
import { registerBatchNorm } from './batch-norm.ts';
import { loadCore } from './core.ts';
import { loadCpu } from './cpu.ts';
import { loadNative, nativeAvailability } from './native.ts';
import { measureSpeed } from './speed.ts';
import { rememberSpeed, rememberedSpeed } from './speeds.ts';
import { loadWasm } from './wasm.ts';
import { loadWebgpu, webgpuAvailability } from './webgpu.ts';

const loaders: Readonly<Record<BackendName, (tf: Tf) => Promise<Loaded>>> = {
  native: loadNative,
  webgpu: loadWebgpu,
  wasm: loadWasm,
  cpu: loadCpu,
};

/** Every backend Peel knows, with what is missing where it is not there. Loads nothing. */
export function availableBackends(): readonly Availability[] {
  return [
    nativeAvailability(),
    webgpuAvailability(),
    { name: 'wasm', available: true, detail: 'part of Peel', remedy: null },
    { name: 'cpu', available: true, detail: 'plain JavaScript, for tests only', remedy: null },
  ];
}

/**
 * Starts a backend in this process and makes it the current one. `auto` with a choice to make measures what was not
 * measured on this machine before; `measure` measures afresh. Throws InvalidInput where the named one is not there.
 */
export async function useBackend(
  choice: BackendChoice,
  options: { readonly measure?: boolean } = {},
): Promise<ActiveBackend> {
  const name = choice === 'auto' ? await fastest() : choice;
  const backend = availableBackends().find((one) => one.name === name);
  if (!backend?.available) {
    const remedy = backend?.remedy ? `; run \`${backend.remedy}\` to get it` : '';
    const message = backend ? `is not there: ${backend.detail}${remedy}` : 'is none of auto, native, webgpu, wasm, cpu';
    throw new InvalidInput([{ field: 'backend', value: choice, message }]);
  }
  const tf = await loadCore();
  const loaded = await loaders[name](tf);
  registerBatchNorm(tf, name, tf.getBackend());
  mendAveragePooling(tf, tf.getBackend());
  const speed = options.measure ? await measured(tf, loaded) : rememberedSpeed(name, loaded.version);
  return { ...loaded, float32: true, speed, ...(speed ? { gigaflops: speed.product } : {}), tf };
}

/**
 * The backend that a choice will most likely start, from what is installed and was measured. Where `auto` has yet to measure,
 * the first that is there, native TensorFlow before others.
 */
export function likelyBackend(choice: BackendChoice): BackendName {
  if (choice !== 'auto') return choice;
  const names = candidates();
  const speeds = names.map((name) => rememberedSpeed(name));
  return names.length === 1 || speeds.includes(null) ? names[0]! : fastestOf(names, speeds);
}

/** Backends that fail to start are passed over: WebAssembly always remains. */
async function fastest(): Promise<BackendName> {
  const names = candidates();
  if (names.length === 1) return names[0]!;
  const speeds: (Speed | null)[] = [];
  for (const name of names) speeds.push(rememberedSpeed(name) ?? (await tryMeasuring(name)));
  return fastestOf(names, speeds);
}

const candidates = (): readonly BackendName[] =>
  availableBackends()
    .filter(({ name, available }) => available && name !== 'cpu')
    .map(({ name }) => name);

function fastestOf(names: readonly BackendName[], speeds: readonly (Speed | null)[]): BackendName {
  let best: { name: BackendName; value: number } = { name: 'wasm', value: 0 };
  names.forEach((name, i) => {
    const speed = speeds[i];
    const value = speed ? Math.sqrt(speed.product * speed.convolutionStep) : 0;
    if (value > best.value) best = { name, value };
  });
  return best.name;
}

async function tryMeasuring(name: BackendName): Promise<Speed | null> {
  try {
    return (await useBackend(name, { measure: true })).speed;
  } catch {
    return null;
  }
}

async function measured(tf: Tf, { name, version }: Loaded): Promise<Speed> {
  const speed = await measureSpeed(tf);
  rememberSpeed(name, version, speed);
  return speed;
}
