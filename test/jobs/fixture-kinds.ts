/** Run kinds that misbehave on purpose, for the tests of the queue. Loaded by the real worker in a real process. */
import type { ExecutableKind, JobContext, JobUse } from '../../src-main/jobs/kinds/kind.ts';

function kind(id: string, execute: (context: JobContext) => Promise<unknown>, resumable = false): ExecutableKind {
  return {
    id,
    label: id,
    description: '',
    parameters: [],
    metrics: [],
    charts: [],
    resumable,
    execute: (_values, context) => execute(context),
  };
}

/** Runs until it is stopped, and declares that it takes so much of the machine. */
const taking = (id: string, use: JobUse): ExecutableKind => ({
  ...kind(id, async (context) => {
    for (;;) {
      await sleep(2);
      await context.breathe();
    }
  }),
  use: () => use,
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const kinds = [
  kind('steady', async (context) => {
    for (let step = 0; step < 1e6; step++) {
      context.points('step', [step], [step]);
      context.progress(step / 1e6, `step ${step}`);
      await sleep(1);
      await context.breathe();
    }
    return null;
  }),
  // Counts to 400 and keeps where it is every 20 steps.
  kind(
    'resumable',
    async (context) => {
      const last = context.checkpoints!.last();
      const first = last === null ? 0 : last[0]! * 20;
      for (let step = first; step < 400; step++) {
        if (step % 20 === 0) await context.checkpoints!.keep(Uint8Array.of(step / 20));
        context.points('step', [step], [step]);
        await sleep(2);
        await context.breathe();
      }
      return { first };
    },
    true,
  ),
  taking('one-thread', { threads: 1, memory: 1e8 }),
  taking('two-threads', { threads: 2, memory: 1e8 }),
  taking('all-threads', { threads: Infinity, memory: 1e8 }),
  taking('large', { threads: 1, memory: 3e9 }),
  kind('quick', async (context) => {
    context.points('value', [1, 2, 3], [1, NaN, Infinity]);
    context.log('info', 'done');
    context.artifact('note.txt', 'text/plain', new TextEncoder().encode('kept'));
    return { seed: context.seed };
  }),
  kind('throws', async (context) => {
    context.points('value', [1], [7]);
    throw new Error('the matrix is not square');
  }),
  kind('aborts', async (context) => {
    context.points('value', [1], [7]);
    await sleep(200);
    await context.breathe();
    process.stderr.write('about to abort\n');
    process.abort();
  }),
  kind('deaf', async () => {
    for (;;) await sleep(1000);
  }),
  kind('no-x', async (context) => {
    context.points('value', [1], [7]);
    context.points('value', [NaN], [8]);
  }),
  kind('bad-file', async (context) => {
    context.artifact('../outside', 'text/plain', new Uint8Array(1));
  }),
  kind('cycle', async () => {
    const result: Record<string, unknown> = {};
    result['self'] = result;
    return result;
  }),
  kind('busy', async (context) => {
    context.log('info', String(process.pid));
    await sleep(100);
    await context.breathe();
    for (;;);
  }),
  kind('flood', async (context) => {
    for (let block = 0; block < 100; block++) {
      const x = Float64Array.from({ length: 10_000 }, (_, i) => block * 10_000 + i);
      context.points('wave', x, x.map(Math.sin));
      await context.breathe();
    }
    return null;
  }),
];

export const findKind = (id: string): ExecutableKind | undefined => kinds.find((one) => one.id === id);
