/** Hands a file to the browser's own downloads. Needs no permission. */

/** Long enough for the download to have read the blob, which it does at once. Milliseconds. */
const KEEP = 60_000;

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP);
}
