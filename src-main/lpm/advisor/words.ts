/** The advisor's findings as sentences, the same in the terminal, in a run and in the Explorer. */
import type { Advice } from './advise.ts';

export const verdictText: Readonly<Record<Advice['verdict'], string>> = {
  balanced: 'Balanced: the simplex ETF, no weight needed.',
  single: 'One minority class: it has no other to coincide with.',
  safe: 'No collapse: minority classifiers stay apart.',
  collapsed: 'Minority Collapse: minority classifiers coincide.',
  vanished: 'The minority vanishes: its classifiers and features are zero.',
};

/** The rule and how it was found, with numbers as the caller writes them. */
export function ruleText(
  { method, avoidingWeight, verdict, precision }: Advice,
  write: (value: number) => string,
): string {
  if (verdict === 'balanced') return 'Equal counts need no weights.';
  if (avoidingWeight === null) return 'No weight is needed: minority classifiers coincide at no ratio.';
  const how =
    method === 'exact'
      ? 'exact, R/R0'
      : `bracketed by certified solves to a relative ${precision.toExponential(0)}, one weight for all minority classes`;
  return avoidingWeight < 1
    ? `Collapse begins only if the minority weighs less than ${write(avoidingWeight)} (${how}).`
    : `Collapse is avoided by every minority weight above ${write(avoidingWeight)} (${how}).`;
}
