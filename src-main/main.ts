/**
 * The Electron shell: one window on one project. Owns no feature: the page talks to the same handler that headless.ts
 * serves over HTTP. Computes nothing; jobs run in utility processes.
 */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BrowserWindow, app, dialog } from 'electron';
import { projectFolder } from './host/paths.ts';
import { openStudio, type Studio } from './host/studio.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { spawnUtility } from './utility.ts';
import { denyPermissions, guardContents, openWindow, setMenu } from './window.ts';

const { values } = parseArgs({ args: process.argv.slice(1), options: { project: { type: 'string' } }, strict: false });
const folder = projectFolder(typeof values.project === 'string' ? values.project : undefined);

// One instance per project: Electron's lock lives in the folder of user data, so each project has its own.
const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
app.setPath('userData', join(app.getPath('appData'), 'peel', mark));
app.enableSandbox();
registerScheme();

let studio: Studio | null = null;

if (app.requestSingleInstanceLock()) {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (studio === null) return;
    // Jobs are ended and the database closed before the process goes.
    event.preventDefault();
    const closing = studio.close();
    studio = null;
    void closing.finally(() => app.quit());
  });
  void app.whenReady().then(start);
} else {
  process.stdout.write(`Peel is open already with ${folder}\n`);
  app.quit();
}

async function start(): Promise<void> {
  try {
    studio = await openStudio({ folder, spawn: spawnUtility });
    denyPermissions();
    setMenu();
    serveScheme(studio.handle, app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']);
    await openWindow(basename(folder));
    process.stdout.write(`Peel is open with ${folder}\n`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    dialog.showErrorBox('Peel could not open the project', message);
    app.exit(1);
  }
}
