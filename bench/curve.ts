/** The authors' curve: K = 10, K_A = 5, E_H = 5, E_W = 1, 41 ratios from 1 to 10,000; and one solve of it. */
import { solve } from '../src-main/lpm/solve.ts';
import { sweepRatios } from '../src-main/lpm/sweep.ts';
import { ratioProblem } from '../src-main/lpm/two-group-problem.ts';
import { answer, logSpaced, median, type Answer } from './line.ts';
import { scsCurve } from './peers/scs-peer.ts';
import { runPeer } from './python.ts';

const setting = { majorityClasses: 5, minorityClasses: 5, featureBudget: 5, classifierBudget: 1 };
const ratios = logSpaced(1, 1e4, 41);

/** Worst relative difference of the peer's objectives from ours, which are certified to 1e-9. */
function worstError(objectives: readonly (number | null)[], truth: readonly number[]): number | null {
  const errors = objectives.map((value, i) => (value === null ? NaN : Math.abs(value / truth[i]! - 1)));
  const worst = Math.max(...errors);
  return Number.isNaN(worst) ? null : Number(worst.toPrecision(2));
}

export async function curve(noPython: string | null): Promise<Answer[]> {
  const mine = median(50, () => sweepRatios({ ...setting, ratios }));
  const truth = mine.result.points.map((point) => point.objective);
  const detail = {
    ratios: 41,
    worstRelativeGap: Math.max(...mine.result.points.map((point) => point.relativeGap)),
    thresholds: 'included',
  };
  const answers: Answer[] = [];
  for (const solver of ['CLARABEL', 'SCS']) {
    const problems = ratios.map((R) => [...new Array<number>(5).fill(R), ...new Array<number>(5).fill(1)]);
    const peer =
      noPython === null ? runPeer('cvxpy_peer.py', { solver, problems, eh: 5, ew: 1 }, 600) : { error: noPython };
    const figure = typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] : null;
    answers.push(
      answer('curve of 41 ratios, K = 10', mine.milliseconds, `CVXPY with ${solver}`, figure, {
        ...detail,
        peerError: peer.error ?? worstError(peer['objectives'] as number[], truth),
      }),
    );
  }
  const scs = await scsCurve(ratios, 5, 5, 10 * Math.sqrt(5), 1e-6);
  answers.push(
    answer(
      'curve of 41 ratios, K = 10',
      mine.milliseconds,
      'scs-solver on the four-scalar reduction, tolerance 1e-6',
      scs.milliseconds,
      {
        ...detail,
        peerError: worstError(scs.objectives, truth),
      },
    ),
  );
  return answers;
}

export async function single(noPython: string | null): Promise<Answer[]> {
  const problem = ratioProblem({ ...setting, ratio: 10 });
  const batch = 200;
  const mine = median(30, () => {
    let solution = solve(problem);
    for (let i = 1; i < batch; i++) solution = solve(problem);
    return solution;
  });
  const counts = [...new Array<number>(5).fill(10), ...new Array<number>(5).fill(1)];
  const peer =
    noPython === null
      ? runPeer('cvxpy_peer.py', { solver: 'CLARABEL', problems: new Array(5).fill(counts), eh: 5, ew: 1 }, 300)
      : { error: noPython };
  const figure = typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] / 5 : null;
  return [
    answer('one solve, K = 10, R = 10', mine.milliseconds / batch, 'CVXPY with CLARABEL', figure, {
      relativeGap: mine.result.relativeGap,
      peerError: peer.error ?? worstError((peer['objectives'] as number[]).slice(0, 1), [mine.result.objective]),
    }),
  ];
}
