/** Long tails of distinct counts n_k = round(1,280,000 (5/1280)^{k/(K−1)}), E_H = 5, E_W = 1. */
import { solve } from '../src-main/lpm/solve.ts';
import { answer, type Answer } from './line.ts';
import { runPeer } from './python.ts';

function tail(K: number): number[] {
  return Array.from({ length: K }, (_, k) => Math.round(1_280_000 * Math.pow(5 / 1280, k / (K - 1))));
}

/** @param seconds the time limit of each peer. */
export function longTail(K: number, noPython: string | null, seconds: number): Answer[] {
  const counts = tail(K);
  const problem = {
    groups: counts.map((samples) => ({ samples, classes: 1, weight: 1 })),
    featureBudget: 5,
    classifierBudget: 1,
    dimension: null,
  };
  const start = performance.now();
  const mine = solve(problem);
  const milliseconds = performance.now() - start;
  const detail = {
    objective: mine.objective,
    relativeGap: mine.relativeGap,
    rank: mine.rank,
    residentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  const question = `long tail of ${K} distinct counts`;
  const target = 1e-6;
  const width = Math.ceil(K / 2);
  const lbfgs =
    noPython === null
      ? runPeer(
          'lbfgs_peer.py',
          { counts, width, eh: 5, ew: 1, bound: mine.lowerBound, target, limit: seconds },
          seconds + 60,
        )
      : { error: noPython };
  const answers = [
    answer(question, milliseconds, `SciPy L-BFGS on W, H of width ${width} to 1e-6 or ${seconds} s`, figure(lbfgs), {
      ...detail,
      peerExcess: lbfgs.error ?? lbfgs['relativeExcess'],
    }),
  ];
  if (K <= 100) {
    const sdp =
      noPython === null
        ? runPeer('cvxpy_peer.py', { solver: 'SCS', problems: [counts], eh: 5, ew: 1, limit: seconds }, seconds + 120)
        : { error: noPython };
    const objective = (sdp['objectives'] as (number | null)[] | undefined)?.[0];
    answers.push(
      answer(question, milliseconds, `CVXPY with SCS, at most ${seconds} s`, figure(sdp), {
        ...detail,
        peerError: sdp.error ?? (typeof objective === 'number' ? Math.abs(objective / mine.objective - 1) : null),
        peerStatus: sdp['statuses'],
      }),
    );
  }
  return answers;
}

function figure(peer: Record<string, unknown>): number | null {
  return typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] : null;
}
