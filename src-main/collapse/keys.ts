/** The metrics by key, with the words that tables, axes and hover cards use. What they mean is computed elsewhere. */

export interface MetricWords {
  readonly label: string;
  /** KaTeX source. */
  readonly symbol: string;
  readonly help: string;
  readonly format: 'cosine' | 'loss' | 'ratio';
}

const side = (vectors: string) =>
  ({
    equinorm: {
      label: `NC2 equal norms, ${vectors}`,
      help: `Standard deviation over mean of the norms of the ${vectors}; 0 when all are equally long.`,
    },
    equiangle: {
      label: `NC2 equal angles, ${vectors}`,
      help: `Standard deviation of the cosines between different ${vectors}; 0 when all angles are equal.`,
    },
    maxangle: {
      label: `NC2 widest angles, ${vectors}`,
      help: `Mean of |cos + 1/(K−1)| over different ${vectors}; 0 when all stand as far apart as K vectors can.`,
    },
    etf: {
      label: `NC2 distance to the ETF, ${vectors}`,
      help: `Frobenius distance between the normalised Gram matrix of the ${vectors} and that of the simplex ETF.`,
    },
  }) as const;
const frame = (name: string, vectors: string, symbol: string, meaning: string) => ({
  label: `NC2 distance to ${name}, ${vectors}`,
  symbol,
  help: `Frobenius distance between the normalised Gram matrix of the ${vectors} and ${meaning}`,
  format: 'loss' as const,
});
const orthogonal = 'that of equally long orthogonal vectors; class means are not centred for it.';
const general =
  'that of orthogonal vectors with the lengths of the squared loss under the given decays; class means are not centred for it.';
const seli = 'that of the SELI geometry of the class counts.';
const peeled =
  'that of the Layer-Peeled Model’s optimum at the class counts, their weights in the loss, and the measured budgets.';
const [w, h] = [side('classifiers'), side('class means')];

