/** Hands a file to the browser's downloads. Names lose what file systems refuse. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  link.download = name.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
