/**
 * Files on their way into the project, one measurement at a time: sent piece by piece, so that progress is what the studio
 * has on disk, then queued as a run. What is cancelled or fails is taken back.
 */
import { api } from '../api.ts';
import { storedName, type FeatureSet, type GivenFile } from '../text/feature-set.ts';

export interface Upload {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
  /** Milliseconds left at the speed so far; null at the beginning. */
  readonly remaining: number | null;
}

/** A file with its bytes. */
export interface SourceFile extends GivenFile {
  readonly blob: Blob;
}

/** Small enough to cancel soon and to be held in memory, large enough that requests cost nothing. */
const PIECE = 8 * 2 ** 20;
const ESTIMATE_AFTER_MS = 1_000;

export class Uploads {
  #current = $state.raw<Upload | null>(null);
  #stop: AbortController | null = null;

  get current(): Upload | null {
    return this.#current;
  }

  cancel(): void {
    this.#stop?.abort();
  }

  /** Sends the set and queues its measurement. @returns the run, or null if it was cancelled. @throws ApiFailure */
  async measure({ name, files, measure }: FeatureSet<SourceFile>): Promise<number | null> {
    const stop = new AbortController();
    this.#stop = stop;
    const upload = `${storedName(name.replace(/\.[^.]+$/, ''))}-${randomDigits()}`;
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    const begun = performance.now();
    let sent = 0;
    const tell = (): void => {
      const spent = performance.now() - begun;
      const remaining = sent > 0 && spent > ESTIMATE_AFTER_MS ? (spent / sent) * (total - sent) : null;
      this.#current = { name, sent, total, remaining };
    };
    tell();
    try {
      let where = '';
      for (const { as, file } of files) {
        for (let at = 0; at < file.size; at += PIECE) {
          const piece = file.blob.slice(at, at + PIECE);
          const { path, folder } = await api.sendInput(upload, as, at, file.size, piece, stop.signal);
          where = measure === 'file' && path !== null ? path : folder;
          sent += piece.size;
          tell();
        }
      }
      return (await api.create({ kind: 'nc-measure', name, parameters: { file: where } })).id;
    } catch (error) {
      // The part may be gone already; what cannot be taken back now is swept up later.
      await api.removeInput(upload).catch(() => undefined);
      if (stop.signal.aborted) return null;
      throw error;
    } finally {
      this.#current = null;
      this.#stop = null;
    }
  }
}

/** Keeps two uploads of one name apart. */
const randomDigits = (): string =>
  [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
