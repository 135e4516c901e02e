/** Opens an address in the person's browser, where there is a display to show one. */
import { spawn } from 'node:child_process';

/** @returns whether a browser was asked; false where there is no display. */
export function openInBrowser(url: string): boolean {
  const { platform, env } = process;
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return false;
  const command = platform === 'darwin' ? 'open' : platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  // A desktop without that program: the address stands on the screen.
  child.on('error', () => undefined);
  child.unref();
  return true;
}
