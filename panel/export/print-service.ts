/** Opens the page that prints, in a tab, and gives it its picture. Names `chrome`: only the panel's entry uses it. */
import * as v from 'valibot';
import { type PrintAnswer, printRequest } from './print-request.ts';

export type Print = (picture: PrintAnswer) => void;

/** Pictures are given once, to the tab that was opened for them. */
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
    void chrome.tabs.create({ url: `${chrome.runtime.getURL('panel/export/print.html')}#${name}` });
  };
}
