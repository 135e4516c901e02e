/** Ridge-regularised cross-entropy over free features against a nuclear-norm program: two groups, and 20 distinct counts. */
import { solveRidge } from '../src-main/models/ridge/solve.ts';
import type { RidgeProblem } from '../src-main/models/ridge/types.ts';
import { groupEqualCounts } from '../src-main/parameters/counts.ts';
import { answer, logSpaced, median, type Answer } from './line.ts';
import { runPeer } from './python.ts';

interface Instance {
  readonly name: string;
  readonly counts: readonly number[];
  readonly decay: number;
  readonly bias: boolean;
}

const twoGroups = [...new Array<number>(5).fill(500), ...new Array<number>(5).fill(50)];
const longTail = logSpaced(1000, 10, 20).map(Math.round);

const instances: readonly Instance[] = [
  { name: 'ridge CE, K = 10 in two groups', counts: twoGroups, decay: 1e-3, bias: false },
  { name: 'ridge CE with bias, K = 10 in two groups', counts: twoGroups, decay: 1e-3, bias: true },
  { name: 'ridge CE, K = 20 distinct counts', counts: longTail, decay: 1e-3, bias: false },
];

export function ridge(noPython: string | null): Answer[] {
  return instances.flatMap(({ name, counts, decay, bias }) => {
    const problem: RidgeProblem = {
      groups: groupEqualCounts(counts),
      classifierDecay: decay,
      featureDecay: decay,
      loss: 'cross-entropy',
      bias,
      normalisation: 'sample',
    };
    const batch = problem.groups.length === 2 ? 200 : 1;
    const mine = median(20, () => {
      let solution = solveRidge(problem);
      for (let i = 1; i < batch; i++) solution = solveRidge(problem);
      return solution;
    });
    const { objective, relativeGap } = mine.result;
    return ['CLARABEL', 'SCS'].map((solver) => {
      const peer =
        noPython === null
          ? runPeer('cvxpy_ridge_peer.py', { solver, counts, decay, bias, limit: 60 }, 120)
          : { error: noPython };
      const figure = typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] : null;
      const theirs = typeof peer['objective'] === 'number' ? peer['objective'] : null;
      return answer(name, mine.milliseconds / batch, `CVXPY with ${solver}`, figure, {
        relativeGap,
        peerError: peer.error ?? (theirs === null ? peer['status'] : Number((theirs / objective - 1).toPrecision(2))),
      });
    });
  });
}
