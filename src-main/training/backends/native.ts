/** Native TensorFlow (tfjs-node), where `npm run setup:native` has installed it into .native/ beside package.json. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import type { Availability, Loaded, Tf } from './backend.ts';
import { nativeFolder } from './places.ts';

/** Written by the set-up as its last step, once the self-test has passed. */
interface Stamp {
  readonly tfjsNode: string;
  readonly tensorflow: string;
  readonly device: 'cpu' | 'gpu';
}

export function nativeAvailability(): Availability {
  const stamp = readStamp();
  if (stamp === null)
    return { name: 'native', available: false, detail: 'not installed', remedy: 'npm run setup:native' };
  return { name: 'native', available: true, detail: describe(stamp), remedy: null };
}

export async function loadNative(tf: Tf): Promise<Loaded> {
  const stamp = readStamp();
  if (stamp === null) throw new Error('native TensorFlow is not installed: run `npm run setup:native`');
  restoreIsNullOrUndefined();
  const require = createRequire(join(nativeFolder(), 'package.json'));
  const node = require('@tensorflow/tfjs-node') as { version: Record<string, string> };
  await tf.setBackend('tensorflow');
  return {
    name: 'native',
    description: describe(stamp),
    version: `${node.version['tfjs-node'] ?? stamp.tfjsNode} (TensorFlow ${stamp.tensorflow})`,
    threads: stamp.device === 'gpu' ? 0 : availableParallelism(),
  };
}

function describe({ tensorflow, device }: Stamp): string {
  return `native TensorFlow ${tensorflow} on the ${device === 'gpu' ? 'GPU' : 'processor'}`;
}

function readStamp(): Stamp | null {
  const file = join(nativeFolder(), 'ready.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stamp) : null;
}

/** tfjs-node 4.22 calls this, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const old = util as { isNullOrUndefined?: (value: unknown) => boolean };
  old.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
