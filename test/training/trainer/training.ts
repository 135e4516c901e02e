/** Tiny trainings for the tests, and a host that remembers what they reported. */
import type { TrainingHost, TrainingSpecification } from '../../../src-main/training/trainer/specification.ts';

export function tiny(changes: Partial<TrainingSpecification> = {}): TrainingSpecification {
  return {
    data: { source: 'gaussian', classes: 4, samplesPerClass: 60, dimension: 12, separation: 5, seed: 1 },
    imbalance: { kind: 'step', majority: [1, 3], ratio: 5 },
    plan: { perClass: null, oversampling: 1, balancedSampling: false, lossWeighting: 'none', adjustment: 0 },
    network: { architecture: 'mlp', depth: 1, width: 24, batchNorm: true },
    denseEpochs: 0,
    loss: 'ce',
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4, decayed: 'all' },
    peeledDecay: null,
    rate: 0.05,
    schedule: { kind: 'step', warmUp: 0 },
    batch: 16,
    epochs: 6,
    backend: 'wasm',
    measured: 'logarithmic',
    covariance: false,
    seed: 3,
    ...changes,
  };
}

export interface Notes extends TrainingHost {
  readonly series: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  readonly lines: readonly string[];
  /** The last checkpoint. */
  kept(): Uint8Array | null;
}

/** @param from a checkpoint to go on from; stopAfter: breaths after which it is stopped */
export function notes(from: Uint8Array | null = null, stopAfter = Infinity): Notes {
  const series = new Map<string, [number, number][]>();
  const lines: string[] = [];
  let last: Uint8Array | null = null;
  let breaths = 0;
  return {
    series,
    lines,
    kept: () => last,
    point(metric, epoch, value) {
      const held = series.get(metric) ?? [];
      series.set(metric, held);
      held.push([epoch, value]);
    },
    log: (_, text) => void lines.push(text),
    progress: () => undefined,
    breathe: () => (++breaths > stopAfter ? Promise.reject(new Error('stopped')) : Promise.resolve()),
    checkpoints: {
      last: () => from,
      keep: (bytes) => {
        last = bytes;
        return Promise.resolve();
      },
    },
  };
}
