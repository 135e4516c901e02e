/**
 * The unconstrained model's gradient flow down to a given loss, K = 10, n = 10, p = 20, from the same random start as plain
 * gradient descent with its largest stable constant step.
 */
import { integrateFlow, momentGrid, type FlowProgress } from '../src-main/models/flow/integrate.ts';
import { flowLoss } from '../src-main/models/flow/loss.ts';
import { flowMeter } from '../src-main/models/flow/measure.ts';
import { parts, type FlowState } from '../src-main/models/flow/problem.ts';
import { flowStart } from '../src-main/models/flow/start.ts';
import { answer, median, type Answer } from './line.ts';
import { runPeer } from './python.ts';

const problem = { classes: 10, perClass: 10, dimension: 20 };
const TOLERANCE = 1e-8;

/** The first of 8 moments a decade at which the loss is at most the target. */
function flowTo(start: FlowState, target: number) {
  const gradient = new Float64Array(start.length);
  const { evaluate } = flowLoss(problem);
  const steps = integrateFlow(problem, start, { moments: momentGrid(-2, 18, 161), tolerance: TOLERANCE });
  for (let step = steps.next(); step.done !== true; step = steps.next()) {
    const progress: FlowProgress = step.value;
    for (const moment of progress.moments) {
      const logLoss = evaluate(moment.state, gradient);
      if (logLoss <= Math.log(target)) return { moment, loss: Math.exp(logLoss), steps: progress.steps };
    }
  }
  throw new Error(`the flow did not reach a loss of ${target}`);
}

/** @param seconds the time limit of the peer. */
export function flow(target: number, noPython: string | null, seconds: number): Answer[] {
  const start = flowStart(problem, { kind: 'random', scale: 1, perturbation: 0, seed: 1 });
  const mine = median(5, () => flowTo(start, target));
  const { W, H } = parts(problem, start);
  const ask = { ...problem, W: [...W], H: [...H], target, trial: 500, limit: seconds };
  const peer = noPython === null ? runPeer('ulpm_peer.py', ask, seconds + 120) : { error: noPython };
  const figure = typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] : null;
  return [
    answer(
      `gradient flow to a loss of ${target}, K = 10, n = 10, p = 20`,
      mine.milliseconds,
      `NumPy gradient descent, largest stable step, at most ${seconds} s`,
      figure,
      {
        loss: mine.result.loss,
        time: Math.expm1(mine.result.moment.tau),
        steps: mine.result.steps,
        drift: flowMeter(problem, start)(mine.result.moment).drift,
        peerLoss: peer.error ?? peer['loss'],
        peerSteps: peer['steps'],
        peerStep: peer['step'],
        ...(figure === null && peer.error === undefined
          ? { reason: `loss ${String(peer['loss'])} after ${seconds} s: the target was not reached` }
          : {}),
      },
    ),
  ];
}
