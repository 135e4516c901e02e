/** Jobs in Electron's utility processes: the same worker, another way to start it. Only after the app is ready. */
import { utilityProcess } from 'electron';
import { programPaths } from './host/paths.ts';
import type { FromJob } from './jobs/protocol.ts';
import type { SpawnJob } from './jobs/spawn.ts';

export const spawnUtility: SpawnJob = () => {
  const child = utilityProcess.fork(programPaths().worker, [], { stdio: ['ignore', 'ignore', 'pipe'], serviceName: 'Peel job' });
  let stderr = '';
  child.stderr?.on('data', (text: Buffer) => (stderr = (stderr + text.toString()).slice(-4000)));
  return {
    pid: child.pid,
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromJob) => listener(message)),
    onExit: (listener) => void child.on('exit', (code) => listener({ how: `exit code ${String(code)}`, stderr })),
    kill: (signal) => {
      // utilityProcess knows SIGTERM only; its process answers to the system for the rest.
      if (signal === 'SIGKILL' && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      else child.kill();
    },
  };
};
