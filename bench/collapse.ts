/**
 * Collapse metrics of features in a file beside the method of the public training code: sample by sample outer products into
 * d×d covariances, a pseudo-inverse, distances to every mean for every sample; in NumPy, float64. Where that takes minutes
 * its two loops run over the first samples alone and their time is scaled to all of them, which the line says.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, type Answer } from './line.ts';
import { runPeer } from './python.ts';

export interface Setting {
  readonly samples: number;
  readonly dimension: number;
  readonly classes: number;
  /** Standard deviation of a feature within its class; between classes it is 1. */
  readonly noise: number;
  readonly peerSamples: number;
}

/** Near collapse the nearest mean is known without comparing; at .75 every sample is compared with every mean. */
export const COLLAPSED = 0.03;
export const LOOSE = 0.75;

/** The output of a program beside this file. */
function runHere(program: string, ...given: readonly string[]): string {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, program), ...given], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${program}: ${run.stderr.trim().split('\n').at(-1)}`);
  return run.stdout;
}

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly metrics: Readonly<Record<string, number | null>>;
}

export function collapse(setting: Setting, noPython: string | null): Answer[] {
  const { samples, dimension, classes, noise, peerSamples } = setting;
  const folder = mkdtempSync(join(tmpdir(), 'peel-bench-'));
  try {
    runHere('collapse-features.ts', folder, JSON.stringify(setting));
    const { milliseconds, megabytes, metrics } = JSON.parse(runHere('collapse-measure.ts', folder)) as Measured;
    const ask = { folder, classes, samples: peerSamples };
    const peer = noPython === null ? runPeer('collapse_peer.py', ask, 600) : { error: noPython };
    const difference = (key: string): number | null =>
      typeof peer[key] === 'number' ? Math.abs(peer[key] / metrics[key]! - 1) : null;
    const scaled = peerSamples < samples ? `, scaled from ${peerSamples} samples` : '';
    return [
      answer(
        `collapse metrics, ${samples} × ${dimension}, ${classes} classes, ${noise < 0.5 ? 'collapsed' : 'loose'}`,
        milliseconds,
        `NumPy, d×d covariances by outer products and pinv${scaled}`,
        typeof peer['milliseconds'] === 'number' ? peer['milliseconds'] : null,
        {
          megabytes,
          peerMegabytes: peer['megabytes'] ?? null,
          nc1: metrics['nc1_pinv'],
          peerNc1: peer['nc1_by_tolerance'] ?? null,
          differenceOfNc1: difference('nc1_pinv'),
          differenceOfNc2: difference('nc2_etf_h'),
          differenceOfNc4: difference('nc4_agree'),
          peerError: peer.error ?? null,
        },
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