export const metricWords = {
  nc1_pinv: {
    label: 'NC1',
    symbol: '\\mathrm{tr}(\\Sigma_W\\Sigma_B^+)/K',
    help: 'Within-class variability relative to that between classes, direction by direction.',
    format: 'loss',
  },
  nc1_quot: {
    label: 'NC1 quotient',
    symbol: '\\mathrm{tr}\\,\\Sigma_W/\\mathrm{tr}\\,\\Sigma_B',
    help: 'Total within-class over total between-class variance.',
    format: 'loss',
  },
  nc1_cdnv: {
    label: 'Class-distance normalised variance',
    symbol: '(v_i+v_j)/2\\|\\mu_i-\\mu_j\\|^2',
    help: 'Mean over pairs of classes of their variance over twice their squared distance.',
    format: 'loss',
  },
  nc1_majority: {
    label: 'NC1, majority',
    symbol: '\\mathrm{NC1}_A',
    help: 'NC1 with the covariance of the majority classes alone.',
    format: 'loss',
  },
  nc1_minority: {
    label: 'NC1, minority',
    symbol: '\\mathrm{NC1}_B',
    help: 'NC1 with the covariance of the minority classes alone.',
    format: 'loss',
  },
  vci: {
    label: 'Variability collapse index',
    symbol: '1-\\mathrm{tr}(\\Sigma_T^+\\Sigma_B)/\\min(d,K-1)',
    help: 'Share of variability that is not between classes; 0 at collapse, unchanged by invertible maps of the features.',
    format: 'loss',
  },
  nc2_equinorm_w: { ...w.equinorm, symbol: '\\mathrm{std}\\,\\|w_k\\|/\\mathrm{mean}', format: 'loss' },
  nc2_equinorm_h: { ...h.equinorm, symbol: '\\mathrm{std}\\,\\|\\mu_k-\\mu_G\\|/\\mathrm{mean}', format: 'loss' },
  nc2_equiangle_w: { ...w.equiangle, symbol: '\\mathrm{std}\\cos(w_j,w_k)', format: 'loss' },
  nc2_equiangle_h: { ...h.equiangle, symbol: '\\mathrm{std}\\cos(\\mu_j-\\mu_G,\\mu_k-\\mu_G)', format: 'loss' },
  nc2_maxangle_w: { ...w.maxangle, symbol: '\\mathrm{mean}|\\cos+\\tfrac1{K-1}|', format: 'loss' },
  nc2_maxangle_h: { ...h.maxangle, symbol: '\\mathrm{mean}|\\cos+\\tfrac1{K-1}|', format: 'loss' },
  nc2_etf_w: { ...w.etf, symbol: '\\|WW^\\top/\\|\\cdot\\|_F-E\\|_F', format: 'loss' },
  nc2_etf_h: { ...h.etf, symbol: '\\|M_cM_c^\\top/\\|\\cdot\\|_F-E\\|_F', format: 'loss' },
  nc2_of_w: frame('the OF', 'classifiers', '\\|\\hat G_W-\\hat G_{\\mathrm{OF}}\\|_F', orthogonal),
  nc2_of_h: frame('the OF', 'class means', '\\|\\hat G_H-\\hat G_{\\mathrm{OF}}\\|_F', orthogonal),
  nc2_gof_w: frame('the GOF', 'classifiers', '\\|\\hat G_W-\\hat G_{\\mathrm{GOF}}\\|_F', general),
  nc2_gof_h: frame('the GOF', 'class means', '\\|\\hat G_H-\\hat G_{\\mathrm{GOF}}\\|_F', general),
  nc2_seli_w: frame('SELI', 'classifiers', '\\|\\hat G_W-\\hat G_{\\mathrm{SELI}}\\|_F', seli),
  nc2_seli_h: frame('SELI', 'class means', '\\|\\hat G_H-\\hat G_{\\mathrm{SELI}}\\|_F', seli),
  nc2_lpm_w: frame('the LPM optimum', 'classifiers', '\\|\\hat G_W-\\hat G_{\\mathrm{LPM}}\\|_F', peeled),
  nc2_lpm_h: frame('the LPM optimum', 'class means', '\\|\\hat G_H-\\hat G_{\\mathrm{LPM}}\\|_F', peeled),
  nc3_dual: {
    label: 'NC3 self-duality',
    symbol: '\\|W/\\|W\\|_F-M_c/\\|M_c\\|_F\\|_F',
    help: 'Distance between classifiers and centred class means, each scaled to unit norm.',
    format: 'loss',
  },
  nc3_etf: {
    label: 'NC3 distance of W M_cᵀ to the ETF',
    symbol: '\\|WM_c^\\top/\\|\\cdot\\|_F-E\\|_F',
    help: 'Logits of the class means against the ETF pattern.',
    format: 'loss',
  },
  nc4_agree: {
    label: 'NC4 agreement',
    symbol: '\\Pr[\\arg\\max = \\text{nearest mean}]',
    help: 'Share of samples on which the classifier decides as the nearest class mean does.',
    format: 'ratio',
  },
  cos_w_majority: {
    label: 'Cosine, majority classifiers',
    symbol: "\\cos(w_A,w_{A'})",
    help: 'Mean over pairs of majority classes.',
    format: 'cosine',
  },
  cos_w_minority: {
    label: 'Cosine, minority classifiers',
    symbol: "\\cos(w_B,w_{B'})",
    help: 'Mean over pairs of minority classes; 1 is Minority Collapse.',
    format: 'cosine',
  },
  cos_w_cross: {
    label: 'Cosine, majority with minority classifiers',
    symbol: '\\cos(w_A,w_B)',
    help: 'Mean over pairs of a majority and a minority class.',
    format: 'cosine',
  },
  cos_h_majority: {
    label: 'Cosine, majority class means',
    symbol: "\\cos(\\mu_A,\\mu_{A'})",
    help: 'Mean over pairs of majority classes, after centring.',
    format: 'cosine',
  },
  cos_h_minority: {
    label: 'Cosine, minority class means',
    symbol: "\\cos(\\mu_B,\\mu_{B'})",
    help: 'Mean over pairs of minority classes, after centring.',
    format: 'cosine',
  },
  cos_h_cross: {
    label: 'Cosine, majority with minority class means',
    symbol: '\\cos(\\mu_A,\\mu_B)',
    help: 'Mean over pairs of a majority and a minority class, after centring.',
    format: 'cosine',
  },
  margin_min: {
    label: 'Smallest margin',
    symbol: 'q_{\\min}',
    help: 'Least over samples of the own logit minus the largest other; negative where a sample is misclassified.',
    format: 'loss',
  },
  margin_normalised: {
    label: 'Smallest margin, normalised',
    symbol: 'q_{\\min}/(\\|W\\|_F^2+\\|H\\|_F^2)',
    help: 'Smallest margin over the squared norms of classifiers and all features.',
    format: 'loss',
  },
  accuracy: {
    label: 'Accuracy',
    symbol: '\\mathrm{acc}',
    help: 'Share of samples that the classifier gets right.',
    format: 'ratio',
  },
} as const satisfies Readonly<Record<string, MetricWords>>;

export type MetricKey = keyof typeof metricWords;
export const metricKeys = Object.keys(metricWords) as readonly MetricKey[];
