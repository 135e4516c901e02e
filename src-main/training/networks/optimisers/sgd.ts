/**
 * Stochastic gradient descent with momentum in PyTorch's convention, learning rate η outside the velocity:
 *
 *     g ← g + λθ,   v ← μv + g,   θ ← θ − η v        (Nesterov: θ ← θ − η (g + μv))
 */
import type { Tf } from '../../backends/backend.ts';
import { readState, writeState } from '../state.ts';
import type { Parameter } from '../types.ts';
import { isDecayed, type Optimiser, type SgdSpecification } from './optimiser.ts';

export function sgd(specification: SgdSpecification, parameters: readonly Parameter[], tf: Tf): Optimiser {
  const { momentum, nesterov, weightDecay, decayed } = specification;
  const velocities =
    momentum === 0
      ? []
      : parameters.map(({ name, variable }) => ({
          name: `${name}.velocity`,
          variable: tf.tidy(() => tf.variable(tf.zeros(variable.shape), false)),
        }));
  return {
    step: (gradients, rate) =>
      tf.tidy(() => {
        parameters.forEach(({ name, role, variable }, i) => {
          let g = gradients.get(name)!;
          if (weightDecay > 0 && isDecayed(decayed, role)) g = tf.add(g, tf.mul(variable, weightDecay));
          const v = velocities[i]?.variable;
          if (v !== undefined) {
            v.assign(tf.add(tf.mul(v, momentum), g));
            g = nesterov ? tf.add(g, tf.mul(v, momentum)) : v;
          }
          variable.assign(tf.sub(variable, tf.mul(g, rate)));
        });
      }),
    state: () => readState(velocities),
    load: (state) => writeState(tf, velocities, state),
    dispose: () => {
      for (const { variable } of velocities) variable.dispose();
    },
  };
}
