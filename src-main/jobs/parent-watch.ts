/**
 * Ends a job's process when its studio is gone, even while the job computes without a pause: the side thread looks at
 * the parent. A job that lets messages in notices by itself and sooner (worker.ts).
 */
import { runAside } from './side-thread.ts';

/** Two looks in a row must agree. */
const script = `
const parent = data;
let missing = 0;
setInterval(() => {
  let there = process.ppid === parent;
  try { process.kill(parent, 0); } catch (error) { there &&= error.code === 'EPERM'; }
  missing = there ? 0 : missing + 1;
  if (missing > 1) process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

/** Starts the watch; it keeps no process alive. */
export function watchParent(parent = process.ppid): void {
  runAside(script, parent);
}
