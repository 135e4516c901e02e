/** Long tails of class counts, E_H = 5, E_W = 1: exponential ones of distinct counts, and two of the shape of data sets. */
import { solve } from '../src-main/lpm/solve.ts';
import { answer, type Answer } from './line.ts';
import { groupsOf } from './profiles.ts';
import { runPeer } from './python.ts';

/** Classes up to which the peers are asked: they hold several K×K matrices. */
const LARGEST_PEER = 2000;
/** Classes up to which the semidefinite program is asked. */
const LARGEST_SDP = 100;

/** @param seconds the time limit of each peer. */
export function longTail(question: string, counts: number[], noPython: string | null, seconds: number): Answer[] {
  const K = counts.length;
  const problem = { groups: groupsOf(counts), featureBudget: 5, classifierBudget: 1, dimension: null };
  const start = performance.now();
  const mine = solve(problem);
  const milliseconds = performance.now() - start;
  const detail = {
    objective: mine.objective,
    relativeGap: mine.relativeGap,
    rank: mine.rank,
    status: mine.status,
    classes: K,
    distinctCounts: problem.groups.length,
    residentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  const target = 1e-6;
  const width = Math.ceil(K / 2);
  const refusal = K > LARGEST_PEER ? `not asked: each K×K matrix takes ${Math.round((8 * K * K) / 1e6)} MB` : noPython;
  const lbfgs =
    refusal === null
      ? runPeer(
          'lbfgs_peer.py',
          { counts, width, eh: 5, ew: 1, bound: mine.lowerBound, target, limit: seconds },
          seconds + 60,
        )
      : { error: refusal };
  const answers = [
    answer(question, milliseconds, `SciPy L-BFGS on W, H of width ${width} to 1e-6 or ${seconds} s`, figure(lbfgs), {
      ...detail,
      peerExcess: lbfgs.error ?? lbfgs['relativeExcess'],
    }),
  ];
  if (K <= LARGEST_SDP) {
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
