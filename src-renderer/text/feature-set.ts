/**
 * Files chosen or dropped, as one measurement: a file, arrays side by side, or one file per epoch. Refuses by name, before
 * anything is sent, what could not be measured; the contents are the run's to judge.
 */
import { bytesText } from './bytes.ts';

export interface GivenFile {
  readonly name: string;
  readonly size: number;
  /** The folder it came in; null for files chosen one by one. */
  readonly folder: string | null;
}

export interface FeatureSet<File extends GivenFile> {
  /** What the run is called. */
  readonly name: string;
  /** The files under the names they get. */
  readonly files: readonly { readonly as: string; readonly file: File }[];
  /** What is measured: the one file, or the folder that holds them. */
  readonly measure: 'file' | 'folder';
}

/** Larger files are for the path on the studio's machine. */
export const MOST_BYTES = 8 * 2 ** 30;
const SETS = ['npz', 'safetensors', 'csv'];
const ARRAYS = ['features.npy', 'labels.npy', 'weights.npy', 'bias.npy'];
const KINDS = '.npz, .safetensors, .csv, or features.npy with labels.npy';

const extension = (name: string): string => (/\.([^.]+)$/.exec(name)?.[1] ?? '').toLowerCase();

/** The set, or why there is none: a sentence. */
export function featureSet<File extends GivenFile>(given: readonly File[]): FeatureSet<File> | string {
  const seen = given.filter(({ name }) => !name.startsWith('.'));
  const fits = (file: File): boolean => [...SETS, 'npy'].includes(extension(file.name));
  const stranger = seen.find((file) => file.folder === null && !fits(file));
  if (stranger !== undefined) return `${stranger.name} cannot be measured: give ${KINDS}. Nothing was sent.`;
  const folder = seen.find((file) => file.folder !== null)?.folder ?? null;
  const fitting = seen.filter(fits);
  if (fitting.length === 0)
    return folder === null
      ? 'No file was given.'
      : `The folder ${folder} holds nothing that can be measured: give ${KINDS}. Nothing was sent.`;
  const sets = fitting.filter((file) => extension(file.name) !== 'npy');
  if (sets.length > 0 && sets.length < fitting.length && folder === null)
    return 'Arrays (.npy) and other files do not make one measurement: give one kind. Nothing was sent.';
  const chosen = sets.length > 0 ? sets : arrays(fitting);
  if (typeof chosen === 'string') return chosen;
  const wrong = sizeRefusal(chosen) ?? (sets.length > 1 ? epochRefusal(chosen) : null);
  if (wrong !== null) return wrong;
  const files = chosen.map((file) => ({ as: storedName(file.name), file }));
  const single = sets.length === 1;
  const name = single ? chosen[0]!.name : (folder ?? commonName(chosen));
  return { name, files, measure: single ? 'file' : 'folder' };
}

function arrays<File extends GivenFile>(files: readonly File[]): readonly File[] | string {
  const known = files.filter(({ name }) => ARRAYS.includes(name));
  const missing = ARRAYS.slice(0, 2).find((name) => !known.some((file) => file.name === name));
  if (missing !== undefined)
    return `${missing} is missing: arrays are given together, as ${ARRAYS.join(', ')} (the last two may be left out). Nothing was sent.`;
  return known;
}

function sizeRefusal(files: readonly GivenFile[]): string | null {
  const empty = files.find(({ size }) => size === 0);
  if (empty !== undefined) return `${empty.name} is empty. Nothing was sent.`;
  const large = files.find(({ size }) => size > MOST_BYTES);
  if (large === undefined) return null;
  return `${large.name} has ${bytesText(large.size)}; at most ${bytesText(MOST_BYTES)} are taken. Name its path on the studio’s machine in New experiment instead. Nothing was sent.`;
}

/** With several files each is an epoch: the last whole number in its name. */
export function epochOf(name: string): number | null {
  const number = /(\d+)\D*$/.exec(name.replace(/\.[^.]+$/, ''))?.[1];
  return number === undefined ? null : Number(number);
}

function epochRefusal(files: readonly GivenFile[]): string | null {
  const names = new Map<number, string>();
  for (const { name } of files) {
    const epoch = epochOf(name);
    if (epoch === null)
      return `${name} names no epoch: with several files each name holds its number, such as epoch-10.npz. Nothing was sent.`;
    const other = names.get(epoch);
    if (other !== undefined) return `${other} and ${name} are both of epoch ${epoch}. Nothing was sent.`;
    names.set(epoch, name);
  }
  return null;
}

/** What the names have in common before their numbers: `epoch-1.npz, epoch-2.npz` are `epoch`. */
function commonName(files: readonly GivenFile[]): string {
  if (files.length === 1 || files.some(({ name }) => ARRAYS.includes(name))) return 'features';
  let common = files[0]!.name;
  for (const { name } of files) while (!name.startsWith(common)) common = common.slice(0, -1);
  return common.replace(/[\d\W_]+$/, '') || 'features';
}

/** A name that every file system can hold; the extension and the numbers stay. */
export function storedName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}\p{M}._ ()+@=,-]/gu, '_')
    .replace(/^[^\p{L}\p{N}_]+/u, '')
    .slice(-60)
    .replace(/^[^\p{L}\p{N}_]+/u, '')
    .replace(/[. ]+$/, '');
  if (plain === '') return 'features';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain;
}
