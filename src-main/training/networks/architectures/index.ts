/** Network bodies by name, from the input to the features: the architecture, then the layer to p where one is wanted. */
import { InvalidInput } from '../../../parameters/specification.ts';
import type { ImageShape } from '../../types.ts';
import { relu } from '../layers/activation.ts';
import { dense } from '../layers/dense.ts';
import { type Layer, sequence, sizeOf } from '../layers/layer.ts';
import type { NetworkSpecification } from '../types.ts';
import { cnn } from './cnn.ts';
import { mlp } from './mlp.ts';
import { resnet18 } from './resnet.ts';
import { vgg } from './vgg.ts';

const SMALLEST = 4;

/** @throws InvalidInput where a convolutional network is asked of vectors or tiny images */
export function architecture(specification: NetworkSpecification, shape: ImageShape): Layer {
  const { featureDimension: p, featureRelu, initial } = specification;
  const base = named(specification, shape);
  if (p === null) return base;
  const following = featureRelu ? 'relu' : 'linear';
  const toFeatures = dense('feature', sizeOf(base.output), p, { initial, following, bias: true });
  return sequence([base, toFeatures, ...(featureRelu ? [relu([p])] : [])], base.output);
}

function named(specification: NetworkSpecification, shape: ImageShape): Layer {
  const { architecture: name } = specification;
  if (name === 'mlp') return mlp(specification, shape);
  if (shape.height < SMALLEST || shape.width < SMALLEST)
    throw new InvalidInput([
      {
        field: 'architecture',
        value: name,
        message: `needs images of ${SMALLEST}×${SMALLEST} or more, these are ${shape.height}×${shape.width}; an mlp takes them`,
      },
    ]);
  if (name === 'cnn') return cnn(specification, shape);
  if (name === 'resnet-18') return resnet18(specification, shape);
  return vgg(name, specification, shape);
}
