/** The worker thread of solve-interruptibly.ts: one problem in, progress and one solution out. */
import { parentPort, workerData } from 'node:worker_threads';
import { solve } from '../lpm/solve.ts';
import type { LpmProblem, LpmSolution } from '../lpm/types.ts';

export interface WorkerTask {
  readonly problem: LpmProblem;
  /** One shared cell; 1 asks to stop. */
  readonly stop: Int32Array;
}

export type WorkerReply =
  | { readonly type: 'progress'; readonly iteration: number; readonly relativeGap: number }
  | { readonly type: 'solution'; readonly solution: LpmSolution };

const { problem, stop } = workerData as WorkerTask;
const reply = (message: WorkerReply): void => parentPort?.postMessage(message);
let next = 0;
const solution = solve(problem, {
  onProgress(progress) {
    const now = performance.now();
    if (now >= next) reply({ type: 'progress', ...progress });
    if (now >= next) next = now + 100;
    return Atomics.load(stop, 0) === 0;
  },
});
reply({ type: 'solution', solution });
