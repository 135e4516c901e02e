/** `peel doctor`: what this machine has, what is missing, and the step that mends it. Exit 1 where something is broken. */
import { examine } from '../doctor/doctor.ts';
import { programPaths, projectFolder } from '../host/paths.ts';
import { valueOf, type Command } from './command.ts';
import { projectFlag } from './project.ts';

const marks = { good: '✓', warning: '!', error: '✗' } as const;

export const command: Command = {
  path: 'doctor',
  summary: 'Say what this machine has, what is missing and how to get it.',
  flags: [projectFlag],
  async run(given, io) {
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
