/** Metrics of the unconstrained model's gradient flow, and which field of a measurement each one is. */
import type { MetricSpecification } from '../../api/contract.ts';
import type { FlowMeasurement } from '../../models/flow/measure.ts';

interface Measured {
  readonly of: (measurement: FlowMeasurement) => number | null;
  readonly metric: Omit<MetricSpecification, 'key'>;
}

/** Metrics that are fields of a measurement. A log chart has no place for the exact zeros of n = 1 and the like. */
export const measured: Readonly<Record<string, Measured>> = {
  loss: {
    of: (m) => m.loss,
    metric: { label: 'Loss', symbol: 'L', help: 'Sum of the cross-entropies, in nats.', format: 'gap' },
  },
  exponent: {
    of: (m) => m.exponent,
    metric: {
      label: 'Local exponent of the loss',
      symbol: '\\mathrm d\\log L/\\mathrm d\\log t',
      help: 'Tends to −1, from below by 1/log t: the loss is Θ(1/(t log t)).',
      format: 'ratio',
    },
  },
  rate: {
    of: (m) => m.rate,
    metric: {
      label: 'Loss times t log t',
      symbol: 'L\\,t\\log t',
      help: 'Bounded on both sides; its limit at neural collapse is √n (K − 1)/2.',
      format: 'ratio',
    },
  },
  margin: {
    of: (m) => m.margin,
    metric: {
      label: 'Smallest margin',
      symbol: 'q_{\\min}',
      help: 'Over all samples: own logit less the largest other one.',
      format: 'ratio',
    },
  },
  largest_margin: {
    of: (m) => m.largestMargin,
    metric: { label: 'Largest margin', symbol: 'q_{\\max}', help: 'The largest margin of a sample.', format: 'ratio' },
  },
  bound: {
    of: (m) => m.bound,
    metric: {
      label: 'Margin bound',
      symbol: '\\frac{\\|W\\|^2+\\|H\\|^2}{2(K-1)\\sqrt n}',
      help: 'No state of this size has a larger smallest margin; met exactly at neural collapse.',
      format: 'ratio',
    },
  },
  margin_ratio: {
    of: (m) => m.marginRatio,
    metric: { label: 'Margin over its bound', help: '1 exactly at neural collapse.', format: 'ratio' },
  },
  nc1_quot: {
    of: (m) => m.nc1Quot,
    metric: {
      label: 'Within over between variability',
      symbol: '\\operatorname{tr}\\Sigma_W/\\operatorname{tr}\\Sigma_B',
      help: 'Features of a class about their mean, over class means about theirs; no points where it is exactly 0 (n = 1).',
      format: 'gap',
    },
  },
  nc2_etf_w: {
    of: (m) => m.nc2EtfW,
    metric: {
      label: 'Classifiers, distance to the ETF',
      help: '‖WWᵀ/‖WWᵀ‖ − (I − J/K)/√(K−1)‖; the conserved mean of the classifiers makes it fall like 1/√log t only.',
      format: 'gap',
    },
  },
  nc2_etf_w_centred: {
    of: (m) => m.nc2EtfWCentred,
    metric: {
      label: 'Centred classifiers, distance to the ETF',
      help: 'The same of W less its mean row.',
      format: 'gap',
    },
  },
  nc2_etf_h: {
    of: (m) => m.nc2EtfH,
    metric: { label: 'Class means, distance to the ETF', help: 'The same of the centred class means.', format: 'gap' },
  },
  nc3_dual: {
    of: (m) => m.nc3Dual,
    metric: {
      label: 'Dual distance',
      symbol: '\\left\\|\\tfrac{W}{\\|W\\|}-\\tfrac{M}{\\|M\\|}\\right\\|',
      help: 'Between classifiers and centred class means, each scaled to unit length.',
      format: 'gap',
    },
  },
  norm_w: {
    of: (m) => m.normW,
    metric: { label: 'Norm of the classifiers', symbol: '\\|W\\|_F', help: 'Frobenius norm.', format: 'ratio' },
  },
  norm_h: {
    of: (m) => m.normH,
    metric: { label: 'Norm of the features', symbol: '\\|H\\|_F', help: 'Frobenius norm.', format: 'ratio' },
  },
  kkt_stationarity: {
    of: (m) => m.stationarity,
    metric: {
      label: 'Stationarity residual',
      help: 'Distance of the direction from −∇L/‖∇L‖: the max-margin problem’s stationarity with the softmax as multipliers.',
      format: 'gap',
    },
  },
  kkt_complementarity: {
    of: (m) => m.complementarity,
    metric: {
      label: 'Complementarity residual',
      help: 'Mean excess of the margins over the smallest, weighted by the multipliers; exists once every margin is positive.',
      format: 'gap',
    },
  },
  drift: {
    of: (m) => m.drift,
    metric: {
      label: 'Drift of the conserved quantity',
      help: 'Change of WᵀW − HHᵀ over ‖W‖² + ‖H‖²: zero for the exact flow.',
      format: 'gap',
    },
  },
};

export const flowMetrics: readonly MetricSpecification[] = [
  ...Object.entries(measured).map(([key, { metric }]) => ({ key, ...metric })),
  {
    key: 'loss_aligned',
    label: 'Loss of the aligned flow',
    help: 'The exact loss of the flow that starts at neural collapse with the same scale.',
    format: 'gap',
  },
  {
    key: 'curvature',
    label: 'Smallest tangent-space curvature',
    symbol: '\\kappa_{\\min}',
    help: 'Of the loss on the sphere ‖x‖ = const, over the loss, per radian²; negative where the direction can still be left downhill.',
    format: 'ratio',
  },
];
