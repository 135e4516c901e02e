/**
 * A lock between processes of this checkout: one file that names its holder. A holder that died is found out by its
 * process id and its lock taken over, so that nothing has to be removed by hand after a crash.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './root.mjs';
import { say } from './say.mjs';

/** Runs `work` while no other process holds the lock `name`. */
export async function withLock(name, work, folder = cacheFolder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  let told = false;
  while (!take(file)) {
    const holder = readHolder(file);
    if (holder === null || !isAlive(holder)) {
      discard(file, holder);
      continue;
    }
    if (!told) say(`waiting for the ${name} that process ${holder} is doing`);
    told = true;
    await sleep(200);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The holder's process id; NaN while its file is still being written, null when it is gone or has been empty for long. */
function readHolder(file) {
  try {
    const id = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (Number.isInteger(id)) return id;
    return Date.now() - statSync(file).mtimeMs > 5000 ? null : NaN;
  } catch {
    return null;
  }
}

function isAlive(id) {
  if (Number.isNaN(id)) return true;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves a dead holder's file away before removing it: of two that try, one succeeds, and no fresh lock is removed. */
function discard(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readHolder(aside);
    // Between our look and the move another process may have taken over: give its lock back.
    if (moved !== null && moved !== holder && isAlive(moved)) renameSync(aside, file);
    else rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
