/** A page that holds one picture, has its size, and asks the browser to print it: saved there as a PDF, text stays text. */
import * as v from 'valibot';
import { printAnswer } from './print-request.ts';

const answer = v.safeParse(
  printAnswer,
  await chrome.runtime.sendMessage({ type: 'memory-graph.print', name: location.hash.slice(1) }),
);
if (answer.success) {
  const { svg, width, height } = answer.output;
  const page = document.createElement('style');
  // A hair more than the picture: rounding must not push it to a second page.
  page.textContent = `@page { size: ${Math.ceil(width) + 1}px ${Math.ceil(height) + 1}px; margin: 0 }`;
  document.head.append(page);
  const picture = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  document.body.append(document.importNode(picture, true));
  await document.fonts.ready;
  document.documentElement.dataset.ready = '';
  print();
} else {
  document.body.textContent = 'The picture is no longer there: export it again from the Memory Graph tab.';
}
