/** Tested claims for the terminal: a table of verdicts, what failed and why, and the count. */
import type { ClaimOutcome, ClaimsDocument } from '../claims/run.ts';
import { duration } from '../charts/index.ts';
import { wrap } from './help.ts';
import { plain, terminalNumber } from './numbers.ts';
import { table } from './table.ts';

const error = (value: number | null): string => terminalNumber(value, 'gap');

function failed(claim: ClaimOutcome, columns: number): string {
  const numbers = (claim.evidence?.numbers ?? []).map(({ label, value, expected, format }) => {
    const wanted = expected === undefined ? '' : `, expected ${terminalNumber(expected, format)}`;
    return `    ${label}: ${terminalNumber(value, format)}${wanted}`;
  });
  const why = claim.failure ?? `${claim.errorMeaning}: ${error(claim.error)} is above ${error(claim.tolerance)}`;
  return [
    `✗ ${claim.title} (${claim.source})`,
    `    ${wrap(claim.statement, 4, columns)}`,
    `    ${wrap(why, 4, columns)}`,
    ...numbers,
  ].join('\n');
}

export function claimsText({ claims, holds, fails, milliseconds }: ClaimsDocument, columns: number): string {
  const heads = [
    { title: 'verdict' },
    { title: 'claim' },
    { title: 'id' },
    { title: 'error', numeric: true },
    { title: 'tolerance', numeric: true },
    { title: 'time', numeric: true },
  ];
  const rows = claims.map((claim) => [
    claim.verdict === 'holds' ? '✓ holds' : '✗ fails',
    claim.title,
    claim.id,
    error(claim.error),
    error(claim.tolerance),
    plain(duration(claim.milliseconds)),
  ]);
  const failures = claims.filter(({ verdict }) => verdict === 'fails').map((claim) => failed(claim, columns));
  const count = `${holds} hold, ${fails} fail (${plain(duration(milliseconds))})`;
  return [...(rows.length === 0 ? [] : [table(heads, rows)]), ...failures, count].join('\n\n');
}
