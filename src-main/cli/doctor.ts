/** `peel doctor`: what this machine has, what is missing, and the step that mends it. Exit 1 where something is broken. */
import { measureBackends } from '../doctor/backends.ts';
import { examine } from '../doctor/doctor.ts';
import { programPaths, projectFolder } from '../host/paths.ts';
import { has, valueOf, type Command, type Flag } from './command.ts';
import { projectFlag } from './project.ts';

const measureFlag: Flag = {
  name: 'measure',
  help: 'Measure the speed of the training backends first (some seconds).',
};

const marks = { good: '✓', warning: '!', error: '✗' } as const;

export const command: Command = {
  path: 'doctor',
  summary: 'Say what this machine has, what is missing and how to get it.',
  flags: [projectFlag, measureFlag],
  async run(given, io) {
    if (has(given, measureFlag.name)) await measureBackends();
    const { root, renderer } = programPaths();
    const checks = await examine({ folder: projectFolder(valueOf(given, projectFlag.name)), root, renderer });
    await io.result({ checks }, () =>
      checks
        .map(
          (check) =>
            `${marks[check.state]} ${check.label}: ${check.detail}${check.remedy === null ? '' : `\n    → ${check.remedy}`}`,
        )
        .join('\n'),
    );
    return checks.some((check) => check.state === 'error') ? 1 : 0;
  },
};
