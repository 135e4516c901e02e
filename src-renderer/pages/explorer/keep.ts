/** What is on screen as a run and as a command line: real ratios become whole counts with the same ratio. */
import type { NewRun } from '../../api.ts';
import type { Setting } from '../../workers/protocol.ts';

/** `10x5,1x5`; R = 12.5 is 125x5,10x5, R = ∞ is 1x5,0x5. */
export function countsText({ ka, kb, r }: Setting): string {
  if (r === Infinity) return `1x${ka},0x${kb}`;
  const decimals = String(r).split('.')[1]?.length ?? 0;
  const scale = 10 ** decimals;
  return `${Math.round(r * scale)}x${ka},${scale}x${kb}`;
}

function weightsText({ wr }: Setting): string {
  return wr === 1 ? '' : `1,${wr}`;
}

export function runOf(setting: Setting): NewRun {
  const p = setting.p === Infinity ? null : setting.p;
  const extras = [setting.wr === 1 ? '' : `, w_r ${setting.wr}`, p === null ? '' : `, p ${p}`].join('');
  return {
    kind: 'lpm-solve',
    name: `K ${setting.ka}+${setting.kb}, R ${setting.r === Infinity ? '∞' : setting.r}, E_H ${setting.eh}, E_W ${setting.ew}${extras}`,
    parameters: { counts: countsText(setting), weights: weightsText(setting), eh: setting.eh, ew: setting.ew, p },
  };
}

export function commandOf(setting: Setting): string {
  const weights = weightsText(setting);
  return [
    `peel lpm solve --counts ${countsText(setting)} --eh ${setting.eh} --ew ${setting.ew}`,
    weights === '' ? '' : ` --weights ${weights}`,
    setting.p === Infinity ? '' : ` --p ${setting.p}`,
  ].join('');
}
