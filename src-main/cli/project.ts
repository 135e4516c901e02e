/** The project folder that a command works on: its flag, and opening it for the length of the command. */
import { openProject } from '../../db/open.ts';
import type { Project } from '../../db/project.ts';
import { asStorageError, StorageError } from '../../db/storage-error.ts';
import { Refusal } from '../api/errors.ts';
import { interruptGone } from '../jobs/claims.ts';
import { programPaths, projectFolder } from '../host/paths.ts';
import { valueOf, type Flag, type Given } from './command.ts';
import { BadUsage, Failed } from './errors.ts';

export const projectFlag: Flag = {
  name: 'project',
  placeholder: 'FOLDER',
  help: 'The project folder.',
  default: 'PEEL_PROJECT, else ~/Peel/default',
  group: 'General',
};

/**
 * Opens the project, runs the body, closes it whatever happens. Runs of a program that was killed are told as interrupted
 * here too: they can be resumed without a studio. @throws Failed with the storage error's code */
export async function withProject<T>(
  given: Given,
  create: boolean,
  body: (project: Project) => T | Promise<T>,
): Promise<T> {
  const folder = projectFolder(valueOf(given, projectFlag.name));
  try {
    const project = openProject(folder, { create, migrationsFolder: programPaths().migrations });
    try {
      tellGone(project);
      return await body(project);
    } finally {
      project.close();
    }
  } catch (error) {
    if (error instanceof StorageError) throw new Failed(error.code, error.message);
    if (error instanceof Refusal) throw new Failed(error.status === 404 ? 'not-found' : 'conflict', error.message);
    throw error;
  }
}

/** Where it cannot be written, as on a full disk, commands that read still read. */
function tellGone(project: Project): void {
  try {
    interruptGone(project);
  } catch (error) {
    if (!(asStorageError(error) instanceof StorageError)) throw error;
  }
}

/** Run numbers from positional arguments. @throws BadUsage naming the word that is none */
export function runIds(given: Given): readonly number[] {
  return given.positionals.map((word) => {
    const id = Number(word);
    if (!/^\d+$/.test(word) || !Number.isSafeInteger(id) || id < 1)
      throw new BadUsage(`${JSON.stringify(word)} is not the number of a run`);
    return id;
  });
}
