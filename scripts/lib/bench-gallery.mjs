// @ts-check
/**
 * `npm run bench -- gallery`: how clear the gallery's pictures are. Draws what each page says to draw, whole, in both directions, at its
 * last step, and counts where two lines to different boxes cross and where a line runs over a text; the same for Graphviz's own picture
 * of the same graph, as the peer in the same run. Then how still the boxes stand while data changes. Asserts nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { Graphviz } from '@hpcc-js/wasm/graphviz';
import { stability } from './bench-stability.mjs';
import { projectRoot } from './run.mjs';

/** The same counts before pictures were made to be read, and the share of boxes that moved then. */
const BEFORE = { crossings: 32, hits: 0, moved: 2.4 };

/**
 * Runs in the panel: shows an SVG beside everything else, and counts in it. Lines are followed in steps of 4 points.
 * @param {{svg: string, lines: string, texts: string}} picture its source, and the selectors of lines and texts
 */
function clarity({ svg, lines, texts }) {
  const layer = document.createElement('div');
  layer.style.cssText = 'position:fixed;inset:0;z-index:-1;overflow:hidden';
  layer.innerHTML = svg.slice(svg.indexOf('<svg'));
  document.body.append(layer);
  const root = layer.querySelector('svg');
  if (!root) throw new Error('There is no picture.');
  /** @param {SVGGraphicsElement} element */
  const toRoot = (element) => {
    const [own, whole] = [element.getScreenCTM(), root.getScreenCTM()];
    if (!own || !whole) throw new Error('The picture is not shown.');
    return whole.inverse().multiply(own);
  };
  const paths = [...layer.querySelectorAll(lines)].flatMap((line) => {
    if (!(line instanceof SVGPathElement)) return [];
    const length = line.getTotalLength();
    const matrix = toRoot(line);
    const points = Array.from({ length: Math.ceil(length / 4) + 1 }, (_, i) =>
      line.getPointAtLength(Math.min(length, 4 * i)).matrixTransform(matrix),
    );
    const xs = points.map(({ x }) => x);
    const ys = points.map(({ y }) => y);
    const last = points.at(-1) ?? new DOMPoint();
    const target =
      line.closest('[data-to]')?.getAttribute('data-to') ??
      line.closest('g.edge')?.querySelector('title')?.textContent?.split('->')[1] ??
      `${last.x} ${last.y}`;
    return [
      { points, target, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) },
    ];
  });
  const boxes = [...layer.querySelectorAll(texts)].flatMap((text) => {
    if (!(text instanceof SVGGraphicsElement)) return [];
    const { x, y, width, height } = text.getBBox();
    const matrix = toRoot(text);
    const [a, b] = [
      new DOMPoint(x + 1, y + 2).matrixTransform(matrix),
      new DOMPoint(x + width - 1, y + height - 2).matrixTransform(matrix),
    ];
    return [
      { left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) },
    ];
  });
  /** @param {DOMPoint} p @param {DOMPoint} q @param {DOMPoint} r */
  const side = (p, q, r) => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  /** @param {readonly DOMPoint[]} one @param {readonly DOMPoint[]} other */
  const meetings = (one, other) => {
    let count = 0;
    for (let i = 0; i + 1 < one.length; i++) {
      const [a, b] = [one[i], one[i + 1]];
      if (!a || !b) continue;
      for (let j = 0; j + 1 < other.length; j++) {
        const [c, d] = [other[j], other[j + 1]];
        if (!c || !d || Math.abs(a.x - c.x) > 12 || Math.abs(a.y - c.y) > 12) continue;
        if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) count += 1;
      }
    }
    return count;
  };
  let crossings = 0;
  paths.forEach((one, i) => {
    for (const other of paths.slice(i + 1)) {
      if (one.target === other.target) continue;
      if (one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top)
        continue;
      crossings += meetings(one.points, other.points);
    }
  });
  let hits = 0;
  for (const { points } of paths)
    for (const { left, right, top, bottom } of boxes)
      if (points.some(({ x, y }) => x > left && x < right && y > top && y < bottom)) hits += 1;
  const { width, height } = root.viewBox.baseVal;
  layer.remove();
  return { crossings, hits, lines: paths.length, area: width * height };
}

