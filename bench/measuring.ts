/**
 * What measuring collapse adds to training: the mean epoch of the MLP 784-512-512-10 over the 60 epochs that the form
 * proposes, with the measurements that it proposes and without, on every backend that is there. Both figures are of the
 * same training. The network trains on 2,000 samples; with more, both grow alike.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { availableBackends } from '../src-main/training/backends/index.ts';
import { answer, type Answer } from './line.ts';

interface Epoch {
  readonly epochMilliseconds: number;
  readonly measuringMilliseconds: number;
}

export function measuring(): Answer[] {
  const program = join(import.meta.dirname, 'training-epoch.ts');
  return availableBackends()
    .filter(({ available, name }) => available && name !== 'cpu')
    .map(({ name }) => {
      const run = spawnSync(process.execPath, [program, name], { encoding: 'utf8', timeout: 300_000 });
      if (run.status !== 0) throw new Error(`training on ${name} failed: ${run.error?.message ?? run.stderr}`);
      const found = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Epoch;
      const { epochMilliseconds, measuringMilliseconds } = found;
      return answer(
        `mean epoch with collapse measured, MLP 784-512-512-10, ${name}`,
        epochMilliseconds + measuringMilliseconds,
        'the same training without the measurements',
        epochMilliseconds,
        { ...found, share: Number((measuringMilliseconds / epochMilliseconds).toPrecision(3)) },
      );
    });
}
