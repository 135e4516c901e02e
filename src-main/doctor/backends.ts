/**
 * The doctor on compute backends: what is there, how fast it was when last measured, and the command that gets the rest.
 * Reads what was remembered; measuring takes seconds and happens only where asked for.
 */
import {
  availableBackends,
  rememberedSpeed,
  useBackend,
  type BackendName,
  type Speed,
} from '../training/backends/index.ts';
import type { Check } from './checks.ts';

const labels = { native: 'Native TensorFlow', webgpu: 'WebGPU', wasm: 'WebAssembly' } as const;
/** What a backend that is missing would be good for. */
const worth = {
  native: 'not needed, but several times faster than WebAssembly',
  webgpu: 'of use where there is a graphics card',
  wasm: '',
} as const;
const names = Object.keys(labels) as (keyof typeof labels)[];

/** One check a backend. A missing one is no fault: WebAssembly trains everything. */
export const backendChecks: readonly Check[] = names.map((name) => ({
  id: `backend-${name}`,
  label: `Training: ${labels[name]}`,
  run: () => {
    const { available, detail, remedy } = availableBackends().find((backend) => backend.name === name)!;
    if (!available) return { state: 'good', detail: `${detail}; ${worth[name]}`, remedy };
    return { state: 'good', detail: `${detail}; ${describe(rememberedSpeed(name))}`, remedy: null };
  },
}));

/** Measures every backend that is there, one after the other. A backend that fails to start stays unmeasured. */
export async function measureBackends(): Promise<void> {
  for (const name of names.filter(isAvailable)) {
    try {
      await useBackend(name, { measure: true });
    } catch {
      continue;
    }
  }
}

const isAvailable = (name: BackendName): boolean =>
  availableBackends().some((backend) => backend.name === name && backend.available);

function describe(speed: Speed | null): string {
  if (speed === null) return 'not measured yet (`peel doctor --measure`)';
  const round = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toPrecision(2));
  const products = [speed.product, speed.productTransposedA, speed.productTransposedB].map(round).join(', ');
  return `products A·B, Aᵀ·B, A·Bᵀ at ${products} GFLOP/s, convolution steps at ${round(speed.convolutionStep)}`;
}
