/**
 * A program of its own for bench/measuring.ts, `training-epoch.ts BACKEND [SAMPLES]`: trains the MLP 784-512-512-10 for the
 * 60 epochs that the form proposes, collapse measured at the epochs that it proposes, and prints one line of JSON: the
 * milliseconds of an epoch without measuring, and what measuring adds to it on average.
 */
import type { BackendName } from '../src-main/training/backends/index.ts';
import { train } from '../src-main/training/trainer/train.ts';

const K = 10;
const EPOCHS = 60;

const [backend, samples] = process.argv.slice(2) as [BackendName, string | undefined];
let measured = 0;
const { clocks, session } = await train(
  {
    data: {
      source: 'gaussian',
      classes: K,
      samplesPerClass: Number(samples ?? 2000) / K,
      dimension: 784,
      separation: 6,
      seed: 1,
    },
    imbalance: { kind: 'none' },
    plan: { perClass: null, oversampling: 1, balancedSampling: false, lossWeighting: 'none', adjustment: 0 },
    network: { architecture: 'mlp', depth: 2, width: 512, initial: 'uniform' },
    denseEpochs: 0,
    loss: 'ce',
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4, decayed: 'all' },
    peeledDecay: null,
    rate: 0.05,
    schedule: { kind: 'step', warmUp: 0 },
    batch: 128,
    epochs: EPOCHS,
    backend,
    measured: 'logarithmic',
    covariance: false,
    seed: 1,
  },
  {
    point: (metric) => void (measured += Number(metric === 'fit_loss')),
    log: () => undefined,
    progress: () => undefined,
    breathe: () => Promise.resolve(),
  },
);
session.dispose();
const perEpoch = (seconds: number): number => (1000 * seconds) / EPOCHS;
const epochMilliseconds = perEpoch(clocks.training + clocks.evaluating);
process.stdout.write(
  `${JSON.stringify({ epochMilliseconds, measuringMilliseconds: perEpoch(clocks.measuring), measured, epochs: EPOCHS })}\n`,
);
process.exit(0);
