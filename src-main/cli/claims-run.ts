/**
 * `peel claims run`: tests the claims of the papers here and now. Exit 1 where one fails, or where Ctrl-C came first; what
 * was tested until then is printed. --save writes the report that the studio writes.
 */
import { encodeJson } from '../../db/json.ts';
import { claimsDocument, type ClaimOutcome, type ClaimsDocument } from '../claims/run.ts';
import { testChosen } from '../jobs/kinds/claims.ts';
import { choiceFlags, claimsGiven } from './claims-choice.ts';
import { claimsText } from './claims-text.ts';
import { has, valueOf, type Command } from './command.ts';
import { computeHere } from './compute-here.ts';
import { looseReport } from './loose-report.ts';
import { checkWritable, writeFile } from './write-file.ts';

export const command: Command = {
  path: 'claims run',
  summary: 'Test the claims of the papers by computation.',
  positionals: '[WORD…]',
  arity: [0, 1000],
  flags: [
    ...choiceFlags,
    { name: 'save', placeholder: 'FILE.html', help: 'Write the report: verdicts, numbers, charts.', group: 'Output' },
    { name: 'force', help: 'Let --save replace a file that exists.', group: 'Output' },
  ],
  notes: [
    'A claim holds if its error is at most its tolerance. Exit codes: 0 all hold, 1 one fails or Ctrl-C came first, 2 bad usage.',
    'Words, as in --only, are ids or words of id, source, title or statement; several are alternatives.',
  ],
  examples: [
    'peel claims run',
    'peel claims run --paper unconstrained --json',
    'peel claims run --only threshold --save report.html',
  ],
  async run(given, io) {
    const { values, chosen } = claimsGiven(given);
    const save = valueOf(given, 'save');
    const force = has(given, 'force');
    if (save !== undefined) await checkWritable(save, force);
    const outcomes: ClaimOutcome[] = [];
    const startedAt = Date.now();
    const { result, points } = await computeHere<ClaimsDocument>(
      // Failures are in the table below; the log would say them twice.
      (context) => testChosen(chosen, { ...context, log: () => undefined }, (outcome) => outcomes.push(outcome)),
      0,
      io,
    );
    // As it would be stored: non-finite numbers as words, typed arrays as lists.
    const document = JSON.parse(encodeJson(claimsDocument(outcomes))) as ClaimsDocument;
    if (save !== undefined) {
      const source = looseReport('claims', 'Claims of the papers', values, document, points, {
        startedAt,
        cancelled: result === null,
      });
      const { reportFormats } = await import('../reports/index.ts');
      const html = reportFormats.find(({ id }) => id === 'html')!;
      const bytes = await writeFile(save, html.write(source), force);
      if (!io.json) io.note(`wrote ${save} (${bytes} bytes)`);
    }
    await io.result(document, () => claimsText(document, io.columns));
    if (result === null && !io.json)
      io.note(`stopped: ${chosen.length - outcomes.length} of ${chosen.length} not tested`);
    return result !== null && document.fails === 0 ? 0 : 1;
  },
};
