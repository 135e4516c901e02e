/** What the picture says, in words: for the notices, and for those who cannot see the charts. */
import { formatNumber } from '../../../src-main/charts/format.ts';
import { thresholdText } from '../../../src-main/charts/threshold.ts';
import type { CosineCurve, Picture } from '../../workers/protocol.ts';
import type { Side } from './address.ts';

export interface Notice {
  readonly tone: 'good' | 'warning' | 'error';
  readonly text: string;
}

/** The state of the groups and of the certificate; the first is the most important. */
export function notices(picture: Picture, curve: CosineCurve, provisional: boolean): Notice[] {
  const { certificate, majority, minority, setting } = picture;
  const found: Notice[] = [];
  if (majority.vanished)
    found.push({ tone: 'error', text: 'Majority vanished: its classifiers and features are zero' });
  else if (majority.collapsed) found.push({ tone: 'warning', text: 'Majority collapsed: its classifiers coincide' });
  if (minority.vanished)
    found.push({ tone: 'error', text: 'Minority vanished: its classifiers and features are zero' });
  else if (minority.collapsed)
    found.push({
      tone: 'warning',
      text: `Minority Collapse: all minority classifiers coincide${minority.featureNorm === 0 ? ', the features are zero' : ''}`,
    });
  if (found.length === 0 && certificate.optimality === 'global') {
    const balanced = setting.r === setting.wr;
    found.push({
      tone: 'good',
      text: balanced ? 'Balanced: a simplex equiangular tight frame' : 'No collapse: all classifiers differ',
    });
  }
  if (provisional)
    found.push({ tone: 'warning', text: `Solving with p = ${setting.p}; until then the relaxation is shown` });
  else if (certificate.optimality === 'local') {
    found.push({
      tone: 'warning',
      text: `Local optimum at p = ${setting.p}, means over classes; the loss is at least ${formatNumber(certificate.lowerBound, 'loss')}`,
    });
  } else if (!certificate.certified)
    found.push({
      tone: 'warning',
      text: `Not certified: ${certificate.status}, relative gap ${formatNumber(certificate.relativeGap, 'gap')}`,
    });
  if (curve.r0 !== null && !minority.collapsed && setting.r < curve.r0 && setting.r >= curve.r0 / 1.2) {
    found.push({ tone: 'warning', text: `Close to collapse: R₀ is ${formatNumber(curve.r0, 'ratio')}` });
  }
  return found;
}

export function describeCurve(picture: Picture, curve: CosineCurve, side: Side): string {
  const key = side === 'classifier' ? 'classifierCosine' : 'featureCosine';
  const say = (name: string, value: number | null): string =>
    `${name} ${value === null ? 'has no cosine' : formatNumber(value, 'cosine')}`;
  const parts = (['majority', 'minority', 'between'] as const).map((role) => say(role, picture[role][key]));
  const r0 =
    curve.logR0 === null
      ? 'the minority never collapses'
      : `the minority collapses from R = ${thresholdText(curve.r0, curve.logR0)} on`;
  return `At R = ${picture.setting.r === Infinity ? '∞' : picture.setting.r}: ${parts.join(', ')}. Along R, ${r0}.`;
}
