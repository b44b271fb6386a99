/** A page with one picture and its size, which asks the browser to print it. When it is saved as a PDF, text stays text. */

import * as v from 'valibot';
import { printAnswer } from '../../panel/export/print-request.ts';
import { showingArea, tilesOf } from '../export/tiles.ts';
import { say } from '../words/say.ts';

/** CSS pixels. Readers of PDF show pages of at most 14,400 points, which are 19,200 pixels. */
const LONGEST_PAGE = 19_000;

const answer = v.safeParse(
  printAnswer,
  await chrome.runtime.sendMessage({ type: 'memory-graph.print', name: location.hash.slice(1) }),
);
if (answer.success) {
  const { svg, width, height } = answer.output;
  const page = document.createElement('style');
  const tiles = tilesOf({ width, height }, LONGEST_PAGE);
  const [first = { width, height }] = tiles;
  // Slightly larger than the picture, so that rounding does not create a second page.
  page.textContent = `@page { size: ${Math.ceil(first.width) + 1}px ${Math.ceil(first.height) + 1}px; margin: 0 }
    svg { break-inside: avoid } svg + svg { break-before: page }`;
  document.head.append(page);
  for (const tile of tiles) {
    const picture = new DOMParser().parseFromString(showingArea(svg, tile), 'image/svg+xml').documentElement;
    document.body.append(document.importNode(picture, true));
  }
  await document.fonts.ready;
  document.documentElement.dataset.ready = '';
  print();
} else {
  document.body.textContent = say('print_gone');
}
