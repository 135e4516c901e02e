/**
 * One measurement of a network in training: features of the whole training set in evaluation mode, the collapse metrics, and
 * theory beside them. The features are kept in one array for as long as the training lasts: the network runs once, not twice.
 */
import { measure } from '../../collapse/measure.ts';
import { arraySource } from '../../collapse/source.ts';
import type { MeasureOptions, Measurement } from '../../collapse/types.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import type { Session } from './session.ts';
import { besideTheory, type Beside, type Theory } from './theory/beside.ts';

export interface EpochMeasurement {
  readonly collapse: Measurement;
  readonly beside: Beside;
  readonly evaluation: Evaluation;
  /** W and b as float64. */
  readonly classifier: { readonly weights: Float64Array; readonly bias: Float64Array | null };
}

export interface Meter {
  measure(breathe: () => Promise<void>): Promise<EpochMeasurement>;
  /** As of the last measurement: N×p, and labels. */
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

export function createMeter(session: Session, theory: Theory): Meter {
  const { dataset, plan, network } = session;
  const { samples, majority } = plan;
  const p = network.featureDimension;
  const features = new Float32Array(samples.length * p);
  const labels = Int32Array.from(samples, (i) => dataset.train.labels[i]!);
  const source = arraySource(features, labels, p);
  return {
    features,
    labels,
    async measure(breathe) {
      const evaluation = await evaluate(session, dataset.train, samples, breathe, features);
      const head = await network.head();
      const classifier = {
        weights: Float64Array.from(head.weights),
        bias: head.bias && Float64Array.from(head.bias),
      };
      const options: MeasureOptions = {
        classes: network.classes,
        centre: 'classes',
        pooling: 'samples',
        majority: majority.length > 0 ? majority : null,
        weights: theory.weights,
        decays: squaredDecays(session),
        covariance: session.specification.covariance,
      };
      const collapse = await measure(source, classifier, options, breathe);
      return { collapse, beside: besideTheory(theory, collapse), evaluation, classifier };
    },
  };
}

/** Decays from which the general orthogonal frame follows: of a squared loss with decay on the last layer and, per sample, its features. */
function squaredDecays({ specification: { loss, peeledDecay } }: Session): MeasureOptions['decays'] {
  if (loss !== 'mse' || peeledDecay?.normalisation !== 'sample') return null;
  if (!(peeledDecay.classifier > 0 && peeledDecay.feature > 0)) return null;
  return peeledDecay;
}
