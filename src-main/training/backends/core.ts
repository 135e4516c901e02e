/**
 * TensorFlow.js with its gradients, loaded once. The Node bundle of tfjs-core leaves the gradients out, and the files
 * that hold them import each other without extensions, as bundlers like it; a resolve hook limited to that folder
 * makes Node accept them. Both copies share one engine and one registry, which tfjs keeps on the global object.
 * Call functions (tf.add(x, y)), not chained methods (x.add(y)): those are not registered.
 */
import { registerHooks } from 'node:module';
import type { Tf } from './backend.ts';

const INSIDE = /\/@tensorflow\/tfjs-core\/dist\//;

let loading: Promise<Tf> | undefined;

/** tfjs-core, able to differentiate. No backend is set yet. */
export function loadCore(): Promise<Tf> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Tf> {
  const tf = await import('@tensorflow/tfjs-core');
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const internal = specifier.startsWith('.') && INSIDE.test(context.parentURL ?? '') && !specifier.endsWith('.js');
      return internal ? { ...next(`${specifier}.js`, context), format: 'module' } : next(specifier, context);
    },
  });
  try {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  } finally {
    hooks.deregister();
  }
  return tf;
}
