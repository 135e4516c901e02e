/** A run of claims as a document to read: the count, what fails, an overview, then every claim with its evidence. */
import type { ClaimOutcome, ClaimsDocument, EvidenceNumber, Paper, RunDetail } from '../../api/contract.ts';
import { duration, formatNumber } from '../../charts/index.ts';
import { papers } from '../../claims/papers.ts';
import { escape } from './escape.ts';
import { numberCell, tableHtml, textCell, verdictCell, type Cell } from './table.ts';

export interface ClaimWriters {
  /** KaTeX source as HTML, on a line of its own. */
  readonly formula: (source: string) => string;
  /** The chart of a claim as a figure; empty where it has none. */
  readonly figure: (claim: string) => string;
}

function verdict({ verdict: found }: ClaimOutcome): Cell {
  return found === 'holds' ? verdictCell(true, 'holds') : { html: '<span class="error">✗ fails</span>' };
}

const errorCell = ({ error }: ClaimOutcome): Cell =>
  error === null ? { ...textCell('not measured'), numeric: true } : numberCell(error, 'gap');

function overview(claims: readonly ClaimOutcome[]): string {
  const rows = claims.map((claim) => [
    textCell(claim.title),
    verdict(claim),
    errorCell(claim),
    numberCell(claim.tolerance, 'gap'),
    { html: escape(duration(claim.milliseconds)), numeric: true },
  ]);
  return tableHtml(['Claim', 'Verdict', 'Error', 'Tolerance', 'Time'], rows, 'Overview of the claims');
}

function numbers(list: readonly EvidenceNumber[], label: string): string {
  if (list.length === 0) return '';
  const demanding = list.some(({ expected }) => expected !== undefined);
  const rows = list.map((number) => [
    textCell(number.label),
    numberCell(number.value, number.format),
    ...(demanding ? [number.expected === undefined ? textCell('') : numberCell(number.expected, number.format)] : []),
  ]);
  return tableHtml(['Quantity', 'Found', ...(demanding ? ['Demanded'] : [])], rows, `Numbers of ${label}`);
}

function claimHtml(claim: ClaimOutcome, writers: ClaimWriters): string {
  const { evidence } = claim;
  const found = numbers(evidence?.numbers ?? [], claim.title);
  const figure = writers.figure(claim.id);
  const beside = found !== '' && figure !== '' ? ' class="beside"' : '';
  return `<article class="claim${claim.verdict === 'fails' ? ' fails' : ''}">
<h4>${verdict(claim).html} ${escape(claim.title)}</h4>
<p>${escape(claim.statement)}</p>
<p class="formula">${writers.formula(claim.formula)}</p>
<p class="note">${escape(claim.source)}</p>
${claim.failure === null ? '' : `<pre class="error">${escape(claim.failure)}</pre>`}
<p>Error ${errorCell(claim).html}, tolerance ${numberCell(claim.tolerance, 'gap').html}: ${escape(claim.errorMeaning)}.</p>
<div${beside}>${found}${figure}</div>
${evidence?.remark === undefined ? '' : `<p class="note">${escape(evidence.remark)}</p>`}
</article>`;
}

function paperHtml({ id, title, citation }: Paper, claims: readonly ClaimOutcome[], writers: ClaimWriters): string {
  const own = claims.filter(({ paper }) => paper === id);
  if (own.length === 0) return '';
  const body = own.map((claim) => claimHtml(claim, writers)).join('\n');
  return `<h3>${escape(title)}</h3>\n<p class="note">${escape(citation)}</p>\n${body}`;
}

/** The section's HTML. */
export function claimsHtml(run: RunDetail, document: ClaimsDocument, writers: ClaimWriters): string {
  const { claims, holds, fails, milliseconds } = document;
  const failing = claims.filter((claim) => claim.verdict === 'fails').map(({ title }) => title);
  const when = run.startedAt ?? run.createdAt;
  const day = new Date(when).toISOString().slice(0, 16).replace('T', ' ');
  return [
    run.status === 'done' ? '' : `<p class="warning">⚠ This run is ${run.status}: not every claim was tested.</p>`,
    `<p class="lead">${formatNumber(holds, 'count')} of ${formatNumber(claims.length, 'count')} claims hold, ${formatNumber(fails, 'count')} fail.</p>`,
    failing.length === 0 ? '' : `<p class="error">✗ ${escape(failing.join('; '))}</p>`,
    `<p class="meta">Tested ${day} UTC by Peel ${escape(run.versions['peel'] ?? '')} in ${escape(duration(milliseconds))}. A claim holds if its error is at most its tolerance.</p>`,
    overview(claims),
    ...papers.map((paper) => paperHtml(paper, claims, writers)),
  ].join('\n');
}
