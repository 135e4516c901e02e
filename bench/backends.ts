/**
 * Training steps of the MLP 784-512-512-10 and of the small CNN at batch 128 on every backend that is there: WebAssembly
 * with our kernels beside the one that comes with tfjs, native TensorFlow beside PyTorch (where the Python of the
 * peers has it; it is too big to install unasked).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { availableBackends } from '../src-main/training/backends/index.ts';
import { answer, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const networks = { mlp: 'MLP 784-512-512-10', cnn: 'CNN of 32 and 64 channels' } as const;
type NetworkName = keyof typeof networks;

function stepOf(network: NetworkName, backend: string): { milliseconds: number } | { error: string } {
  const program = join(import.meta.dirname, 'training-step.ts');
  const run = spawnSync(process.execPath, [program, network, backend], { encoding: 'utf8', timeout: 300_000 });
  const line = run.stdout?.trim().split('\n').at(-1) ?? '';
  if (run.status === 0) return JSON.parse(line) as { milliseconds: number };
  return { error: /^\w*Error: (.*)$/m.exec(run.stderr ?? '')?.[1] ?? 'stopped' };
}

export async function backends(noPython: string | null): Promise<Answer[]> {
  const answers: Answer[] = [];
  const usable = availableBackends().filter(({ available, name }) => available && name !== 'cpu');
  for (const network of Object.keys(networks) as NetworkName[]) {
    const torch = noPython === null ? runPeer('training_peer.py', { network }, 300) : { error: noPython };
    const pytorch = typeof torch['milliseconds'] === 'number' ? torch['milliseconds'] : null;
    for (const { name } of usable) {
      const mine = stepOf(network, name);
      if ('error' in mine) throw new Error(`${network} on ${name}: ${mine.error}`);
      const plain = name === 'wasm' ? stepOf(network, 'plain') : null;
      const figure = plain === null ? pytorch : 'milliseconds' in plain ? plain.milliseconds : null;
      answers.push(
        answer(
          `training step, ${networks[network]}, batch 128, ${name}`,
          mine.milliseconds,
          name === 'wasm' ? 'the same on the WebAssembly backend of tfjs as it comes' : 'PyTorch on the processor',
          figure,
          {
            stepsPerSecond: Number((1000 / mine.milliseconds).toPrecision(3)),
            pytorchMilliseconds: pytorch,
            pytorchError: torch.error ?? null,
            peerError: plain && 'error' in plain ? plain.error : null,
          },
        ),
      );
    }
  }
  return answers;
}
