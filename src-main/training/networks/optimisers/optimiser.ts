/** What an optimiser is: it moves a network's parameters along gradients and can be saved and restored bit by bit. */
import type { Gradients } from '../losses/step.ts';
import type { NamedArray, ParameterRole } from '../types.ts';

/** Which parameters have weight decay: all of them, as torch.optim does, or weights but no biases and no batch norm. */
export type Decayed = 'all' | 'weights';

interface Common {
  /** λ: λ/2 ‖θ‖² joins the objective, so λθ joins the gradient (coupled, as torch.optim.SGD and Adam have it). */
  readonly weightDecay: number;
  readonly decayed: Decayed;
}

export interface SgdSpecification extends Common {
  readonly kind: 'sgd';
  /** μ in [0, 1). */
  readonly momentum: number;
  readonly nesterov: boolean;
}

export interface AdamSpecification extends Common {
  readonly kind: 'adam';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export type OptimiserSpecification = SgdSpecification | AdamSpecification;

export interface Optimiser {
  /** One step of learning rate `rate`. Gradients stay the caller's. */
  step(gradients: Gradients, rate: number): void;
  /** Moments and counts; empty where there are none. */
  state(): Promise<NamedArray[]>;
  /** @throws InvalidInput naming what does not fit; nothing is changed then */
  load(state: readonly NamedArray[]): void;
  dispose(): void;
}

export function isDecayed(decayed: Decayed, role: ParameterRole): boolean {
  return decayed === 'all' || role === 'weight' || role === 'head-weight';
}
