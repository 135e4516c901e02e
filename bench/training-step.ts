/**
 * A program of its own for bench/backends.ts, `training-step.ts NETWORK BACKEND|plain`: prints the milliseconds of one
 * training step at batch 128 and those of processor time, over all threads (the least of several, so that what else runs
 * on the machine counts little). `plain` is the WebAssembly backend of tfjs as it comes, without the kernels of
 * src-main/training/backends.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { randomSource } from '../src-main/numerics/random.ts';
import { loadCore } from '../src-main/training/backends/core.ts';
import { useBackend, type BackendName, type Tf } from '../src-main/training/backends/index.ts';
import {
  batchGradients,
  buildNetwork,
  createOptimiser,
  lossOf,
  type Architecture,
} from '../src-main/training/networks/index.ts';

const N = 128;
const K = 10;
const LIMIT = 20_000;
const STEPS = 15;

const [architecture, backend] = process.argv.slice(2) as [Architecture, BackendName | 'plain'];
const shape =
  architecture === 'vgg-11' ? { height: 32, width: 32, channels: 3 } : { height: 28, width: 28, channels: 1 };

async function plain(): Promise<Tf> {
  const tf = await loadCore();
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  wasm.setWasmPaths(join(folder, '/'));
  await tf.setBackend('wasm');
  return tf;
}

const { tf, threads } = backend === 'plain' ? { tf: await plain(), threads: 1 } : await useBackend(backend);
const network = buildNetwork({ architecture, depth: 2, width: 512 }, shape, K, 1, tf);
const loss = lossOf('ce', K, tf);
const optimiser = createOptimiser(
  { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4, decayed: 'all' },
  network.parameters,
  tf,
);
const random = randomSource(1);
const images = Float32Array.from({ length: N * shape.height * shape.width * shape.channels }, () => random.normal());
const x: Tensor4D = tf.tensor4d(images, [N, shape.height, shape.width, shape.channels]);
const labels = tf.tensor1d(
  Array.from({ length: N }, (_, i) => i % K),
  'int32',
);

interface Times {
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
}

async function step(): Promise<Times> {
  const start = performance.now();
  const used = process.cpuUsage();
  const gradients = batchGradients(tf, network, x, ({ logits }) => loss(logits, labels));
  optimiser.step(gradients.gradients, 0.01);
  await gradients.objective.data();
  gradients.dispose();
  const { user, system } = process.cpuUsage(used);
  return { milliseconds: performance.now() - start, processorMilliseconds: (user + system) / 1000 };
}

const end = performance.now() + LIMIT;
let least = await step();
for (let i = 0; i < STEPS && performance.now() < end; i++) {
  const next = await step();
  least = {
    milliseconds: Math.min(least.milliseconds, next.milliseconds),
    processorMilliseconds: Math.min(least.processorMilliseconds, next.processorMilliseconds),
  };
}
process.stdout.write(`${JSON.stringify({ ...least, threads })}\n`);
process.exit(0);
