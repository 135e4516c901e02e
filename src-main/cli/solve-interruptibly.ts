/**
 * Solves so that Ctrl-C is heard: long problems run in a worker thread that looks at a shared flag between iterations.
 * The first Ctrl-C stops with the best point so far and its certificate; the second one ends the process.
 */
import { Worker } from 'node:worker_threads';
import type { LpmProblem, LpmSolution } from '../lpm/types.ts';
import { programPaths } from '../host/paths.ts';
import { solve } from '../lpm/solve.ts';
import { Failed } from './errors.ts';
import { progressLine } from './progress.ts';
import type { WorkerReply, WorkerTask } from './solve-worker.ts';

/** Fewer groups than this are solved before a hand reaches the keyboard. */
const quick = 8;

export async function solveInterruptibly(problem: LpmProblem, interactive: boolean): Promise<LpmSolution> {
  if (problem.groups.length < quick && problem.dimension === null) return solve(problem);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const task: WorkerTask = { problem, stop };
  const worker = new Worker(programPaths().solveWorker, { workerData: task });
  const line = progressLine(interactive);
  const onSignal = (): void => {
    Atomics.store(stop, 0, 1);
    line.clear();
    if (interactive) process.stderr.write('stopping after this iteration; Ctrl-C again ends at once\n');
    process.removeListener('SIGINT', onSignal);
  };
  process.on('SIGINT', onSignal);
  try {
    return await new Promise<LpmSolution>((resolve, reject) => {
      worker.on('message', (reply: WorkerReply) => {
        if (reply.type === 'progress')
          line.show(`iteration ${reply.iteration}, relative gap ${reply.relativeGap.toExponential(1)}`);
        else resolve(reply.solution);
      });
      worker.on('error', reject);
      worker.on('exit', () =>
        reject(new Failed('internal', 'the solver ended without an answer; nothing was written')),
      );
    });
  } finally {
    process.removeListener('SIGINT', onSignal);
    line.clear();
    await worker.terminate();
  }
}
