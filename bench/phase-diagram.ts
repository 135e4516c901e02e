/** A 200×200 phase diagram of cos(w_B, w_B'): R from 1 to 10,000, E_H from 0.5 to 50, K = 10, K_A = 5, E_W = 1. */
import { phaseDiagram } from '../src-main/lpm/phase-diagram.ts';
import { answer, logSpaced, median, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const SIDE = 200;
/** The peer solves this many of the points; its figure is scaled to the whole grid and says so. */
const SAMPLE = 20;

export function phase(noPython: string | null): Answer[] {
  const ratios = logSpaced(1, 1e4, SIDE);
  const setting = { majorityClasses: 5, minorityClasses: 5, classifierBudget: 1 };
  const mine = median(3, () => phaseDiagram(setting, ratios, logSpaced(0.5, 50, SIDE)));
  const sample = logSpaced(1, 1e4, SAMPLE).map((R) => [
    ...new Array<number>(5).fill(R),
    ...new Array<number>(5).fill(1),
  ]);
  const peer =
    noPython === null
      ? runPeer('cvxpy_peer.py', { solver: 'CLARABEL', problems: sample, eh: 5, ew: 1 }, 300)
      : { error: noPython };
  const figure = typeof peer['milliseconds'] === 'number' ? (peer['milliseconds'] / SAMPLE) * SIDE * SIDE : null;
  return [
    answer(
      `phase diagram, ${SIDE} × ${SIDE} points`,
      mine.milliseconds,
      'CVXPY with CLARABEL, scaled from a sample',
      figure,
      {
        worstRelativeGap: mine.result.worstRelativeGap,
        peerPointsMeasured: SAMPLE,
        peerError: peer.error ?? null,
      },
    ),
  ];
}
