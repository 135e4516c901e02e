/** Claim: cosines and norms of SELI at K = 10, R = 100, by groups and by the definition. */
import { cosinesOf, gramOf, normsOf } from '../../models/frames/class-frame.ts';
import { seliFrame } from '../../models/frames/references.ts';
import type { Claim, Evidence } from '../claim.ts';
import { cosine, seliByDefinition, stepCounts } from './reference/seli.ts';

export function measureSeliValues(stated: {
  readonly w: number;
  readonly h: number;
  readonly norms: number;
}): Evidence {
  const { classifier, feature } = seliByDefinition(stepCounts(100, 5, 5));
  const definition = {
    w: cosine(classifier, 10, 8, 9),
    h: cosine(feature, 10, 8, 9),
    norms: Math.sqrt(classifier[0]! / classifier[99]!),
  };
  const frame = seliFrame([
    { samples: 100, classes: 5 },
    { samples: 1, classes: 5 },
  ]);
  const gram = gramOf(frame.classifier);
  const [large, small] = normsOf(gram);
  const groups = {
    w: cosinesOf(gram)[1]![1]!,
    h: cosinesOf(gramOf(frame.feature))[1]![1]!,
    norms: large! / small!,
  };
  const keys = ['w', 'h', 'norms'] as const;
  const labels = { w: 'cos of minority classifiers', h: 'cos of minority features', norms: '‖w_A‖/‖w_B‖' };
  return {
    error: Math.max(
      ...keys.flatMap((key) => [Math.abs(definition[key] - stated[key]), Math.abs(groups[key] - stated[key])]),
    ),
    numbers: keys.map((key) => ({
      label: labels[key],
      value: groups[key],
      expected: stated[key],
      format: key === 'norms' ? 'ratio' : 'cosine',
    })),
    run: { kind: 'frames', parameters: { counts: '100x5,1x5' } },
    remark: 'The stated values are rounded to five decimals, hence the tolerance.',
  };
}

export const seliValues: Claim = {
  id: 'seli-step-values',
  paper: 'neighbours',
  source: 'Thrampoulidis et al. 2022 (arXiv 2208.05512), SELI geometry',
  title: 'SELI at K = 10, R = 100',
  statement:
    'With five majority and five minority classes at R = 100, SELI’s minority classifiers have cosine 0.33803, its minority features −0.22839, and majority classifiers are 2.40129 times as long as minority ones.',
  formula: 'WW^\\top \\propto (CDC)^{1/2},\\quad H^\\top H \\propto \\bigl((CDC)^{1/2}\\bigr)^{+}',
  tolerance: 6e-6,
  errorMeaning: 'largest difference from the stated values, by groups and from the K×K matrix',
  test: () => measureSeliValues({ w: 0.33803, h: -0.22839, norms: 2.40129 }),
};
