/** Network bodies by name: from the input to the features. */
import type { ImageShape } from '../../types.ts';
import type { Layer } from '../layers/layer.ts';
import type { NetworkSpecification } from '../types.ts';
import { mlp } from './mlp.ts';

export function architecture(specification: NetworkSpecification, shape: ImageShape): Layer {
  return mlp(specification, shape);
}
