/** Measures the training backends as `peel doctor --measure` does, in a process of its own: this one never computes. */
import { fork } from 'node:child_process';

/** @param cli the module of the command line. @returns a function that measures; called again meanwhile, it waits for the same */
export function backendMeasurement(cli: string, folder: string): () => Promise<void> {
  let going: Promise<void> | null = null;
  return () => (going ??= measure(cli, folder).finally(() => (going = null)));
}

function measure(cli: string, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(cli, ['doctor', '--measure', '--json', '--project', folder], { stdio: 'ignore', execArgv: [] });
    child.on('error', reject);
    // 1: the doctor found something else to be broken, and says so elsewhere.
    child.on('close', (code, signal) =>
      code === 0 || code === 1
        ? resolve()
        : reject(new Error(`the measurement of backends ended with ${String(signal ?? code)}`)),
    );
  });
}
