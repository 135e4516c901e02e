/** The WebAssembly backend, which is always there: loaded from node_modules, with our kernels in place of those it lacks. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Loaded, Tf } from './backend.ts';
import { registerTrainingKernels } from './kernels/index.ts';

let initialised = false;

export async function loadWasm(tf: Tf): Promise<Loaded> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  if (!initialised) {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(join(dirname(main), '/'));
    registerTrainingKernels(tf);
  }
  if (!(await keepingProcessHandlers(() => tf.setBackend('wasm'))))
    throw new Error('the WebAssembly backend of TensorFlow.js did not start');
  initialised = true;
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threads = wasm.getThreadsCount();
  const width = simd ? '128-bit SIMD' : 'no SIMD';
  const description = `WebAssembly on the processor, ${width}, ${threads} thread${threads === 1 ? '' : 's'}`;
  return { name: 'wasm', description, version: wasm.version_wasm, threads };
}

/** Emscripten's start-up adds handlers that rethrow what the process did not catch; the process keeps its own instead. */
async function keepingProcessHandlers<T>(work: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => new Set(process.rawListeners(event)));
  const result = await work();
  events.forEach((event, i) => {
    for (const listener of process.rawListeners(event))
      if (!before[i]!.has(listener)) process.removeListener(event, listener as () => void);
  });
  return result;
}
