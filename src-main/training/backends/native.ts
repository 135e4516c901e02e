/**
 * Native TensorFlow, where `npm run setup:native` has put it: the kernels of tfjs-node, a binding compiled here and the
 * library of TensorFlow's own Python wheel. Of tfjs-node only what computes is loaded; it shares this process's tfjs-core.
 */
import { createRequire, registerHooks } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Availability, Loaded, Tf } from './backend.ts';
import { installation } from './places.ts';

export function nativeAvailability(): Availability {
  const installed = installation('native');
  return installed
    ? { name: 'native', available: true, detail: installed.version, remedy: null }
    : {
        name: 'native',
        available: false,
        detail: 'not installed',
        remedy: 'npm run setup:native',
      };
}

export async function loadNative(tf: Tf): Promise<Loaded> {
  const installed = installation('native');
  if (installed === null) throw new Error('native TensorFlow is not installed');
  if (!tf.engine().registryFactory['tensorflow']) register(tf, installed.folder);
  await tf.setBackend('tensorflow');
  const threads = availableParallelism();
  const description = `native TensorFlow on the processor, ${threads} thread${threads === 1 ? '' : 's'}`;
  return { name: 'native', description, version: installed.version, threads };
}

function register(tf: Tf, folder: string): void {
  // Read by TensorFlow when its library starts: errors only on stderr, and sums in an order that does not depend on timing.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_DETERMINISTIC_OPS'] ??= '1';
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
      NodeJSKernelBackend: new (binding: unknown, name: string) => KernelBackend;
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
