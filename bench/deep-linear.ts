/** The optimum of a deep linear network: closed form against gradient descent and L-BFGS on the factors, to 1e-6. */
import { solveSquaredLoss } from '../src-main/models/deep-linear/closed-form.ts';
import { answer, median, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const SETTINGS = [
  { name: 'K = 4, M = 3', counts: [200, 100, 50, 50], depth: 3, width: 16 },
  { name: 'K = 10, M = 5', counts: [200, 200, 150, 150, 100, 100, 80, 80, 60, 60], depth: 5, width: 32 },
];
const DECAY = 5e-4;
const TARGET = 1e-6;
/** Seconds for one learning rate. */
const LIMIT = 20;

export function deepLinear(noPython: string | null): Answer[] {
  return SETTINGS.flatMap(({ name, counts, depth, width }) => {
    const problem = {
      counts,
      loss: 'mse' as const,
      bias: false,
      decays: new Array<number>(depth).fill(DECAY),
      featureDecay: DECAY,
      widths: new Array<number>(depth).fill(width),
    };
    const { milliseconds, result } = median(201, () => solveSquaredLoss(problem));
    const ask = {
      counts,
      depth,
      width,
      decay: DECAY,
      featureDecay: DECAY,
      optimum: result.objective,
      target: TARGET,
      limit: LIMIT,
      rates: [0.25, 0.5, 1, 2, 4],
    };
    const peers = [
      ['gradient', 'NumPy gradient descent, best of five learning rates, to 1e-6'],
      ['lbfgs', 'SciPy L-BFGS on the factors, to 1e-6'],
    ] as const;
    return peers.map(([method, peer]) => {
      const found = noPython === null ? runPeer('deep_linear_peer.py', { ...ask, method }, 200) : { error: noPython };
      const figure = typeof found['milliseconds'] === 'number' ? found['milliseconds'] : null;
      return answer(`deep linear optimum, ${name}`, milliseconds, peer, figure, {
        objective: result.objective,
        peerError: found.error ?? (figure === null ? `not reached, ${LIMIT} s a rate` : null),
        peerRate: found['rate'],
        peerSteps: found['steps'],
        peerStarts: found['starts'],
      });
    });
  });
}
