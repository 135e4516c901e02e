/** Claim: with half the classes in the minority, SELI's minority classifiers are orthogonal exactly at R = 7. */
import type { Claim, Evidence } from '../claim.ts';
import { cosine, seliByDefinition, stepCounts } from './reference/seli.ts';

const SIZES = [4, 6, 10, 20, 60];

/** @param ratio 7 in the claim; any other ratio for who doubts it. */
export function measureSeliZero(ratio: number): Evidence {
  const found = SIZES.map((K) => {
    const { classifier } = seliByDefinition(stepCounts(ratio, K / 2, K / 2));
    return cosine(classifier, K, K - 2, K - 1);
  });
  const ratios = Array.from({ length: 81 }, (_, i) => 10 ** (i / 20));
  const curve = (K: number): number[] =>
    ratios.map((R) => cosine(seliByDefinition(stepCounts(R, K / 2, K / 2)).classifier, K, K - 2, K - 1));
  return {
    error: Math.max(...found.map(Math.abs)),
    numbers: SIZES.map((K, i) => ({ label: `cos at K = ${K}`, value: found[i]!, expected: 0, format: 'gap' })),
    chart: {
      x: { label: 'Imbalance ratio R', logarithmic: true },
      y: { label: 'Cosine of two minority classifiers' },
      series: [4, 10].map((K, i) => ({
        name: `K = ${K}`,
        role: 'overlay',
        overlay: i,
        x: ratios,
        y: curve(K),
      })),
      verticals: [{ kind: 'threshold', x: 7, label: 'R = 7' }],
    },
    run: { kind: 'frames', parameters: { counts: '700x5,100x5' } },
  };
}

export const seliZero: Claim = {
  id: 'seli-zero-at-seven',
  paper: 'neighbours',
  source: 'Thrampoulidis et al. 2022 (arXiv 2208.05512), SELI geometry',
  title: 'SELI’s minority cosine is zero at R = 7',
  statement:
    'With as many minority as majority classes, the minority classifiers of the SELI geometry are orthogonal at the imbalance ratio R = 7, however many classes there are.',
  formula: "\\cos(w_B,w_{B'}) = \\frac{-2+\\sqrt{(R+1)/2}}{(K-2)+\\sqrt{(R+1)/2}}",
  tolerance: 1e-13,
  errorMeaning: 'largest |cosine| at R = 7 over K = 4, 6, 10, 20, 60, from the K×K matrix C D C',
  test: () => measureSeliZero(7),
};
