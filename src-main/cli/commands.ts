/**
 * The commands of `peel`, each loaded only when it is run, so that a solve starts without the database or the server.
 * A new command is one file and one line here.
 */
import type { Command } from './command.ts';

/** Loads a command; `rest` is what follows its path (`run add` reads the run kind from it). */
type Load = (rest: readonly string[]) => Promise<Command>;

export interface Entry {
  readonly path: string;
  readonly summary: string;
  readonly load: Load;
}

export const commands: readonly Entry[] = [
  {
    path: 'lpm solve',
    summary: 'Solve one Layer-Peeled Model exactly, with a certificate.',
    load: async () => (await import('./lpm-solve.ts')).command,
  },
  {
    path: 'lpm threshold',
    summary: 'Imbalance ratios at which minority classifiers coincide (R0) and vanish (R1).',
    load: async () => (await import('./lpm-threshold.ts')).command,
  },
  {
    path: 'lpm sweep',
    summary: 'Solve two groups over a range of imbalance ratios.',
    load: async () => (await import('./lpm-sweep.ts')).command,
  },
  {
    path: 'compute',
    summary: 'Compute any kind of run right here and print its result; nothing is stored.',
    load: async (rest) => (await import('./compute.ts')).commandFor(rest),
  },
  {
    path: 'claims run',
    summary: 'Test the claims of the papers by computation.',
    load: async () => (await import('./claims-run.ts')).command,
  },
  {
    path: 'claims list',
    summary: 'List the claims of the papers, with their statements.',
    load: async () => (await import('./claims-list.ts')).command,
  },
  {
    path: 'nc',
    summary: 'Measure neural collapse in features of a network trained anywhere.',
    load: async () => (await import('./nc.ts')).command,
  },
  {
    path: 'run add',
    summary: 'Compute a run and keep it in the project, or queue it for a running studio.',
    load: async (rest) => (await import('./run-add.ts')).commandFor(rest),
  },
  {
    path: 'run list',
    summary: 'List the runs of the project.',
    load: async () => (await import('./run-list.ts')).command,
  },
  {
    path: 'run show',
    summary: 'Show one run: parameters, results, metrics, log.',
    load: async () => (await import('./run-show.ts')).command,
  },
  {
    path: 'run export',
    summary: 'Write runs as a report (HTML), as data (CSV, JSON) or as charts (SVG).',
    load: async () => (await import('./run-export.ts')).command,
  },
  {
    path: 'run cancel',
    summary: 'Ask queued or running runs to stop; what they reported is kept.',
    load: async () => (await import('./run-change.ts')).cancel,
  },
  {
    path: 'run pause',
    summary: 'Hold queued runs, and stop running ones at a checkpoint, until they are resumed.',
    load: async () => (await import('./run-pause.ts')).command,
  },
  {
    path: 'run resume',
    summary: 'Go on with a paused, stopped or interrupted run from its last checkpoint.',
    load: async () => (await import('./run-resume.ts')).command,
  },
  {
    path: 'run archive',
    summary: 'Put runs on the archive shelf, out of the list.',
    load: async () => (await import('./run-change.ts')).archive,
  },
  {
    path: 'run delete',
    summary: 'Put runs in the trash.',
    load: async () => (await import('./run-change.ts')).trash,
  },
  {
    path: 'run restore',
    summary: 'Take runs back from the trash or the archive.',
    load: async () => (await import('./run-change.ts')).restore,
  },
  {
    path: 'serve',
    summary: 'Serve the studio at a loopback address for a browser.',
    load: async () => (await import('./serve.ts')).command,
  },
  {
    path: 'doctor',
    summary: 'Say what this machine has, what is missing and how to get it.',
    load: async () => (await import('./doctor.ts')).command,
  },
];
