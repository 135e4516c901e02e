/** Run kinds that take their time, for the samples of the machine. Loaded by the real worker in a real process. */
import type { ExecutableKind, JobContext } from '../../../src-main/jobs/kinds/kind.ts';

function kind(id: string, execute: (context: JobContext) => Promise<unknown>): ExecutableKind {
  return {
    id,
    label: id,
    description: '',
    parameters: [],
    metrics: [],
    charts: [],
    resumable: true,
    execute: (_values, context) => execute(context),
  };
}

const kinds = [
  // Lets nothing in for five seconds; says how large it is.
  kind('blocks', async (context) => {
    context.points('resident', [0], [process.memoryUsage.rss()]);
    for (const end = performance.now() + 5000; performance.now() < end;);
    return null;
  }),
  kind('waits', async (context) => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await context.breathe();
    }
  }),
  kind('quick', async (context) => context.points('value', [1], [1])),
  kind('pretends', async (context) => context.points('system/cpu', [1], [1])),
];

export const findKind = (id: string): ExecutableKind | undefined => kinds.find((one) => one.id === id);
