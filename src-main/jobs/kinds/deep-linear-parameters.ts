/** Parameters that the deep linear kinds share, declared once, and the problem they make. */
import type { DeepLinearProblem } from '../../models/deep-linear/types.ts';
import { validateDeepLinear } from '../../models/deep-linear/validate.ts';
import { parseCounts, parseNumbers } from '../../parameters/counts.ts';
import {
  InvalidInput,
  type BooleanParameter,
  type CountsParameter,
  type NumberParameter,
  type NumbersParameter,
  type ParameterValues,
} from '../../parameters/specification.ts';

export const DANG = 'Dang, Tran, Osher, Tran-The, Ho, Nguyen 2023';

export const counts: CountsParameter = {
  type: 'counts',
  key: 'counts',
  flag: 'counts',
  label: 'Class counts',
  symbol: 'n_k',
  help: 'Samples per class as SAMPLESxCLASSES groups: 200,100,50x2 is four classes. Every class needs at least one sample.',
  source: DANG,
  group: 'Classes',
  default: '200,100,50x2',
};

export const bias: BooleanParameter = {
  type: 'boolean',
  key: 'bias',
  flag: 'bias',
  label: 'Last-layer bias',
  symbol: 'b',
  help: 'Adds an unregularised bias to the logits. With squared loss it equals n_k/N at the optimum.',
  source: DANG,
  group: 'Network',
  default: false,
};

export const depth: NumberParameter = {
  type: 'integer',
  key: 'depth',
  flag: 'depth',
  label: 'Depth',
  symbol: 'M',
  help: 'Number of weight matrices between the free features and the logits.',
  source: DANG,
  group: 'Network',
  default: 3,
  min: 1,
  max: 50,
};

export const decay: NumbersParameter = {
  type: 'numbers',
  key: 'decay',
  flag: 'decay',
  label: 'Weight decay',
  symbol: '\\lambda_{W_j}',
  help: 'One value for every layer, or M values from the first layer to the last. The lengths depend on their product only.',
  source: DANG,
  group: 'Regularisation',
  default: '5e-4',
  min: 0,
};

export const featureDecay: NumberParameter = {
  type: 'number',
  key: 'featureDecay',
  flag: 'feature-decay',
  label: 'Feature decay',
  symbol: '\\lambda_H',
  help: 'Weight of (1/2)‖H₁‖² over all samples in the objective.',
  source: DANG,
  group: 'Regularisation',
  default: 5e-4,
  exclusiveMin: 0,
  logarithmic: true,
};

export const widths: NumbersParameter = {
  type: 'numbers',
  key: 'widths',
  flag: 'widths',
  label: 'Widths',
  symbol: 'd_j',
  help: 'Width of every hidden layer, or M widths from the features on; empty for large enough. Below K only the largest classes survive.',
  source: DANG,
  group: 'Network',
  default: '',
  min: 1,
};

/** @throws InvalidInput naming counts, depth, decay, featureDecay or widths. */
export function problemFromValues(values: ParameterValues, loss: 'mse' | 'ce'): DeepLinearProblem {
  const groups = parsed(values, 'counts', parseCounts);
  return validateDeepLinear({
    counts: groups.flatMap(({ samples, classes }) => new Array<number>(Math.min(classes, 10_000)).fill(samples)),
    loss,
    bias: values['bias'] === true,
    depth: Number(values['depth']),
    decays: parsed(values, 'decay', parseNumbers),
    featureDecay: Number(values['featureDecay']),
    widths: parsed(values, 'widths', parseNumbers),
  });
}

function parsed<T>(
  values: ParameterValues,
  field: string,
  parse: (text: string) => { readonly value: T } | { readonly message: string },
): T {
  const result = parse(String(values[field] ?? ''));
  if ('message' in result) throw new InvalidInput([{ field, value: values[field], message: result.message }]);
  return result.value;
}
