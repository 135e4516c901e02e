/**
 * One thread of a job's process for what must go on while the job computes without a pause. It is started with the first
 * script and shared by all, since a thread costs some 50 ms of processor time and 19 MB. It keeps no process alive, and
 * does no work of the job.
 */
import { SHARE_ENV, Worker, type TransferListItem } from 'node:worker_threads';

/** Scripts come as text, since bundles hold one file per process. */
const script = `
require('node:worker_threads').parentPort.on('message', ({ script, data }) => {
  new Function('require', 'data', script)(require, data);
});
`;

let thread: Worker | null = null;

/** Runs a script that finds what it is given as `data`. It must catch its own errors: the others share its thread. */
export function runAside(text: string, data: unknown, transfer: readonly TransferListItem[] = []): void {
  if (thread === null) {
    thread = new Worker(script, { eval: true, env: SHARE_ENV });
    thread.unref();
  }
  thread.postMessage({ script: text, data }, transfer);
}
