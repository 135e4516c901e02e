/**
 * Newton's method for F = log f on the sphere ½‖x‖² = ρ: Riemannian trust region, rank adaptation and stopping by the
 * duality gap. Works on a reduced problem as given; merging, aggregation and the form of the answer are elsewhere.
 *
 * Near the solution the rank is right and the Hessian is definite off the gauge directions, so convergence is
 * quadratic; directions that vanish do so cubically (x enters as x²) unless the dual inequality is tight too.
 */

import type { SolveStatus } from '../types.ts';
import { certify, type Certificate } from './certificate.ts';
import { evaluateFactors, unpack, type Factors } from './factors.ts';
import type { CanonicalFactors } from './gauge.ts';
import type { Pulse } from './pulse.ts';
import { newtonStep, visit, type Visit } from './newton-step.ts';
import { addViolated, dropSlack } from './rank.ts';
import type { ReducedProblem } from './reduced-problem.ts';

export interface MinimiseOptions {
  /** Target for the relative gap. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly pulse: Pulse;
  /** Iterations made before this call, for the reports. */
  readonly offset?: number | undefined;
}

export interface Minimiser {
  /** The best point met, by its gap. */
  readonly point: CanonicalFactors;
  readonly certificate: Certificate;
  readonly status: SolveStatus;
  readonly iterations: number;
}

/** Steps without a clearly better gap, once it is small, after which no more is expected: at a stationary point, and not. */
const PATIENCE = 8;
const LONG_PATIENCE = 20;
const CLEARLY = 0.8;
/** Relative gap from which complementarity is trusted to tell which directions vanish. */
const COMPLEMENTARITY = 1e-2;

/** Residual, relative to the gap, at which the gap is due to a missing direction. */
const STATIONARY = 0.1;
/** Newton steps granted to a solution after its vanishing directions were cut. */
const TIDYING = 8;

/**
 * Minimises from `start`, a point on the sphere. A solution's directions that complementarity puts at zero are cut, and
 * stay cut if the rest meets the tolerance without them: collapse comes out exact.
 */
export function minimise(problem: ReducedProblem, start: Factors, options: MinimiseOptions): Minimiser {
  const found = descend(problem, start, options);
  if (found.status !== 'solved') return found;
  const { loss } = evaluateFactors(problem, found.point);
  const narrower = dropSlack(problem, loss, found.point, found.certificate.multiplier);
  if (narrower === null) return found;
  const offset = (options.offset ?? 0) + found.iterations;
  const tidied = descend(problem, narrower, { ...options, maxIterations: TIDYING, offset });
  const iterations = found.iterations + tidied.iterations;
  return tidied.status === 'solved' ? { ...tidied, iterations } : { ...found, iterations };
}

function descend(problem: ReducedProblem, start: Factors, options: MinimiseOptions): Minimiser {
  const radius = Math.sqrt(2 * problem.radius);
  let current = visit(problem, start);
  let certificate = certifyVisit(problem, current);
  let best = { point: current.point, certificate };
  let waiting = 0;
  let trust = radius / 4;
  let iterations = 0;
  let lastDrop = Infinity;
  let forcing = Infinity;
  // A direction just added grows by a Newton step before the next one is looked for.
  let added = false;
  const finish = (status: SolveStatus): Minimiser => ({ ...best, status, iterations });

  for (;;) {
    const { point, state, multiplier, residual } = current;
    const gap = certificate.relativeGap;
    const before = best.certificate.relativeGap;
    if (gap < before) best = { point, certificate };
    waiting = gap < CLEARLY * before ? 0 : waiting + 1;
    const reached = best.certificate.relativeGap;
    if (reached <= options.tolerance) return finish('solved');
    const patience = residual < STATIONARY * gap ? PATIENCE : LONG_PATIENCE;
    if ((waiting > patience && reached < 1e-5) || trust < 1e-14 * radius) return finish('stalled');
    if (iterations >= options.maxIterations) return finish('max-iterations');
    const iteration = (options.offset ?? 0) + iterations;
    if (!options.pulse.report(iteration, reached)) return finish('cancelled');
    iterations++;

    let changed: Factors | null = null;
    if (residual < STATIONARY * gap && !added) {
      // Stationary, yet the certificate fails: a direction is missing.
      changed = addViolated(problem, state.loss, point, multiplier, Math.max(2, Math.ceil(point.rank / 8)));
      added = changed !== null;
      if (added) trust = Math.max(trust, radius / 16);
    }
    if (changed === null && gap < COMPLEMENTARITY && gap < lastDrop / 3) {
      changed = dropSlack(problem, state.loss, point, multiplier);
      if (changed !== null) lastDrop = gap;
    }
    if (changed !== null) {
      current = visit(problem, changed);
      forcing = Infinity;
    } else {
      const step = newtonStep(problem, current, {
        trust,
        goal: options.tolerance,
        forcing,
        alive: options.pulse.alive,
      });
      trust = step.trust;
      added = false;
      if (!step.accepted) continue;
      forcing = step.forcing;
      current = step.next;
    }
    certificate = certifyVisit(problem, current);
  }
}

function certifyVisit(problem: ReducedProblem, { point, state }: Visit): Certificate {
  const { between, contrasts } = unpack(problem, point);
  return certify(problem, state.loss, contrasts, between);
}
