/** What a run is computed with, as kept beside it. */

/** Peel, runtime and platform. */
export function programVersions(peel: string): Readonly<Record<string, string>> {
  const { node, electron } = process.versions;
  return { peel, node, ...(electron ? { electron } : {}), platform: `${process.platform} ${process.arch}` };
}
