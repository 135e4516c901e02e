/**
 * Native TensorFlow, where `npm run setup:native` has put it: the kernels of tfjs-node, a binding compiled here and the
 * library of TensorFlow's own Python wheel. Of tfjs-node only what computes is loaded; it shares this process's tfjs-core.
 * Set up with CUDA it computes on an NVIDIA card where TensorFlow finds one, else on the processor.
 */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Availability, Loaded, Tf } from './backend.ts';
import { installation } from './places.ts';

type NativeBackend = KernelBackend & { readonly isUsingGpuDevice: boolean };

export function nativeAvailability(): Availability {
  const installed = installation('native');
  if (installed === null)
    return { name: 'native', available: false, detail: 'not installed', remedy: 'npm run setup:native' };
  const { version, folder } = installed;
  const card = !hasCuda(folder) ? '' : existsSync(CARD) ? '; an NVIDIA card is there' : `; ${NO_CARD}`;
  return { name: 'native', available: true, detail: `${version}${card}`, remedy: null };
}

/** The first card, as NVIDIA's driver shows it. Whether TensorFlow can use it shows only when it is loaded. */
const CARD = '/dev/nvidia0';
const NO_CARD = 'no NVIDIA card found, so it computes on the processor';

/** Where the set-up puts NVIDIA's libraries, found by TensorFlow's own search path. */
const hasCuda = (folder: string): boolean => existsSync(join(folder, 'nvidia'));

export async function loadNative(tf: Tf): Promise<Loaded> {
  const installed = installation('native');
  if (installed === null) throw new Error('native TensorFlow is not installed');
  if (!tf.engine().registryFactory['tensorflow']) register(tf, installed.folder);
  await tf.setBackend('tensorflow');
  const { version, folder } = installed;
  if ((tf.backend() as NativeBackend).isUsingGpuDevice)
    return { name: 'native', description: 'native TensorFlow on an NVIDIA card', version, threads: 0 };
  const threads = availableParallelism();
  const without = hasCuda(folder) ? '; no NVIDIA card found' : '';
  const description = `native TensorFlow on the processor, ${threads} thread${threads === 1 ? '' : 's'}${without}`;
  return { name: 'native', description, version, threads };
}

function register(tf: Tf, folder: string): void {
  // Read by TensorFlow when its library starts: errors only on stderr, and sums in an order that does not depend on timing.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_DETERMINISTIC_OPS'] ??= '1';
  // On a card: true single precision instead of products rounded to 10 bits, and no more memory than is needed.
  process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  restoreIsNullOrUndefined();
  const core = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core');
  const require = createRequire(join(folder, 'package.json'));
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(/^@tensorflow\/tfjs(-core)?$/.test(specifier) ? core : specifier, context),
  });
  try {
    require('@tensorflow/tfjs-node/dist/register_all_kernels.js');
    const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js') as {
      NodeJSKernelBackend: new (binding: unknown, name: string) => NativeBackend;
    };
    const binding: unknown = require('./lib/tfjs_binding.node');
    tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'));
  } finally {
    hooks.deregister();
  }
}

/** tfjs-node 4.22 calls this function, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const old = util as { isNullOrUndefined?: (value: unknown) => boolean };
  old.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
