/**
 * `npm run bench [-- WORD] [--pytorch]`: every question whose name holds WORD, one JSON line per question and peer on
 * stdout. Peel and its peers run one after the other in this same run; nothing is compared with figures from elsewhere.
 * `--pytorch` adds PyTorch to the peers once.
 */
import { backends } from './backends.ts';
import { collapse, COLLAPSED, LOOSE } from './collapse.ts';
import { curve, single } from './curve.ts';
import { deepLinear } from './deep-linear.ts';
import { flow } from './flow.ts';
import type { Answer } from './line.ts';
import { longTail } from './long-tail.ts';
import { measuring } from './measuring.ts';
import { phase } from './phase-diagram.ts';
import { exponentialTail, iNaturalistLike, imageNetLike } from './profiles.ts';
import { preparePython, preparePytorch } from './python.ts';
import { ridge } from './ridge.ts';

const features = { samples: 50_000, dimension: 512, peerSamples: 2_500 };
const wide = { samples: 50_000, dimension: 2048, peerSamples: 128 };

const questions: Readonly<Record<string, (noPython: string | null) => Promise<Answer[]> | Answer[]>> = {
  single,
  curve,
  'phase-diagram': phase,
  'long-tail-100': (noPython) => longTail('long tail of 100 distinct counts', exponentialTail(100), noPython, 60),
  'long-tail-1000': (noPython) => longTail('long tail of 1000 distinct counts', exponentialTail(1000), noPython, 120),
  'imagenet-lt': (noPython) => longTail('long tail like ImageNet-LT', imageNetLike(), noPython, 120),
  inaturalist: (noPython) => longTail('long tail like iNaturalist 2018', iNaturalistLike(), noPython, 0),
  'collapse-10': (noPython) => collapse({ ...features, classes: 10, noise: COLLAPSED }, noPython),
  'collapse-1000': (noPython) => collapse({ ...features, classes: 1000, noise: COLLAPSED }, noPython),
  'collapse-1000-loose': (noPython) => collapse({ ...features, classes: 1000, noise: LOOSE }, noPython),
  'collapse-2048': (noPython) => collapse({ ...wide, classes: 1000, noise: COLLAPSED }, noPython),
  ridge,
  'deep-linear': deepLinear,
  'flow-1e-4': (noPython) => flow(1e-4, noPython, 60),
  'flow-1e-6': (noPython) => flow(1e-6, noPython, 120),
  'flow-1e-12': (noPython) => flow(1e-12, noPython, 30),
  backends,
  measuring,
};

const options = process.argv.slice(2);
const word = options.find((option) => option !== '--pytorch') ?? '';
const chosen = Object.entries(questions).filter(([name]) => name.includes(word));
if (chosen.length === 0) {
  process.stderr.write(`no question holds "${word}"; there are ${Object.keys(questions).join(', ')}\n`);
  process.exit(2);
}
const noPython = preparePython();
if (noPython === null && options.includes('--pytorch')) {
  const reason = preparePytorch();
  if (reason !== null) process.stderr.write(`PyTorch could not be added: ${reason}\n`);
}
for (const [, ask] of chosen) {
  for (const line of await ask(noPython)) process.stdout.write(`${JSON.stringify(line)}\n`);
}
