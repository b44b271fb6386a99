/** Saves a file through the browser's downloads. Needs no permission. */

/** Milliseconds, long enough for the download to read the blob, which it does at once. */
const KEEP = 60_000;

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP);
}
