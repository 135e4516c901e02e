/** One-line messages with times. They go to stderr, so that a command's own output stays clean on stdout. */

const started = performance.now();

/** Seconds since `since`, as written in messages. */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Prints one line, prefixed with the time since the start. */
export function say(message) {
  process.stderr.write(`[${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s] ${message}\n`);
}

/** An error whose message is all the reader needs: no stack trace. */
export class Trouble extends Error {}

/** Runs `main` and turns errors into one message and exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Trouble ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
