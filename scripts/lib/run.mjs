/** Child processes of the scripts: run to the end with their output kept, or handed the terminal. */
import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** The environment of children, without what would make Electron or Node behave differently from a plain start. */
export function cleanEnvironment(extra = {}) {
  const foreign = (name) =>
    name === 'ELECTRON_RUN_AS_NODE' || name === 'NODE_OPTIONS' || name.startsWith('npm_lifecycle_');
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign(name))), ...extra };
}

/**
 * Runs a command to its end. Resolves with its exit code and all output, interleaved as it came. Never rejects. A signal
 * that ends this process ends the command first.
 */
export function capture(command, args, { cwd = root, env = {}, onText = () => {}, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'], timeout });
    const stop = endTogether(child);
    let output = '';
    const take = (chunk) => {
      output += chunk;
      onText(String(chunk));
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const end = (code, text) => {
      stop();
      resolve({ code, output: output + text });
    };
    child.on('error', (error) => end(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => end(code ?? 1, signal ? `ended by ${signal}\n` : ''));
  });
}

/** Runs a command on this terminal, passing signals on. Resolves with the exit code. */
export function attend(command, args, { cwd = process.cwd(), env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: cleanEnvironment(env), stdio: 'inherit' });
    const stop = passSignals(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stop();
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 1));
    });
  });
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Passes SIGTERM and SIGHUP on to the child and outlives SIGINT, which a terminal sends to the whole group by itself.
 * Returns a function that ends this.
 */
export function passSignals(child) {
  return onSignals((signal) => {
    // A terminal's Ctrl-C reaches the child directly; one sent to this process alone has to be passed on.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}

/** Passes any signal on to the child and ends this process once the child has ended. */
function endTogether(child) {
  return onSignals((signal) => {
    child.once('exit', () => process.exit(128 + SIGNAL_NUMBERS[signal]));
    child.kill(signal);
  });
}

function onSignals(listener) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}
