/** Arrays by name that are opened when they are asked for: one that cannot be read stands in nobody's way until it is wanted. */
import { TensorError, type Tensor } from './tensor.ts';

/** How each array is opened, by name. */
export type Openers = ReadonlyMap<string, () => Tensor>;

/** @throws TensorError where there is no array of this name, or none that can be read, naming it */
export function openNamed(openers: Openers, name: string): Tensor {
  const opener = openers.get(name);
  if (opener === undefined)
    throw new TensorError(`holds no array ${name}; its arrays are ${[...openers.keys()].join(', ') || 'none'}`);
  try {
    return opener();
  } catch (error) {
    throw error instanceof TensorError ? new TensorError(`${name}: ${error.message}`) : error;
  }
}
