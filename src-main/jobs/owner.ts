/**
 * Who runs a job: `host:pid:start`. Says whether an owner is still alive, so that runs of a studio that was killed
 * become `interrupted`. A process on another host is judged by its lease alone.
 */
import { hostname } from 'node:os';
import type { RunningRun } from '../../db/run-lifecycle.ts';

/** How long a claim holds without renewal, and how often it is renewed. */
export const LEASE_MILLISECONDS = 30_000;
export const RENEW_MILLISECONDS = 5_000;

let queues = 0;

/** A name no other queue has, in this process or another. */
export function newOwner(): string {
  return `${hostname()}:${process.pid}:${Math.round(performance.timeOrigin)}-${++queues}`;
}

export function isOwnerAlive({ owner, leaseUntil }: RunningRun, now = Date.now()): boolean {
  if (leaseUntil < now) return false;
  const match = /^(.*):(\d+):[\d-]+$/.exec(owner);
  if (!match) return false;
  if (match[1] !== hostname()) return true;
  try {
    process.kill(Number(match[2]), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
