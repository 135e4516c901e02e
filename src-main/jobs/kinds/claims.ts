/** Run kind: the papers as tests. Every chosen claim is tested here and now; the document holds verdicts and evidence. */
import { claims } from '../../claims/index.ts';
import { papers } from '../../claims/papers.ts';
import { errorRatio, runClaims, type ClaimOutcome, type ClaimsDocument } from '../../claims/run.ts';
import { selectClaims } from '../../claims/select.ts';
import type { Claim, PaperId } from '../../claims/claim.ts';
import { duration } from '../../charts/format.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

/** @throws InvalidInput naming `only` where nothing is chosen. */
export function chosenClaims(values: ParameterValues): readonly Claim[] {
  const paper = String(values['paper']);
  const only = String(values['only'] ?? '');
  const chosen = selectClaims(claims, paper as PaperId | 'all', only);
  if (chosen.length > 0) return chosen;
  const where = paper === 'all' ? 'no claim' : `no claim of the paper ${paper}`;
  const field = only === '' ? 'paper' : 'only';
  throw new InvalidInput([{ field, value: values[field], message: `${where} matches "${only}"; nothing to test` }]);
}

/** One line of the log: what was found, in numbers. */
function line({ title, verdict, error, tolerance, milliseconds, failure }: ClaimOutcome): string {
  const found = error === null ? (failure ?? '') : `error ${error.toExponential(1)}`;
  return `${verdict}: ${title} (${found}, tolerance ${tolerance.toExponential(1)}, ${duration(milliseconds)})`;
}

/** Tests them and reports each. @param onResult told every outcome as well, for whoever must keep them when stopped. */
export async function testChosen(
  chosen: readonly Claim[],
  context: JobContext,
  onResult: (outcome: ClaimOutcome) => void = () => undefined,
): Promise<ClaimsDocument> {
  // The place among all claims, so that runs of different choices can be compared.
  const place = new Map(claims.map(({ id }, index) => [id, index + 1]));
  let [tested, holds] = [0, 0];
  const upcoming = (): string => chosen[tested]?.title ?? 'all tested';
  context.progress(0, upcoming());
  return runClaims(chosen, {
    breathe: () => context.breathe(),
    onResult(outcome) {
      const x = [place.get(outcome.id)!];
      onResult(outcome);
      tested++;
      if (outcome.verdict === 'holds') holds++;
      context.points('claim_error_ratio', x, [errorRatio(outcome)]);
      context.points('claim_milliseconds', x, [outcome.milliseconds]);
      context.points('claims_hold', x, [holds]);
      context.points('claims_fail', x, [tested - holds]);
      context.log(outcome.verdict === 'holds' ? 'info' : 'error', line(outcome));
      context.progress(tested / chosen.length, upcoming());
    },
  });
}

const x = { label: 'Claim, by its place in the list', logarithmic: false, categorical: true };

export const claimsKind: ExecutableKind = {
  id: 'claims',
  label: 'Claims of the papers',
  description:
    'Tests theorems, propositions and theoretical figures of the papers by computation, each with its evidence.',
  parameters: [
    {
      type: 'choice',
      key: 'paper',
      flag: 'paper',
      label: 'Paper',
      help: 'Whose claims to test.',
      default: 'all',
      choices: [{ value: 'all', label: 'All papers' }, ...papers.map(({ id, title }) => ({ value: id, label: title }))],
    },
    {
      type: 'text',
      key: 'only',
      flag: 'only',
      label: 'Only claims with',
      help: 'Ids, or words that occur in id, source, title or statement; commas part alternatives. Empty: every claim.',
      default: '',
    },
  ],
  metrics: [
    {
      key: 'claim_error_ratio',
      label: 'Error over tolerance',
      help: 'Above 1 the claim fails; NaN where the error could not be measured. One point per claim.',
      format: 'gap',
    },
    { key: 'claim_milliseconds', label: 'Time per claim', help: 'Of the test of one claim.', format: 'milliseconds' },
    { key: 'claims_hold', label: 'Claims that hold', help: 'Among those tested so far.', format: 'count' },
    { key: 'claims_fail', label: 'Claims that fail', help: 'Among those tested so far.', format: 'count' },
  ],
  charts: [
    {
      id: 'error-ratio',
      title: 'Error over tolerance',
      x,
      y: { label: 'Error / tolerance (fails above 1)', logarithmic: true },
      series: [{ metric: 'claim_error_ratio', label: 'error', role: 'neutral' }],
    },
    {
      id: 'time',
      title: 'Time per claim',
      x,
      y: { label: 'Time (ms)', logarithmic: true },
      series: [{ metric: 'claim_milliseconds', label: 'time', role: 'neutral' }],
    },
  ],
  check: chosenClaims,
  execute: (values, context) => testChosen(chosenClaims(values), context),
};
