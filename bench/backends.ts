/**
 * Training steps at batch 128 on every backend that is there, beside PyTorch with as many threads on the same processor
 * (`npm run bench -- backends --pytorch` installs it: it is too big to install unasked). On WebAssembly also the backend
 * of tfjs as it comes, where that can train the network at all.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { availableBackends } from '../src-main/training/backends/index.ts';
import { answer, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const networks = {
  mlp: 'MLP 784-512-512-10',
  cnn: 'CNN of 32 and 64 channels',
  'vgg-11': 'VGG-11 on 32×32×3',
} as const;
type NetworkName = keyof typeof networks;

/** Where a network or a backend is too slow for that, it has no figure, and says so. */
const LIMIT_SECONDS = 300;

interface Step {
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
  readonly threads: number;
}

function stepOf(network: NetworkName, backend: string): Step | { readonly error: string } {
  const program = join(import.meta.dirname, 'training-step.ts');
  const limit = { timeout: LIMIT_SECONDS * 1000 };
  const run = spawnSync(process.execPath, [program, network, backend], { encoding: 'utf8', ...limit });
  if (run.error) return { error: `stopped after ${LIMIT_SECONDS} s` };
  if (run.status === 0) return JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Step;
  return { error: /^\w*Error: (.*)$/m.exec(run.stderr)?.[1] ?? 'stopped' };
}

/** tfjs as it comes needs minutes for a step of VGG-11, if it can do one. */
function plainStep(network: NetworkName): Record<string, unknown> {
  if (network === 'vgg-11') return { plainError: 'not tried' };
  const plain = stepOf(network, 'plain');
  return 'error' in plain ? { plainError: plain.error } : { plainMilliseconds: plain.milliseconds };
}

export async function backends(noPython: string | null): Promise<Answer[]> {
  const answers: Answer[] = [];
  const usable = availableBackends().filter(({ available, name }) => available && name !== 'cpu');
  for (const network of Object.keys(networks) as NetworkName[])
    for (const { name } of usable) {
      const mine = stepOf(network, name);
      if ('error' in mine) throw new Error(`${network} on ${name}: ${mine.error}`);
      // A graphics card has no threads; it is compared with the whole processor.
      const threads = mine.threads || availableParallelism();
      const torch =
        noPython === null ? runPeer('training_peer.py', { network, threads }, LIMIT_SECONDS) : { error: noPython };
      const figure = torch['milliseconds'];
      answers.push(
        answer(
          `training step, ${networks[network]}, batch 128, ${name}`,
          mine.milliseconds,
          `PyTorch on the processor, ${threads} thread${threads === 1 ? '' : 's'}`,
          typeof figure === 'number' ? figure : null,
          {
            stepsPerSecond: Number((1000 / mine.milliseconds).toPrecision(3)),
            processorMilliseconds: mine.processorMilliseconds,
            // Of processor time on both sides: the fairer one where something else runs on the machine.
            processorRatio: Number(
              (Number(torch['processorMilliseconds']) / mine.processorMilliseconds).toPrecision(3),
            ),
            ...(name === 'wasm' ? plainStep(network) : {}),
            pytorch: torch,
          },
        ),
      );
    }
  return answers;
}
