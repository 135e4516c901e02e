/**
 * One answer of the benchmark: a JSON line with Peel's figure, the peer's figure measured in the same run on the same
 * machine, and their ratio. A peer that cannot be had is null, with the reason; it is never left out silently.
 */

export interface Answer {
  readonly question: string;
  readonly unit: 'milliseconds';
  readonly peel: number;
  readonly peer: string;
  readonly peerFigure: number | null;
  /** peerFigure / peel: how many times faster Peel is. */
  readonly ratio: number | null;
  /** What else a reader needs to judge it: accuracies on both sides, sizes, limits. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export function answer(
  question: string,
  peel: number,
  peer: string,
  peerFigure: number | null,
  detail: Answer['detail'],
): Answer {
  const round = (value: number): number => Number(value.toPrecision(4));
  return {
    question,
    unit: 'milliseconds',
    peel: round(peel),
    peer,
    peerFigure: peerFigure === null ? null : round(peerFigure),
    ratio: peerFigure === null ? null : round(peerFigure / peel),
    detail,
  };
}

/** Median time of one call in milliseconds, after a warm-up, and the last result. */
export function median<T>(runs: number, work: () => T): { readonly milliseconds: number; readonly result: T } {
  let result = work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    result = work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { milliseconds: times[Math.floor(runs / 2)]!, result };
}

/** `count` numbers from `from` to `to`, even in the logarithm. */
export function logSpaced(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from * Math.pow(to / from, i / (count - 1)));
}
