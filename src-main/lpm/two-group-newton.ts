/**
 * Newton's method on the optimality conditions of the two-group program, in logarithms; `two-group.ts` decides which
 * pattern to solve for, this file only solves it.
 *
 * Unknowns α, β, log x, log y, log λ; equations (f from two-group-loss.ts, τ = √(x² + y²)):
 *     log(−f_α / m_A) = log λ          log(−f_x) = log λ + log(x/τ)
 *     log(−f_β / m_B) = log λ          log(−f_y) = log λ + log(y/τ)
 *     m_A α + m_B β + τ = ρ
 * The logarithms make the equations nearly linear when the loss is exponentially small: Newton on f itself would move
 * the logits by about 1 per step, here a radius of 1,000 costs no more steps than a radius of 1.
 *
 * Certificate for any feasible Z: gap = ⟨∇f, Z⟩ + ρ‖∇f‖₂ = ρ (max σ − λ), λ = −⟨∇f, Z⟩/ρ, where σ runs over the
 * singular values of the gradient: σ_A = −f_α/m_A, σ_B = −f_β/m_B, σ_M = √(f_x² + f_y²).
 */
import { createTermValue, evaluateTerm, type GroupTerm } from './two-group-loss.ts';

/** A point of the four-scalar problem with its certificate; mutable, so that sweeps reuse one record. */
export interface TwoGroupPoint {
  alpha: number;
  beta: number;
  x: number;
  y: number;
  objective: number;
  gap: number;
  /** λ, the multiplier. */
  multiplier: number;
  iterations: number;
}

const MAX_ITERATIONS = 100;
/** Fraction of the way to α = 0 or β = 0 that one step may take, and the largest step in log x, log y. */
const TO_BOUNDARY = 0.95;
const LARGEST_LOG_STEP = 3;
/** Σ F² at which rounding takes over is CONVERGED (1 + ρ²); a stop above ACCEPTED is a failure. */
const CONVERGED = 1e-31;
const ACCEPTED = 1e-16;

const termA = createTermValue();
const termB = createTermValue();
const residual = new Float64Array(5);
/** The 5×6 augmented system, row-major. */
const system = new Float64Array(30);

/** Scales z onto the surface ‖Z‖_* = ρ. */
function retract(A: GroupTerm, B: GroupTerm, rho: number, z: TwoGroupPoint): void {
  const scale = rho / (A.multiplicity * z.alpha + B.multiplicity * z.beta + Math.hypot(z.x, z.y));
  z.alpha *= scale;
  z.beta *= scale;
  z.x *= scale;
  z.y *= scale;
}

/** Evaluates f, λ and the gap at a feasible z; returns σ_M. */
export function certify(A: GroupTerm, B: GroupTerm, rho: number, z: TwoGroupPoint): number {
  evaluateTerm(A, z.alpha, z.x, termA);
  evaluateTerm(B, z.beta, z.y, termB);
  const lambda = -(termA.ds * z.alpha + termB.ds * z.beta + termA.dx * z.x + termB.dx * z.y) / rho;
  const between = Math.hypot(termA.dx, termB.dx);
  let sigma = between;
  if (A.multiplicity > 0) sigma = Math.max(sigma, -termA.ds / A.multiplicity);
  if (B.multiplicity > 0) sigma = Math.max(sigma, -termB.ds / B.multiplicity);
  z.objective = termA.value + termB.value;
  z.multiplier = lambda;
  // Never report less than what rounding can hide.
  z.gap = Math.max(rho * (sigma - lambda), Number.EPSILON * (rho * sigma + z.objective));
  return between;
}

/**
 * Solves the conditions from z in place, with β free or held at 0, and certifies the result.
 * A start needs x > 0, α > 0 where K_A > 1, β > 0 where it is free, and y > 0 unless the minority carries no loss.
 * @returns whether the conditions hold at z up to rounding; false also where the loss underflows.
 */
export function newton(A: GroupTerm, B: GroupTerm, rho: number, z: TwoGroupPoint, freeBeta: boolean): boolean {
  const moves = {
    alpha: A.multiplicity > 0,
    beta: freeBeta && B.multiplicity > 0,
    y: B.mass > 0,
  };
  if (!moves.alpha) z.alpha = 0;
  if (!moves.beta) z.beta = 0;
  if (!moves.y) z.y = 0;
  retract(A, B, rho, z);
  certify(A, B, rho, z);
  let logLambda = Math.log(z.multiplier);
  let merit = residuals(A, B, rho, z, logLambda, moves);
  let iteration = 0;
  const converged = CONVERGED * (1 + rho * rho);
  while (merit > converged && iteration < MAX_ITERATIONS) {
    iteration++;
    fillSystem(A, B, z, moves);
    if (!solveSystem()) break;
    const da = system[5]!;
    const db = system[11]!;
    const du = system[17]!;
    const dw = system[23]!;
    const dl = system[29]!;
    const { alpha, beta, x, y } = z;
    let length = Math.min(1, LARGEST_LOG_STEP / Math.max(Math.abs(du), Math.abs(dw), 1e-300));
    if (da < 0) length = Math.min(length, (-TO_BOUNDARY * alpha) / da);
    if (db < 0) length = Math.min(length, (-TO_BOUNDARY * beta) / db);
    let reached = Infinity;
    let halvings = 0;
    for (; halvings < 30; halvings++, length *= 0.5) {
      z.alpha = alpha + length * da;
      z.beta = beta + length * db;
      z.x = x * Math.exp(length * du);
      z.y = y * Math.exp(length * dw);
      reached = residuals(A, B, rho, z, logLambda + length * dl, moves);
      if (reached < merit * (1 - 0.1 * length)) break;
    }
    if (!(reached < merit)) {
      // Rounding: keep the better of the two points and stop.
      Object.assign(z, { alpha, beta, x, y });
      break;
    }
    logLambda += length * dl;
    merit = reached;
  }
  retract(A, B, rho, z);
  certify(A, B, rho, z);
  z.iterations = iteration;
  return merit < ACCEPTED;
}

