/**
 * Files that a command writes: all of the file or nothing of it, and never over another file unless asked to.
 * The content grows in a neighbour that takes the wanted name once it is complete.
 */
import { constants } from 'node:fs';
import { access, copyFile, link, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failed } from './errors.ts';

/** The file is there already and --force was not given. */
function taken(path: string): Failed {
  return new Failed('conflict', `${path} exists and was left as it is; give --force to replace it, or another name`);
}

/** Refuses early, before work whose result could not be written. */
export async function checkWritable(path: string, force: boolean): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists && (await stat(path)).isDirectory())
    throw new Failed('conflict', `${path} is a folder; name a file in it`);
  if (exists && !force) throw taken(path);
  try {
    await access(dirname(path), constants.W_OK);
  } catch {
    throw new Failed('not-found', `${path} cannot be written: its folder does not exist or is read-only`);
  }
}

/** Takes the name without replacing what has it, also on file systems without hard links. */
async function claim(from: string, path: string): Promise<void> {
  try {
    await link(from, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken(path);
    await copyFile(from, path, constants.COPYFILE_EXCL);
  }
}

/** What asks a program to end, and can be answered. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Writes the pieces; a signal to end leaves nothing behind. @returns how many bytes the file has. */
export async function writeFile(
  path: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  force: boolean,
): Promise<number> {
  await checkWritable(path, force);
  const growing = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  let handle: FileHandle | undefined;
  let stopped = false;
  const stop = (): void => void (stopped = true);
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    handle = await open(growing, 'wx');
    for await (const piece of pieces) {
      if (stopped) throw new Failed('cancelled', `stopped before ${path} was written; nothing was kept of it`);
      await handle.appendFile(piece);
    }
    const { size } = await handle.stat();
    await handle.sync();
    await handle.close();
    handle = undefined;
    if (force) await rename(growing, path);
    else await claim(growing, path);
    return size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC')
      throw new Failed('disk-full', `the disk is full: ${path} was not written; free some space and try again`);
    if (error instanceof Failed || code === undefined) throw error;
    throw new Failed('io', `${path} cannot be written: ${(error as Error).message}`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    await handle?.close();
    await rm(growing, { force: true });
  }
}
