/**
 * The two-group reduction of program (P): loss, gradient and Hessian in four scalars (science: docs/lpm.md).
 *
 * For a class of group g with contrast s (α or β) and between-group coordinate x (x = t_A, y = −t_B), its logit leads
 * the other classes of its own group by s and those of the other group by v = κ x + μ s, where μ = 1 − 1/K_g and
 * κ = √(K/K') / K_g, K' the size of the other group. So
 *     CE = log(1 + (K_g − 1) e^{−s} + K' e^{−v}),   f = K_A c_A CE_A(α, x) + K_B c_B CE_B(β, y),
 *     ‖Z‖_* = (K_A − 1) α + (K_B − 1) β + √(x² + y²).
 * f separates into the two groups; only the norm couples them. All probabilities are sums of the others' (never 1 − p),
 * so tiny losses keep their relative accuracy.
 */

/** Constants of one group's loss term. */
export interface GroupTerm {
  /** K_g c_g. */
  readonly mass: number;
  /** m = K_g − 1, the multiplicity of the contrast. */
  readonly multiplicity: number;
  /** K − K_g. */
  readonly others: number;
  readonly mu: number;
  readonly kappa: number;
}

export function groupTerm(classes: number, otherClasses: number, share: number): GroupTerm {
  return {
    mass: classes * share,
    multiplicity: classes - 1,
    others: otherClasses,
    mu: 1 - 1 / classes,
    kappa: Math.sqrt((classes + otherClasses) / otherClasses) / classes,
  };
}

/** Value and derivatives of one term at (s, x), written into the caller's record: the inner loop allocates nothing. */
export interface TermValue {
  value: number;
  ds: number;
  dx: number;
  dss: number;
  dsx: number;
  dxx: number;
}

export function createTermValue(): TermValue {
  return { value: 0, ds: 0, dx: 0, dss: 0, dsx: 0, dxx: 0 };
}

export function evaluateTerm(term: GroupTerm, s: number, x: number, out: TermValue): void {
  const { mass, mu, kappa } = term;
  const own = term.multiplicity * Math.exp(-s);
  const other = term.others * Math.exp(-kappa * x - mu * s);
  const denominator = 1 + own + other;
  // P1, P2: total probability of the other classes of the own group, of the other group.
  const p1 = own / denominator;
  const p2 = other / denominator;
  const meanS = p1 + mu * p2;
  const meanX = kappa * p2;
  out.value = mass * Math.log1p(own + other);
  out.ds = -mass * meanS;
  out.dx = -mass * meanX;
  out.dss = mass * (p1 + mu * mu * p2 - meanS * meanS);
  out.dsx = mass * (mu * kappa * p2 - meanS * meanX);
  out.dxx = mass * (kappa * kappa * p2 - meanX * meanX);
}
