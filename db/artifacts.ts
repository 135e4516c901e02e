/**
 * Files beside the runs, under artifacts/<run>/. A file is complete on disk before its row is committed, and content
 * that replaces other content gets another file, so a crash can leave an unused file but never a wrong one.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../src-main/api/contract.ts';
import { checkArtifactName, variantName } from './artifact-name.ts';
import { syncFolder } from './create.ts';
import type { Project } from './project.ts';
import { asStorageError, storageError } from './storage-error.ts';

interface StoredArtifact extends Artifact {
  readonly file: string;
}

const columns = 'id, name, file, media_type AS mediaType, bytes, sha256, created_at AS createdAt';

/** The artifacts of a run by name. */
export function listArtifacts(project: Project, runId: number): readonly Artifact[] {
  return project
    .prepare<[number], StoredArtifact>(`SELECT ${columns} FROM artifact WHERE run_id = ? ORDER BY name`)
    .all(runId)
    .map(withoutFile);
}

/** The artifact and the path of its file. @throws StorageError not-found, damaged where the file is gone or cut */
export function findArtifact(project: Project, runId: number, name: string): { artifact: Artifact; path: string } {
  const row = findRow(project, runId, name);
  if (!row) throw storageError('not-found', `run ${String(runId)} has no file ${name}`);
  const path = join(folderOf(project, runId), row.file);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size !== row.bytes) {
    throw storageError('damaged', `the file ${name} of run ${String(runId)} is missing or not as it was written`);
  }
  return { artifact: withoutFile(row), path };
}

/** The bytes, compared with their digest. @throws StorageError not-found, damaged */
export function readArtifact(project: Project, runId: number, name: string): Buffer {
  const { artifact, path } = findArtifact(project, runId, name);
  const bytes = readFileSync(path);
  if (digest(bytes) === artifact.sha256) return bytes;
  throw storageError('damaged', `the file ${name} of run ${String(runId)} is not as it was written`);
}

/**
 * Stores a file, replacing one of the same name. @throws InvalidInput for an unusable name, StorageError disk-full and
 * others; the file of before is then still there
 */
export function writeArtifact(
  project: Project,
  runId: number,
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): Artifact {
  checkArtifactName(name);
  // A rollback around this would bring back a row whose file is gone, and the lock would be held while the disk works.
  if (project.connection.inTransaction) throw new Error('a file is not stored within a transaction');
  const sha256 = digest(bytes);
  const folder = folderOf(project, runId);
  const partial = join(folder, `.partial-${randomBytes(6).toString('hex')}`);
  let replaced: string | null = null;
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(partial, bytes);
    const createdAt = Date.now();
    const artifact = project.write(() => {
      const old = findRow(project, runId, name);
      const file = fileFor(old, name, sha256);
      renameSync(partial, join(folder, file));
      syncFolder(folder);
      if (old && old.file !== file) replaced = old.file;
      const id = project
        .prepare<[number, string, string, string, number, string, number], { id: number }>(
          `INSERT INTO artifact(run_id, name, file, media_type, bytes, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT(run_id, name) DO UPDATE SET name = excluded.name, file = excluded.file,
             media_type = excluded.media_type, bytes = excluded.bytes, sha256 = excluded.sha256,
             created_at = excluded.created_at
           RETURNING id`,
        )
        .get(runId, name, file, mediaType, bytes.byteLength, sha256, createdAt)!.id;
      return { id, name, mediaType, bytes: bytes.byteLength, sha256, createdAt };
    });
    if (replaced !== null) rmSync(join(folder, replaced), { force: true });
    return artifact;
  } catch (error) {
    throw asStorageError(error);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Same content keeps its file; other content takes whichever of the two possible names the row does not use. */
function fileFor(old: StoredArtifact | undefined, name: string, sha256: string): string {
  if (!old) return name;
  if (old.sha256 === sha256) return old.file;
  return old.file.toLowerCase() === name.toLowerCase() ? variantName(name, sha256) : name;
}

function findRow(project: Project, runId: number, name: string): StoredArtifact | undefined {
  return project
    .prepare<[number, string], StoredArtifact>(`SELECT ${columns} FROM artifact WHERE run_id = ? AND name = ?`)
    .get(runId, name);
}

function withoutFile({ id, name, mediaType, bytes, sha256, createdAt }: StoredArtifact): Artifact {
  return { id, name, mediaType, bytes, sha256, createdAt };
}

function folderOf(project: Project, runId: number): string {
  return join(project.artifactsFolder, String(Math.trunc(runId)));
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'wx');
  try {
    for (let at = 0; at < bytes.byteLength;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
