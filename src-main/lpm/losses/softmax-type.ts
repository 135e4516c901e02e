/**
 * The losses that the balanced theorem covers beside cross-entropy, as data; nothing is minimised here.
 *
 *     L(z, k) = φ(u),   u = Σ_{j≠k} g(z_j − z_k)
 *
 * Either condition makes L convex in z, decreasing in every margin z_k − z_j, and blind to a shift of z (docs/lpm-losses.md):
 *   (sum)   g and φ convex and nondecreasing;
 *   (log)   g = exp and φ = ψ ∘ log(1 + ·) with ψ convex and nondecreasing.
 * Losses that are convex in no logits (focal loss) are refused: neither the theorem nor the certificate would hold.
 */
import { softplus } from '../../numerics/log-sum-exp.ts';

/** Value, first and second derivative. */
export interface Jet {
  readonly value: number;
  readonly first: number;
  readonly second: number;
}

export type LossId =
  'cross-entropy' | 'power' | 'exponential' | 'pairwise-logistic' | 'squared-hinge' | 'polynomial-tail';

export interface SoftmaxTypeLoss {
  readonly id: LossId;
  readonly name: string;
  /** KaTeX source of L. */
  readonly formula: string;
  readonly condition: 'sum' | 'log';
  /** Why the condition holds. */
  readonly reason: string;
  /** Meaning and default of the shape parameter a > 0, where the loss has one. */
  readonly shape: { readonly default: number; readonly meaning: string } | null;
  readonly phi: (u: number, a: number) => Jet;
  readonly g: (x: number, a: number) => Jet;
}

const identity = (u: number): Jet => ({ value: u, first: 1, second: 0 });

const exponential = (x: number): Jet => {
  const value = Math.exp(x);
  return { value, first: value, second: value };
};

export const softmaxTypeLosses: readonly SoftmaxTypeLoss[] = [
  {
    id: 'cross-entropy',
    name: 'Cross-entropy',
    formula: '\\log\\bigl(1+\\sum_{j\\ne k}e^{z_j-z_k}\\bigr)',
    condition: 'log',
    reason: 'ψ is the identity',
    shape: null,
    phi: (u) => ({ value: Math.log1p(u), first: 1 / (1 + u), second: -1 / (1 + u) ** 2 }),
    g: exponential,
  },
  {
    id: 'power',
    name: 'Power of the inverse probability',
    formula: '\\tfrac1a\\bigl(p_k^{-a}-1\\bigr),\\quad p=\\mathrm{softmax}(z)',
    condition: 'log',
    reason: 'ψ(v) = (e^{av} − 1)/a is convex and increasing; a → 0 is cross-entropy, a = 1 the exponential loss',
    shape: { default: 0.5, meaning: 'exponent a of 1/p_k' },
    phi: (u, a) => {
      const v = Math.log1p(u);
      const first = Math.exp((a - 1) * v);
      return { value: Math.expm1(a * v) / a, first, second: ((a - 1) * first) / (1 + u) };
    },
    g: exponential,
  },
  {
    id: 'exponential',
    name: 'Exponential',
    formula: '\\sum_{j\\ne k}e^{z_j-z_k}',
    condition: 'sum',
    reason: 'exp is convex and increasing',
    shape: null,
    phi: identity,
    g: exponential,
  },
  {
    id: 'pairwise-logistic',
    name: 'Pairwise logistic',
    formula: '\\sum_{j\\ne k}\\log(1+e^{z_j-z_k})',
    condition: 'sum',
    reason: 'softplus is convex and increasing',
    shape: null,
    phi: identity,
    g: (x) => {
      const p = 1 / (1 + Math.exp(-x));
      return { value: softplus(x), first: p, second: p / (1 + Math.exp(x)) };
    },
  },
  {
    id: 'squared-hinge',
    name: 'Squared hinge',
    formula: '\\sum_{j\\ne k}\\max(0,a+z_j-z_k)^2',
    condition: 'sum',
    reason: 'the square of a nonnegative, convex, nondecreasing function; zero once every margin reaches a',
    shape: { default: 1, meaning: 'margin a beyond which nothing is lost' },
    phi: identity,
    g: (x, a) => {
      const excess = Math.max(0, a + x);
      return { value: excess * excess, first: 2 * excess, second: excess > 0 ? 2 : 0 };
    },
  },
  {
    id: 'polynomial-tail',
    name: 'Polynomial tail',
    formula: '\\sum_{j\\ne k}g(z_j-z_k),\\quad g(x)=(1-x)^{-a}\\ (x\\le0),\\ \\ 1+ax+\\tfrac{a(a+1)}2x^2\\ (x>0)',
    condition: 'sum',
    reason: 'both pieces are convex and increasing and meet with two derivatives',
    shape: { default: 1, meaning: 'exponent a of the decay in the margin' },
    phi: identity,
    g: (x, a) => {
      if (x > 0)
        return { value: 1 + a * x + (a * (a + 1) * x * x) / 2, first: a + a * (a + 1) * x, second: a * (a + 1) };
      const value = (1 - x) ** -a;
      return { value, first: (a * value) / (1 - x), second: (a * (a + 1) * value) / (1 - x) ** 2 };
    },
  },
];

/** A loss with its shape parameter filled in: what the solver works with. */
export interface ChosenLoss {
  readonly loss: SoftmaxTypeLoss;
  /** a; unused where the loss has no shape. */
  readonly shape: number;
}

/** @param shape a > 0; the loss's default unless given */
export function chooseLoss(id: LossId, shape?: number): ChosenLoss {
  const loss = softmaxTypeLosses.find((entry) => entry.id === id)!;
  return { loss, shape: shape ?? loss.shape?.default ?? 1 };
}

/** L(z, k) and its gradient in z (length K). */
export function sampleLoss(
  { loss, shape }: ChosenLoss,
  z: Float64Array,
  k: number,
): { readonly value: number; readonly gradient: Float64Array } {
  let u = 0;
  const gradient = z.map((logit, j) => {
    if (j === k) return 0;
    const { value, first } = loss.g(logit - z[k]!, shape);
    u += value;
    return first;
  });
  const { value, first } = loss.phi(u, shape);
  let own = 0;
  for (let j = 0; j < z.length; j++) own -= gradient[j]! *= first;
  gradient[k] = own;
  return { value, gradient };
}
