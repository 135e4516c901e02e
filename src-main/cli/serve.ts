/** `peel serve`: the studio at a loopback address, until a signal ends it. */
import { startHeadless } from '../headless.ts';
import { projectFolder } from '../host/paths.ts';
import { limitRunsAtOnce, MOST_RUNS_AT_ONCE } from '../../db/project-info.ts';
import { StorageError } from '../../db/storage-error.ts';
import { has, valueOf, type Command } from './command.ts';
import { BadUsage, Failed } from './errors.ts';
import { openInBrowser } from './open-in-browser.ts';
import { projectFlag, withProject } from './project.ts';

export const command: Command = {
  path: 'serve',
  summary: 'Serve the studio at a loopback address for a browser.',
  flags: [
    { name: 'port', placeholder: 'INTEGER', help: 'Port on 127.0.0.1.', default: 'any that is free' },
    {
      name: 'at-once',
      placeholder: 'INTEGER',
      help: 'Runs that may compute at once, or none for as many as the machine bears; kept with the project, as in Settings.',
      default: 'as kept',
    },
    { name: 'open', help: 'Open the address in the browser.' },
    projectFlag,
  ],
  notes: ['The address carries a token that is new at every start; nobody else can open the studio.'],
  async run(given, io) {
    const port = valueOf(given, 'port') ?? '0';
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      throw new BadUsage(`--port ${port}: must be a whole number from 0 to 65535`);
    const atOnce = limitOf(valueOf(given, 'at-once'));
    if (atOnce !== undefined) await withProject(given, true, (project) => limitRunsAtOnce(project, atOnce));
    const folder = projectFolder(valueOf(given, projectFlag.name));
    const studio = await startHeadless({ folder, port: Number(port) }).catch((error: Error) => {
      throw new Failed(error instanceof StorageError ? error.code : 'conflict', error.message);
    });
    const { url } = studio;
    await io.result({ url, folder }, () => `Peel is open with ${folder}\n\n  ${url}\n\nCtrl-C ends it.`);
    if (has(given, 'open') && !openInBrowser(url))
      io.note('no browser could be started here; open the address yourself');
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    });
    await studio.close();
    return 0;
  },
};

/** @returns undefined: leave it as it is; null: no limit */
function limitOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return null;
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_RUNS_AT_ONCE) return Number(text);
  throw new BadUsage(`--at-once ${text}: must be a whole number from 1 to ${MOST_RUNS_AT_ONCE}, or none`);
}
