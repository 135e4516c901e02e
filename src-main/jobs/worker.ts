/**
 * Entry of a job's own process, under Electron's utilityProcess or Node's fork. Ends with its studio: a job whose
 * parent is gone has nobody to report to. An argument names another module of kinds (tests bring their own).
 */
import { pathToFileURL } from 'node:url';
import * as ownKinds from './kinds/index.ts';
import { watchParent } from './parent-watch.ts';
import type { FromJob, ToJob } from './protocol.ts';
import { runJob, type JobPort } from './run-job.ts';

interface ParentPort {
  postMessage(message: FromJob): void;
  on(event: 'message', listener: (event: { readonly data: ToJob }) => void): void;
}

function port(): JobPort {
  const parent = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
  if (parent) {
    return {
      send: (message) => parent.postMessage(message),
      onMessage: (listener) => parent.on('message', (event) => listener(event.data)),
    };
  }
  if (!process.send) throw new Error('a job is started by the studio, not by hand');
  process.on('disconnect', () => process.exit(1));
  return {
    send: (message) => process.send!(message),
    onMessage: (listener) => process.on('message', listener as (message: unknown) => void),
  };
}

watchParent();
const otherKinds = process.argv[2];
const { findKind } = otherKinds ? ((await import(pathToFileURL(otherKinds).href)) as typeof ownKinds) : ownKinds;
await runJob(port(), findKind);
// The studio ends this process once it has stored the outcome; leave by ourselves if it does not.
setTimeout(() => process.exit(0), 5000).unref();
