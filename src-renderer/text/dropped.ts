/** The files of a drop or of a file field, with the folder each came in. Looks one level into a folder, no deeper. */
import type { SourceFile } from '../state/uploads.svelte.ts';

const given = (blob: File, folder: string | null): SourceFile => ({ name: blob.name, size: blob.size, folder, blob });

/** Must be called while the drop is being handled: its list is empty afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly SourceFile[]> {
  const lists = await Promise.all(
    [...transfer.items].map((item) => {
      const entry = item.webkitGetAsEntry();
      if (entry?.isDirectory) return filesOf(entry as FileSystemDirectoryEntry);
      // Without an entry: a file that lies in no folder, such as one dragged out of an archive.
      const file = item.getAsFile();
      return file === null ? [] : [given(file, null)];
    }),
  );
  return lists.flat();
}

export function chosenFiles(list: FileList): readonly SourceFile[] {
  return [...list].flatMap((file) => {
    const parts = file.webkitRelativePath.split('/');
    if (parts.length > 2) return [];
    return [given(file, parts.length === 2 ? parts[0]! : null)];
  });
}

/** A folder is read a hundred names at a time. */
async function filesOf(folder: FileSystemDirectoryEntry): Promise<SourceFile[]> {
  const reader = folder.createReader();
  const files: SourceFile[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const entry of some)
      if (entry.isFile) files.push(given(await fileOf(entry as FileSystemFileEntry), folder.name));
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
