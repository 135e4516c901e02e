/**
 * The studio's window: sandboxed, without preload, bound to its own origin. Refuses to navigate away, to open other
 * windows, to embed pages and to grant permissions. Remembers its size and place.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BrowserWindow,
  Menu,
  app,
  nativeTheme,
  screen,
  session,
  shell,
  type Rectangle,
  type WebContents,
} from 'electron';
import { STUDIO_ORIGIN } from './scheme.ts';

/** Sites whose pages may be opened in the user's browser: papers and the project's own. */
const OUTSIDE = new Set(['arxiv.org', 'doi.org', 'www.pnas.org', 'github.com']);

/** Opens the window and resolves once its page shows. */
export async function openWindow(title: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    ...rememberedPlace(),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: `${title} – Peel`,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171a' : '#fbfbf9',
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.on('close', () => rememberPlace(window));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${STUDIO_ORIGIN}/`);
  return window;
}

/** Rules for every web contents of the application, whoever creates it. */
export function guardContents(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  const stayHome = (event: { preventDefault(): void }, url: string): void => {
    if (originOf(url) !== STUDIO_ORIGIN) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stayHome(event, event.url));
  contents.on('will-frame-navigate', (event) => stayHome(event, event.url));
  contents.on('will-redirect', (event) => stayHome(event, event.url));
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Permissions: none, but to put text on the clipboard when the user presses a copy button. */
export function denyPermissions(): void {
  const granted = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(granted(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => granted(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** A plain menu of the platform's own roles, so that copy, zoom and full screen work as everywhere. */
export function setMenu(): void {
  const own = process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...own,
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { role: 'windowMenu' },
    ]),
  );
}

function mayOpenOutside(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && OUTSIDE.has(hostname);
}

/** Custom schemes have an opaque `origin` in Node's URL, so it is put together from its parts. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

const placeFile = (): string => join(app.getPath('userData'), 'window.json');

function rememberPlace(window: BrowserWindow): void {
  try {
    writeFileSync(placeFile(), JSON.stringify(window.getNormalBounds()));
  } catch {
    // The place of a window is not worth an error message at closing time.
  }
}

function rememberedPlace(): Partial<Rectangle> {
  const standard = { width: 1360, height: 880 };
  try {
    const place = JSON.parse(readFileSync(placeFile(), 'utf8')) as Rectangle;
    const { workArea } = screen.getDisplayMatching(place);
    const visible =
      place.x < workArea.x + workArea.width &&
      place.y < workArea.y + workArea.height &&
      place.x + place.width > workArea.x &&
      place.y + place.height > workArea.y;
    return visible ? place : standard;
  } catch {
    return standard;
  }
}
