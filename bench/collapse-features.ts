/**
 * Writes the features that bench/collapse.ts measures as .npy files: class means drawn once, samples about them, in single
 * precision as networks give them. A process of its own, since a child's peak memory counts what its parent held.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy } from '../src-main/interop/npy.ts';
import { randomSource } from '../src-main/numerics/random.ts';
import type { Setting } from './collapse.ts';

const folder = process.argv[2]!;
const { samples: N, dimension: d, classes: K, noise } = JSON.parse(process.argv[3]!) as Setting;
const random = randomSource(7);
const means = Float64Array.from({ length: K * d }, () => random.normal());
const features = new Float32Array(N * d);
const labels = Int32Array.from({ length: N }, (_, i) => i % K);
// Uniform: normal numbers would take longer than the measurement.
const width = noise * Math.sqrt(12);
for (let i = 0; i < N; i++)
  for (let j = 0; j < d; j++) features[i * d + j] = means[labels[i]! * d + j]! + width * (random.uniform() - 0.5);
const weights = Float64Array.from({ length: K * d }, (_, i) => means[i]! + 0.1 * random.normal());
const write = (name: string, shape: number[], data: Float32Array | Float64Array | Int32Array): void =>
  writeFileSync(join(folder, `${name}.npy`), writeNpy({ shape, data }));
write('features', [N, d], features);
write('labels', [N], labels);
write('weights', [K, d], weights);