interface Moves {
  readonly alpha: boolean;
  readonly beta: boolean;
  readonly y: boolean;
}

/** Fills `residual` (and the term records) at z and returns Σ F². A held coordinate has residual 0. */
function residuals(A: GroupTerm, B: GroupTerm, rho: number, z: TwoGroupPoint, logLambda: number, moves: Moves): number {
  evaluateTerm(A, z.alpha, z.x, termA);
  evaluateTerm(B, z.beta, z.y, termB);
  const tau = Math.hypot(z.x, z.y);
  const F = residual;
  F[0] = moves.alpha ? Math.log(-termA.ds / A.multiplicity) - logLambda : 0;
  F[1] = moves.beta ? Math.log(-termB.ds / B.multiplicity) - logLambda : 0;
  F[2] = Math.log((-termA.dx * tau) / z.x) - logLambda;
  F[3] = moves.y ? Math.log((-termB.dx * tau) / z.y) - logLambda : 0;
  F[4] = A.multiplicity * z.alpha + B.multiplicity * z.beta + tau - rho;
  return F[0] * F[0] + F[1] * F[1] + F[2] * F[2] + F[3] * F[3] + F[4] * F[4];
}

/** Jacobian and −F for the unknowns α, β, log x, log y, log λ; a held coordinate gets the equation d = 0. */
function fillSystem(A: GroupTerm, B: GroupTerm, z: TwoGroupPoint, moves: Moves): void {
  const m = system;
  m.fill(0);
  const { x, y } = z;
  const tau = Math.hypot(x, y);
  const xx = (x / tau) ** 2;
  const yy = (y / tau) ** 2;
  m[0] = 1;
  m[7] = 1;
  m[21] = 1;
  if (moves.alpha) {
    m[0] = termA.dss / termA.ds;
    m[2] = (termA.dsx * x) / termA.ds;
    m[4] = -1;
    m[12] = termA.dsx / termA.dx;
    m[24] = A.multiplicity;
  }
  if (moves.beta) {
    m[7] = termB.dss / termB.ds;
    m[9] = (termB.dsx * y) / termB.ds;
    m[10] = -1;
    m[19] = termB.dsx / termB.dx;
    m[25] = B.multiplicity;
  }
  m[14] = (termA.dxx * x) / termA.dx - yy;
  m[15] = moves.y ? yy : 0;
  m[16] = -1;
  if (moves.y) {
    m[20] = xx;
    m[21] = (termB.dxx * y) / termB.dx - xx;
    m[22] = -1;
    m[27] = yy * tau;
  }
  m[26] = xx * tau;
  for (let r = 0; r < 5; r++) m[r * 6 + 5] = -residual[r]!;
}

/** Gaussian elimination with partial pivoting; the solution lands in column 5. False if singular. */
function solveSystem(): boolean {
  const m = system;
  for (let c = 0; c < 5; c++) {
    let pivot = c;
    for (let r = c + 1; r < 5; r++) if (Math.abs(m[r * 6 + c]!) > Math.abs(m[pivot * 6 + c]!)) pivot = r;
    if (!(Math.abs(m[pivot * 6 + c]!) > 0)) return false;
    if (pivot !== c) {
      for (let k = c; k < 6; k++) {
        const held = m[c * 6 + k]!;
        m[c * 6 + k] = m[pivot * 6 + k]!;
        m[pivot * 6 + k] = held;
      }
    }
    for (let r = c + 1; r < 5; r++) {
      const factor = m[r * 6 + c]! / m[c * 6 + c]!;
      if (factor !== 0) for (let k = c + 1; k < 6; k++) m[r * 6 + k] = m[r * 6 + k]! - factor * m[c * 6 + k]!;
    }
  }
  for (let r = 4; r >= 0; r--) {
    let value = m[r * 6 + 5]!;
    for (let k = r + 1; k < 5; k++) value -= m[r * 6 + k]! * m[k * 6 + 5]!;
    m[r * 6 + 5] = value / m[r * 6 + r]!;
  }
  return Number.isFinite(m[5]! + m[11]! + m[17]! + m[23]! + m[29]!);
}
