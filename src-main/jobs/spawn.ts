/**
 * How a job's process is started, behind a type so that the Electron shell can bring utilityProcess instead. One fresh
 * process per job: whatever its native code does, only the job dies.
 */
import { fork } from 'node:child_process';
import type { FromJob, ToJob } from './protocol.ts';

export interface JobProcess {
  readonly pid: number | undefined;
  send(message: ToJob): void;
  onMessage(listener: (message: FromJob) => void): void;
  /** Called once; `detail` says how it ended (exit code or signal) and ends with what it last wrote to stderr. */
  onExit(listener: (detail: { readonly how: string; readonly stderr: string }) => void): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export type SpawnJob = () => JobProcess;

/** Characters of stderr kept for the log of a crashed run. */
const STDERR_KEPT = 4000;

/**
 * Node's fork of the worker module (worker.ts from source, worker.js in a bundle: host/paths.ts knows).
 * @param kindsModule a module of kinds in place of Peel's own
 */
export function forkJobs(worker: string, kindsModule?: string): SpawnJob {
  return () => {
    const child = fork(worker, kindsModule === undefined ? [] : [kindsModule], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env },
      // A debugger or loader of the host is not the job's.
      execArgv: [],
    });
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)));
    return {
      pid: child.pid,
      // A message to a process that is just ending is lost; its exit tells.
      send: (message) => void (child.connected && child.send(message, () => undefined)),
      onMessage: (listener) => child.on('message', listener as (message: unknown) => void),
      onExit: (listener) => {
        child.on('error', (error) => listener({ how: error.message, stderr }));
        child.on('close', (code, signal) =>
          listener({ how: signal === null ? `exit code ${String(code)}` : `signal ${signal}`, stderr }),
        );
      },
      kill: (signal) => void child.kill(signal),
    };
  };
}