/** Pages with something to draw, and what they say to draw. */
const pages = readdirSync(`${projectRoot}/demo`)
  .filter((file) => file.endsWith('.html'))
  .sort()
  .map((file) => {
    const html = readFileSync(`${projectRoot}/demo/${file}`, 'utf8');
    const expressions = [...html.matchAll(/<li><code>([^<]+)<\/code>/g)].map(([, code = '']) =>
      code.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
    );
    // A page whose steps pause cannot be asked to go on.
    return { file, expressions, pauses: html.includes('debugger') };
  })
  .filter(({ expressions }) => expressions.length > 0);

/** Presses *Forward*, if there is such a button, until it is disabled. While a step runs no button is enabled. @param {import('puppeteer-core').Page} page */
async function toTheEnd(page) {
  for (;;) {
    const pressed = await page.evaluate(() => {
      const buttons = [...document.querySelectorAll('.steps button')].filter(
        (part) => part instanceof HTMLButtonElement,
      );
      const forward = buttons.find(({ textContent }) => textContent === 'Forward');
      if (!forward || (forward.disabled && buttons.some(({ disabled }) => !disabled))) return null;
      if (forward.disabled) return false;
      forward.click();
      return true;
    });
    if (pressed === null) return;
    if (!pressed) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Frame} panel the Memory Graph tab
 * @param {string} url of the gallery
 */
export async function gallery(page, panel, url) {
  const graphviz = await Graphviz.load();
  const sum = {
    ours: { crossings: 0, hits: 0, lines: 0, area: 0 },
    peer: { crossings: 0, hits: 0, lines: 0, area: 0 },
  };
  console.log(
    '\nThe gallery, drawn whole and not wrapped, down and to the right: lines that cross, and texts that a line runs over',
  );
  console.log(
    `${''.padEnd(40)}${'lines'.padStart(7)}${'cross'.padStart(8)}${'texts'.padStart(8)}${'dot: cross'.padStart(14)}${'texts'.padStart(8)}`,
  );
  for (const { file, expressions, pauses } of pages) {
    await page.goto(new URL(file, url).href);
    if (!pauses) await toTheEnd(page);
    for (const expression of expressions) {
      const ours = { crossings: 0, hits: 0, lines: 0, area: 0 };
      const peer = { ...ours };
      let drawn = 0;
      for (const direction of /** @type {const} */ (['down', 'right'])) {
        const picture = await panel.evaluate(
          async (expression, direction) => {
            globalThis.memoryGraph.settings({ drawing: { amount: 'all', wrap: false, direction } });
            try {
              await globalThis.memoryGraph.draw(expression);
            } catch {
              return null;
            }
            return { svg: globalThis.memoryGraph.svg(), dot: globalThis.memoryGraph.dot() };
          },
          expression,
          direction,
        );
        // Names of a paused function are not there.
        if (!picture) continue;
        drawn += 1;
        const own = { svg: picture.svg, lines: 'path.mg-line', texts: '.mg-boxes text' };
        const other = { svg: graphviz.dot(picture.dot), lines: 'g.edge path', texts: 'g.node text' };
        for (const [counted, what] of /** @type {const} */ ([
          [ours, own],
          [peer, other],
        ])) {
          const found = await panel.evaluate(clarity, what);
          for (const name of /** @type {const} */ (['crossings', 'hits', 'lines', 'area']))
            counted[name] += found[name];
        }
      }
      if (drawn === 0) continue;
      for (const name of /** @type {const} */ (['crossings', 'hits', 'lines', 'area'])) {
        sum.ours[name] += ours[name];
        sum.peer[name] += peer[name];
      }
      row(`${file.replace('.html', '')}: ${expression}`, ours, peer);
    }
  }
  row('all', sum.ours, sum.peer);
  console.log(
    `${'before pictures were chosen to be read'.padEnd(47)}${String(BEFORE.crossings).padStart(8)}${String(BEFORE.hits).padStart(8)}`,
  );
  console.log(`Area over that of dot's pictures: ${(sum.ours.area / sum.peer.area).toFixed(2)}`);
  await page.goto(url);
  await stability(page, panel);
  console.log(`before                           ${String(BEFORE.moved).padStart(6)} %`);
}

/** @param {string} name @param {{lines: number, crossings: number, hits: number}} ours @param {{crossings: number, hits: number}} peer */
function row(name, ours, peer) {
  console.log(
    `${name.slice(0, 39).padEnd(40)}${String(ours.lines).padStart(7)}${String(ours.crossings).padStart(8)}${String(ours.hits).padStart(8)}${String(peer.crossings).padStart(14)}${String(peer.hits).padStart(8)}`,
  );
}
