/** Opens the page that prints in a tab, and sends it the picture. */
import * as v from 'valibot';
import { type Print, type PrintAnswer, printRequest } from '../../panel/export/print-request.ts';

/** Each picture is sent once, to the tab that was opened for it. */
export function createPrint(): Print {
  const waiting = new Map<string, PrintAnswer>();
  chrome.runtime.onMessage.addListener((message: unknown, _sender: unknown, answer: (value: PrintAnswer) => void) => {
    const request = v.safeParse(printRequest, message);
    const picture = request.success ? waiting.get(request.output.name) : undefined;
    if (!request.success || !picture) return false;
    waiting.delete(request.output.name);
    answer(picture);
    return false;
  });
  return (picture) => {
    const name = crypto.randomUUID();
    waiting.set(name, picture);
    void chrome.tabs.create({ url: `${chrome.runtime.getURL('panel/print.html')}#${name}` });
  };
}
