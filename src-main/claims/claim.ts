/**
 * What a claim is: a statement of a paper, and the computation that tests it here and now. A claim never states its own
 * verdict: claims/run.ts compares the error with the tolerance. One claim per file, one line each in index.ts.
 */
import type { NumberFormat } from '../charts/format.ts';
import type { LineChartInput } from '../charts/line-chart.ts';
import type { ParameterValues } from '../parameters/specification.ts';

export type PaperId = 'layer-peeled' | 'unconstrained' | 'deep-linear' | 'low-rank' | 'neighbours';

/** One number that the test found, beside the one that the statement demands where it demands one. */
export interface EvidenceNumber {
  readonly label: string;
  /** null: does not exist (say why in `remark`). */
  readonly value: number | null;
  readonly expected?: number | null;
  readonly format: NumberFormat;
}

export interface Evidence {
  /** Distance from the statement in the sense of `errorMeaning`; NaN when it could not be measured (then it fails). */
  readonly error: number;
  readonly numbers: readonly EvidenceNumber[];
  /** Drawn beside the numbers. At most a few hundred points: it is stored with the run. */
  readonly chart?: LineChartInput;
  /** A run that shows the same thing at length: kind and parameters for the form. */
  readonly run?: { readonly kind: string; readonly parameters: ParameterValues };
  /** What a careful reader should know: what is only numerical, at which sizes it was tested. */
  readonly remark?: string;
}

export interface Claim {
  /** Stable, lower-case, such as `lpm-balanced-etf`. */
  readonly id: string;
  readonly paper: PaperId;
  /** Paper and theorem, proposition or figure. Only what can be cited with certainty. */
  readonly source: string;
  /** A few words. */
  readonly title: string;
  /** The statement in our own words, one or two sentences. */
  readonly statement: string;
  /** KaTeX source. */
  readonly formula: string;
  readonly tolerance: number;
  /** What `error` measures, such as "largest relative error of the loss over 6 settings". */
  readonly errorMeaning: string;
  /**
   * Runs the test; a throw makes the claim fail with its message. At most about 10 s on one core, most far less.
   * Await `breathe()` every 50 ms or so where it takes longer: a cancelled run ends there.
   */
  test(breathe: () => Promise<void>): Evidence | Promise<Evidence>;
}

/** A claim without its test. */
export type ClaimDocument = Omit<Claim, 'test'>;

/** What of a claim can be written down. */
export function claimDocument(claim: Claim): ClaimDocument {
  const { id, paper, source, title, statement, formula, tolerance, errorMeaning } = claim;
  return { id, paper, source, title, statement, formula, tolerance, errorMeaning };
}
