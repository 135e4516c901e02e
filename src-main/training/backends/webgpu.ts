/**
 * WebGPU: the browser's own where there is one, else Dawn, where `npm run setup:webgpu` has put it. Not inside Electron's
 * processes without a page: Dawn hands out memory in a way that Electron forbids. Results are read with
 * `await tensor.data()`; dataSync() does not work on this backend.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Availability, Loaded, Tf } from './backend.ts';
import { installation } from './places.ts';

interface Adapter {
  readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
}
interface Gpu {
  requestAdapter(): Promise<Adapter | null>;
}

const builtIn = (): Gpu | undefined => (globalThis.navigator as { gpu?: Gpu } | undefined)?.gpu;

export function webgpuAvailability(): Availability {
  if (builtIn()) return { name: 'webgpu', available: true, detail: 'built in', remedy: null };
  if (process.versions['electron'])
    return {
      name: 'webgpu',
      available: false,
      detail: "not in Electron's processes; runs of `peel` have it",
      remedy: null,
    };
  const installed = installation('webgpu');
  return installed
    ? { name: 'webgpu', available: true, detail: installed.version, remedy: null }
    : { name: 'webgpu', available: false, detail: 'not installed', remedy: 'npm run setup:webgpu' };
}

export async function loadWebgpu(tf: Tf): Promise<Loaded> {
  if (!builtIn()) await startDawn();
  const adapter = await builtIn()?.requestAdapter();
  if (!adapter) throw new Error('WebGPU finds no graphics adapter on this machine (on Linux it needs a Vulkan driver)');
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('the WebGPU backend of TensorFlow.js did not start');
  const { vendor, architecture, description } = adapter.info;
  const device = description || `${vendor} ${architecture}`.trim() || 'unnamed adapter';
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-backend-webgpu/package.json') as {
    version: string;
  };
  return { name: 'webgpu', description: `WebGPU on ${device}`, version, threads: 0 };
}

async function startDawn(): Promise<void> {
  const installed = installation('webgpu');
  if (installed === null) throw new Error('WebGPU is not installed');
  const entry = createRequire(join(installed.folder, 'package.json')).resolve('webgpu');
  const { create, globals } = (await import(pathToFileURL(entry).href)) as {
    create(options: string[]): Gpu;
    globals: object;
  };
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true });
}
