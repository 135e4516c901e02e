/** A 200×200 phase diagram of cos(w_B, w_B'): R from 1 to 10,000, E_H from 0.5 to 50, K = 10, K_A = 5, E_W = 1. */
import { phaseGrid, type PhaseRequest } from '../src-main/lpm/phase/grid.ts';
import { answer, logSpaced, median, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const SIDE = 200;
/** What is computed while a slider is dragged. */
const COARSE = 50;
/** The peer solves this many of the points; its figure is scaled to the whole grid and says so. */
const SAMPLE = 20;

export function phase(noPython: string | null): Answer[] {
  const request = (side: number): PhaseRequest => ({
    x: { key: 'ratio', from: 1, to: 1e4, count: side },
    y: { key: 'budget', from: 0.5, to: 50, count: side },
    fixed: { ratio: 1, budget: 5, share: 0.5, weight: 1, classes: 10 },
    quantity: 'classifierCosineMinority',
  });
  const mine = median(3, () => phaseGrid(request(SIDE)));
  const coarse = median(10, () => phaseGrid(request(COARSE)));
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
        contours: 'R0 and R1 included',
        coarseMilliseconds: Number(coarse.milliseconds.toPrecision(4)),
        coarseSide: COARSE,
        worstRelativeGap: mine.result.worstRelativeGap,
        peerPointsMeasured: SAMPLE,
        peerError: peer.error ?? null,
      },
    ),
  ];
}
