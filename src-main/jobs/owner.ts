/**
 * Who runs a job: `host:pid:start`. Says what is known about an owner, so that runs of a studio that was killed become
 * `interrupted`. Does not decide on its own that a silent owner is dead: a laptop that slept looks the same.
 */
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RunningRun } from '../../db/run-lifecycle.ts';

/** gone: its process does not exist. silent: it may exist, but its lease has run out. */
export type OwnerState = 'alive' | 'gone' | 'silent';

/** Process numbers mean something only within one host and, in containers, within one namespace. */
const host = `${hostname()}${namespace()}`;

let queues = 0;

/** A name no other queue has, in this process or another. */
export function newOwner(): string {
  return `${host}:${process.pid}:${Math.round(performance.timeOrigin)}-${++queues}`;
}

/** Whether it runs, or ran, on this machine and takes its share of it. */
export const isHere = (owner: string): boolean => owner.startsWith(`${host}:`);

/** @param now milliseconds since 1970 */
export function ownerState(
  { owner, leaseUntil }: Pick<RunningRun, 'owner' | 'leaseUntil'>,
  now = Date.now(),
): OwnerState {
  const match = /^(.*):(\d+):[\d-]+$/.exec(owner);
  if (!match) return 'gone';
  if (match[1] === host && !processExists(Number(match[2]))) return 'gone';
  return leaseUntil < now ? 'silent' : 'alive';
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function namespace(): string {
  if (process.platform !== 'linux') return '';
  try {
    return `/${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    return '';
  }
}
