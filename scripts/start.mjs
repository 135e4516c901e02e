/**
 * `npm start`: set-up, then the studio. In its own window where Electron can show one; otherwise one line says why not
 * and the same studio is served at a loopback address.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { installElectron, noWindowReason, openElectron, probeElectron, tryElectron } from './lib/electron.mjs';
import { START_HELP, startOptions } from './lib/options.mjs';
import { hasDisplay, root, runtime } from './lib/root.mjs';
import { cleanEnvironment, passSignals } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';

await runMain(async () => {
  const options = startOptions(process.argv.slice(2));
  if (options.help) return console.log(START_HELP);
  await ensureDependencies();
  const asked = options.headless ? 'served as asked' : noWindowReason();
  // The download host is asked while the build runs.
  const [reason] = await Promise.all([asked ?? probeElectron(), ensureBuild()]);
  const projectArgs = options.project === null ? [] : ['--project', options.project];
  const obstacle = reason ?? (await installElectron()) ?? (await tryElectron()) ?? (await openElectron(projectArgs));
  if (obstacle === null) return;
  if (!options.headless) say(`no window: ${obstacle}; serving the studio to the browser instead`);
  await serve([...projectArgs, '--port', String(options.port)], options.open && hasDisplay());
});

/** Runs the server on this terminal and opens its address in the browser. */
function serve(args, openBrowser) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime, [join(root, 'out', 'main', 'serve.js'), ...args], {
      env: cleanEnvironment(),
      stdio: ['inherit', 'pipe', 'inherit'],
    });
    const stop = passSignals(child);
    let printed = '';
    let opened = !openBrowser;
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      if (opened) return;
      printed += text;
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S*token=\S+(?=\s)/.exec(printed)?.[0];
      if (!url) return;
      opened = true;
      browse(url);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stop();
      process.exitCode = signal ? 1 : (code ?? 1);
      resolve();
    });
  });
}

/** Opens an address in the user's browser; where that fails, the printed address is enough. */
function browse(url) {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
