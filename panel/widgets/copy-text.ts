/** Puts text on the clipboard. DevTools' frames refuse the asynchronous clipboard, but not the copy of a selection. */
import { say } from '../../src/words/say.ts';

/** @throws a sentence when the browser refuses. */
export function copyText(text: string): void {
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', onCopy, { capture: true });
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', onCopy, { capture: true });
  if (!copied) throw new Error(say('export_noClipboard'));
}
