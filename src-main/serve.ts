/** `npm start` without a window: serves the studio until a signal ends it. Prints where it is, and nothing else. */
import { parseArgs } from 'node:util';
import { startHeadless } from './headless.ts';
import { projectFolder } from './host/paths.ts';

const { values } = parseArgs({ options: { project: { type: 'string' }, port: { type: 'string' } } });

try {
  const studio = await startHeadless({ folder: projectFolder(values.project), port: Number(values.port ?? 0) });
  process.stdout.write(`Peel is open with ${studio.folder}\n\n  ${studio.url}\n\nCtrl-C ends it.\n`);
  let closing = false;
  const end = (): void => {
    // A second Ctrl-C does not wait any longer.
    if (closing) process.exit(130);
    closing = true;
    void studio.close().then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
