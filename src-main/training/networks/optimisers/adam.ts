/**
 * Adam (Kingma and Ba 2015) in PyTorch's convention, weight decay coupled:
 *
 *     g ← g + λθ,  m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  θ ← θ − η (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 */
import { InvalidInput } from '../../../parameters/specification.ts';
import type { Tf } from '../../backends/backend.ts';
import { readState, writeState } from '../state.ts';
import type { Parameter } from '../types.ts';
import { type AdamSpecification, isDecayed, type Optimiser } from './optimiser.ts';

const STEPS = 'adam.steps';

export function adam(specification: AdamSpecification, parameters: readonly Parameter[], tf: Tf): Optimiser {
  const { beta1, beta2, epsilon, weightDecay, decayed } = specification;
  const moments = (name: string) =>
    parameters.map((parameter) => ({
      name: `${parameter.name}.${name}`,
      variable: tf.tidy(() => tf.variable(tf.zeros(parameter.variable.shape), false)),
    }));
  const first = moments('first-moment');
  const second = moments('second-moment');
  let t = 0;
  return {
    step: (gradients, rate) =>
      tf.tidy(() => {
        t++;
        const size = rate / (1 - beta1 ** t);
        const correction = Math.sqrt(1 - beta2 ** t);
        parameters.forEach(({ name, role, variable }, i) => {
          let g = gradients.get(name)!;
          if (weightDecay > 0 && isDecayed(decayed, role)) g = tf.add(g, tf.mul(variable, weightDecay));
          const m = first[i]!.variable;
          const v = second[i]!.variable;
          m.assign(tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)));
          v.assign(tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2)));
          const scale = tf.add(tf.div(tf.sqrt(v), correction), epsilon);
          variable.assign(tf.sub(variable, tf.div(tf.mul(m, size), scale)));
        });
      }),
    // A float32 holds t exactly up to 2²⁴ steps, long after both corrections are 1.
    state: async () => [
      ...(await readState([...first, ...second])),
      { name: STEPS, shape: [], values: Float32Array.of(t) },
    ],
    load: (state) => {
      const steps = state.find(({ name }) => name === STEPS)?.values[0];
      if (steps === undefined) throw new InvalidInput([{ field: STEPS, value: null, message: 'is missing' }]);
      writeState(
        tf,
        [...first, ...second],
        state.filter(({ name }) => name !== STEPS),
      );
      t = steps;
    },
    dispose: () => {
      for (const { variable } of [...first, ...second]) variable.dispose();
    },
  };
}
