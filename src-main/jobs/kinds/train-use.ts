/**
 * What a training takes of the machine. Native TensorFlow uses every processor, so that no two such trainings share them:
 * the order of its sums, and so its digits, depend on its own threads alone. The other backends compute in one thread.
 * Memory is an estimate from sizes and from peaks measured on the two processor backends, not a bound. Reads no data.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ParameterValues } from '../../parameters/specification.ts';
import { likelyBackend, type BackendChoice, type BackendName } from '../../training/backends/index.ts';
import type { JobUse } from './kind.ts';
import { GENERATED } from './train-data-parameters.ts';

const FLOAT = 4;
/** A process that has loaded the backend and little else. */
const BACKEND: Readonly<Record<BackendName, number>> = { native: 5e8, webgpu: 4e8, wasm: 2e8, cpu: 2e8 };
/** Parameter, gradient, two moments of an optimiser, and the checkpoint. */
const COPIES = 5;

/** At width factor 1: parameters without the classifier, features, and bytes of a step for each 32×32 image of its batch. */
const NETWORKS: Readonly<Record<string, { parameters: number; features: number; step: number }>> = {
  cnn: { parameters: 0.6e6, features: 128, step: 2e6 },
  'vgg-11': { parameters: 28e6, features: 4096, step: 9e6 },
  'vgg-13': { parameters: 28.3e6, features: 4096, step: 18e6 },
  'resnet-18': { parameters: 11.2e6, features: 512, step: 34e6 },
};
const IMAGE = 32 * 32;

export function trainUse(values: ParameterValues): JobUse {
  const backend = likelyBackend(values['backend'] as BackendChoice);
  const { bytes, samples, pixels } = dataSize(values);
  const { parameters, features, step } = networkSize(values, pixels);
  // Features in float32, and once more while they are measured.
  const measured = 2 * FLOAT * samples * Number(values['featureDimension'] ?? features);
  const memory = BACKEND[backend] + 2 * bytes + measured + COPIES * FLOAT * parameters + Number(values['batch']) * step;
  return { threads: backend === 'native' ? Infinity : 1, memory };
}

function networkSize(values: ParameterValues, pixels: number) {
  const known = NETWORKS[String(values['network'])];
  if (!known) {
    const [depth, width] = [Number(values['depth']), Number(values['width'])];
    const parameters = depth === 0 ? 0 : pixels * width + (depth - 1) * width ** 2;
    return { parameters, features: depth === 0 ? pixels : width, step: 6 * FLOAT * (pixels + depth * width) };
  }
  const factor = Number(values['widthFactor']);
  return {
    parameters: known.parameters * factor ** 2,
    features: Math.round(known.features * factor),
    step: (known.step * factor * pixels) / IMAGE,
  };
}

/** Bytes in memory, samples, and numbers of each. Files other than IDX and CIFAR do not say by their size how many they hold. */
function dataSize(values: ParameterValues): { bytes: number; samples: number; pixels: number } {
  const source = String(values['source']);
  if ((GENERATED as readonly string[]).includes(source)) {
    const pixels = Number(values['dimension']) ** (source === 'gratings' ? 2 : 1);
    const samples = 1.25 * Number(values['classes']) * Number(values['samplesPerClass']);
    return { bytes: FLOAT * samples * pixels, samples, pixels };
  }
  const bytes = bytesAt(String(values['path']));
  const pixels = source === 'idx' ? 28 ** 2 : Number(values['side'] ?? 32) ** 2;
  const colours = source === 'idx' ? 1 : 3;
  return { bytes, samples: bytes / (pixels * colours), pixels };
}

/** Of a file, or of the files that stand in a folder: a folder of images by class is not walked. */
function bytesAt(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => {
    const stat = statSync(join(path, name), { throwIfNoEntry: false });
    return stat?.isFile() ? sum + stat.size : sum;
  }, 0);
}
