/**
 * Collapse metrics of 50,000 × 512 features in 10 and in 1,000 classes, read from a file, beside the method of the public
 * training code: sample by sample outer products into d×d covariances, a pseudo-inverse, class loops; in NumPy, float64.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from '../src-main/collapse/measure.ts';
import { writeNpy } from '../src-main/interop/npy.ts';
import { openFeatureFile } from '../src-main/interop/tensors/feature-file.ts';
import { randomSource } from '../src-main/numerics/random.ts';
import { answer, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const N = 50_000;
const d = 512;

/** Class means drawn once, samples at a tenth of their spread, in single precision as networks give them. */
function writeFeatures(folder: string, K: number): void {
  const random = randomSource(7);
  const means = Float64Array.from({ length: K * d }, () => random.normal());
  const features = new Float32Array(N * d);
  const labels = Int32Array.from({ length: N }, (_, i) => i % K);
  for (let i = 0; i < N; i++)
    for (let j = 0; j < d; j++) features[i * d + j] = means[labels[i]! * d + j]! + 0.1 * (random.uniform() - 0.5);
  const weights = Float64Array.from({ length: K * d }, (_, i) => means[i]! + 0.1 * random.normal());
  const write = (name: string, shape: number[], data: Float32Array | Float64Array | Int32Array): void =>
    writeFileSync(join(folder, `${name}.npy`), writeNpy({ shape, data }));
  write('features', [N, d], features);
  write('labels', [N], labels);
  write('weights', [K, d], weights);
}

export async function collapse(K: number, noPython: string | null): Promise<Answer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-bench-'));
  try {
    writeFeatures(folder, K);
    const started = performance.now();
    const file = openFeatureFile(folder, null);
    const options = {
      classes: K,
      centre: 'classes',
      pooling: 'samples',
      majority: null,
      decays: null,
      covariance: false,
    } as const;
    const { metrics } = await measure(file.source, file.classifier, options);
    file.close();
    const milliseconds = performance.now() - started;
    const peer = noPython === null ? runPeer('collapse_peer.py', { folder, classes: K }, 600) : { error: noPython };
    const figure = typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] : null;
    const difference = (key: string): number | null =>
      typeof peer[key] === 'number' ? Math.abs(peer[key] / metrics[key as 'nc1_pinv']! - 1) : null;
    return [
      answer(
        `collapse metrics, ${N} × ${d}, ${K} classes`,
        milliseconds,
        'NumPy, d×d covariances by outer products and pinv',
        figure,
        {
          megabytes: Math.round(process.memoryUsage().rss / 1e6),
          peerMegabytes: peer['megabytes'] ?? null,
          differenceOfNc1: difference('nc1_pinv'),
          differenceOfNc2: difference('nc2_etf_h'),
          peerError: peer.error ?? null,
        },
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
