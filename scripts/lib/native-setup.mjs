/**
 * What the set-ups of compute backends share: .native/NAME is made aside, tested by the studio's own loader, and put in
 * place only when the test has passed; one that is there and passes is left as it is; --remove takes it away. Nothing
 * outside .native is touched.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { root, runtime } from './root.mjs';
import { capture } from './run.mjs';
import { Trouble, runMain, say, seconds } from './say.mjs';

const base = join(root, '.native');

/**
 * Runs the set-up of one backend with the command line's arguments. `version` says what is installed; `variants` are the
 * options that choose it, besides --remove; `prepare(folder)` fills the folder; `hint` is what to do where the test fails.
 */
export function setUp({ name, title, version, variants = [], prepare, hint }) {
  return runMain(async () => {
    const options = process.argv.slice(2);
    const known = [...variants, '--remove'];
    const wrong = options.find((option) => !known.includes(option));
    if (wrong !== undefined)
      throw new Trouble(`${wrong}: the ${known.length === 1 ? 'one option is' : 'options are'} ${known.join(' and ')}`);
    await ensureDependencies();
    await withLock(`${name}-setup`, async () => {
      const folder = join(base, name);
      if (options.includes('--remove')) return remove(folder, title);
      const since = performance.now();
      if (versionOf(folder) === version) {
        const test = await selfTest(name, base);
        if (test.result) return say(`${title} is there and works: ${describe(test.result)}`);
        say(`${title} is there but does not work; setting it up afresh (${test.reason})`);
      }
      const aside = join(base, `.fresh-${process.pid}`);
      try {
        const fresh = join(aside, name);
        mkdirSync(fresh, { recursive: true });
        writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
        await prepare(fresh);
        writeFileSync(join(fresh, 'ready.json'), `${JSON.stringify({ version })}\n`);
        say('testing it against the WebAssembly backend');
        const { result, reason } = await selfTest(name, aside);
        if (!result) throw new Trouble(`${title} was made but failed its test, and was not kept.\n${reason}\n${hint}`);
        rmSync(folder, { recursive: true, force: true });
        renameSync(fresh, folder);
        say(`${title} is ready after ${seconds(since)}: ${describe(result)}`);
      } finally {
        rmSync(aside, { recursive: true, force: true });
      }
    });
  });
}

function remove(folder, title) {
  const there = existsSync(folder);
  rmSync(folder, { recursive: true, force: true });
  say(there ? `${title} is removed` : `${title} was not there`);
}

function versionOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8')).version;
  } catch {
    return null;
  }
}

/** A product and gradients by the backend in `place`, in a process of its own: a crash of native code is an answer too. */
async function selfTest(name, place) {
  const script = join(root, 'src-main', 'training', 'backends', 'self-test.ts');
  const env = { PEEL_NATIVE: place };
  const { code, output } = await capture(runtime, [script, name], { env, timeout: 120_000 });
  const line = output.trim().split('\n').at(-1) ?? '';
  if (code === 0) return { result: JSON.parse(line) };
  if (line.startsWith('{')) return { reason: `it differs from WebAssembly: ${line}` };
  // Of an error's stack only what it says; of anything else (a crash, a time limit) the end.
  return { reason: /^\w*Error: .*$/m.exec(output)?.[0] ?? output.trim().slice(-500) };
}

const describe = ({ description, version, speed, error }) =>
  `${description} (${version}); 512³ product at ${Math.round(speed.product)} GFLOP/s, ` +
  `convolution step at ${Math.round(speed.convolutionStep)}; differs from WebAssembly by ${error.toExponential(1)}`;
