/** Command-line options of the scripts: strict, with every mistake named. */
import { parseArgs } from 'node:util';
import { Trouble } from './say.mjs';

export const START_HELP = `npm start [-- options]     set up what is missing, then open the studio

  --project DIR   the project folder (default: $PEEL_PROJECT, else ~/Peel/default)
  --port N        the port of the loopback address (default: any free one)
  --headless      serve at a loopback address even where a window could be opened
  --no-open       do not open the browser
  --help          this text`;

/** The options of `npm start`; throws Trouble that names the wrong one. */
export function startOptions(argv) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        project: { type: 'string' },
        port: { type: 'string' },
        headless: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new Trouble(`${error.message}\n\n${START_HELP}`);
  }
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!/^\d+$/.test(values.port ?? '0') || port > 65535) {
    throw new Trouble(`--port: ${values.port} is not a port; give a number from 0 (any free one) to 65535`);
  }
  if (values.project === '') throw new Trouble('--project: names no folder');
  return {
    project: values.project ?? null,
    port,
    headless: values.headless ?? false,
    open: !values['no-open'],
    help: values.help ?? false,
  };
}
