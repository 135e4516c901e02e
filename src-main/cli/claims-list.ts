/** `peel claims list`: the claims with their statements; nothing is tested. */
import { claimDocument } from '../claims/claim.ts';
import { papers } from '../claims/papers.ts';
import { choiceFlags, claimsGiven } from './claims-choice.ts';
import type { Command } from './command.ts';
import { wrap } from './help.ts';

export const command: Command = {
  path: 'claims list',
  summary: 'List the claims of the papers, with their statements.',
  positionals: '[WORD…]',
  arity: [0, 1000],
  flags: choiceFlags,
  examples: ['peel claims list --paper deep-linear', 'peel claims list threshold --json'],
  async run(given, io) {
    const { chosen } = claimsGiven(given);
    await io.result({ claims: chosen.map(claimDocument) }, () =>
      papers
        .flatMap(({ id, title, citation }) => {
          const own = chosen.filter(({ paper }) => paper === id);
          if (own.length === 0) return [];
          const lines = own.map(
            (claim) =>
              `  ${claim.id}: ${claim.title}\n    ${wrap(claim.statement, 4, io.columns)}\n    ${wrap(claim.source, 4, io.columns)}`,
          );
          return [`${title} (${citation})\n\n${lines.join('\n\n')}`];
        })
        .join('\n\n'),
    );
    return 0;
  },
};
