/** The cosine-versus-R curve at one setting: even steps in log R, and the thresholds themselves, so that kinks are sharp. */
import { sweepRatios, type SweepPoint } from '../../src-main/lpm/sweep.ts';
import { thresholds } from '../../src-main/lpm/thresholds.ts';
import type { CosineCurve, Setting } from './protocol.ts';

/** R from 1 to 10⁴, fifteen a decade. */
const GRID = Array.from({ length: 61 }, (_, i) => Number((10 ** (i / 15)).toPrecision(12)));

export function curveKey(setting: Setting): string {
  return [setting.ka, setting.kb, setting.eh, setting.ew, setting.wr].join(' ');
}

export function cosineCurve(setting: Setting): CosineCurve {
  const twoGroups = {
    majorityClasses: setting.ka,
    minorityClasses: setting.kb,
    featureBudget: setting.eh,
    classifierBudget: setting.ew,
    minorityWeight: setting.wr,
  };
  const found = thresholds(twoGroups);
  const inside = [found.r0, found.r1].filter((r) => r !== null && r > 1 && r < 1e4) as number[];
  const ratios = [...new Set([...GRID, ...inside])].sort((a, b) => a - b);
  const { points } = sweepRatios({ ...twoGroups, ratios });
  const column = (pick: (point: SweepPoint) => number | null): Float64Array =>
    Float64Array.from(points, (point) => pick(point) ?? NaN);
  return {
    key: curveKey(setting),
    ratios: Float64Array.from(ratios),
    classifier: [
      column((p) => p.classifierCosineMajority),
      column((p) => p.classifierCosineMinority),
      column((p) => p.classifierCosineCross),
    ],
    feature: [
      column((p) => p.featureCosineMajority),
      column((p) => p.featureCosineMinority),
      column((p) => p.featureCosineCross),
    ],
    ...found,
  };
}
