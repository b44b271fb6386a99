/** Every file that the export menu saves, opened by a program that is not ours. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, inflateSync } from 'node:zlib';
import { Graphviz } from '@hpcc-js/wasm/graphviz';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { memoryGraphPage } from './memory-graph-page.ts';

/** Latin, Greek, Chinese, Arabic, letters with two marks each, an emoji: what a PDF with the usual fonts cannot say. */
const WORDS = ['plain', 'αβγ', '記憶', 'ذاكرة', 'g\u0304\u0303q\u0323\u0302', '🦉'];

const tab = memoryGraphPage({ url: 'index.html' });
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-export-'));
beforeAll(async () => {
  // Files of the whole.
  await exporting({});
  const session = await tab.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  await tab.page.evaluate((words) => Object.assign(globalThis, { shared: { words } }), WORDS);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  await tab.page.evaluate((words) => Object.assign(globalThis, { subject: [words, { again: words }, -0] }), WORDS);
  await tab.draw('subject');
});

async function choose(label: string): Promise<void> {
  await tab.panel.click('[aria-label="Export"]');
  const button = await tab.panel.waitForSelector(`::-p-xpath(//div[@aria-label="Export"]//button[text()="${label}"])`);
  if (!button) throw new Error(`The export menu has no ${label}.`);
  await button.click();
}

/** Saves by the menu; resolves to the file when the browser has written it. */
async function save(label: string, ending: string): Promise<string> {
  const before = readdirSync(folder);
  const saved = (): readonly string[] => readdirSync(folder).filter((name) => !before.includes(name));
  await choose(label);
  const name = new RegExp(`^memory-graph-subject-\\d{4}(-\\d\\d){5}( \\(\\d+\\))?\\.${ending}$`);
  await expect.poll(saved).toEqual([expect.stringMatching(name)]);
  await tab.until(`document.querySelector('.export-word')?.textContent.includes('Saved')`);
  // Another one of this second would have its name.
  const kept = join(folder, `${readdirSync(folder).length} ${saved()[0]}`);
  renameSync(join(folder, saved()[0] ?? ''), kept);
  return kept;
}

/** The PDF of what is drawn. */
async function printed(): Promise<Buffer> {
  await choose('Print or save as PDF…');
  const target = await tab.browser.waitForTarget((each) => each.url().includes('/print.html'));
  const asking = await target.asPage();
  await asking.waitForSelector('[data-ready]');
  // It has asked the browser to print it, and nobody answers the dialog: the same document is printed without one.
  const document = await asking.content();
  await asking.close();
  const page = await tab.browser.newPage();
  await page.setContent(document);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  await page.close();
  return Buffer.from(pdf);
}

async function inBrowser<T>(path: string, look: () => T): Promise<Awaited<T>> {
  const page = await tab.browser.newPage();
  try {
    await page.goto(`file://${path}`);
    return await page.evaluate(look);
  } finally {
    await page.close();
  }
}

/** Width of a picture in pixels, and all its colors as `#rrggbbaa`. */
const pixels = (path: string) =>
  inBrowser(path, () => {
    const image = document.querySelector('img');
    if (!image) throw new Error('There is no picture.');
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() };
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) {
      seen.add(`#${[...data.slice(at, at + 4)].map((part) => part.toString(16).padStart(2, '0')).join('')}`);
    }
    return { width: image.naturalWidth, colors: [...seen] };
  });

const exporting = (options: { readonly theme?: 'light' | 'dark'; readonly background?: 'theme' | 'none' }) =>
  tab.settings({ export: options, drawing: { amount: 'all' } });

/** All colors that a PDF fills with, as `#rrggbb`: those of its pages' own instructions, once they are unpacked. */
function fillsOf(pdf: Buffer): readonly string[] {
  const fills = new Set<string>();
  const text = pdf.toString('latin1');
  for (const { index, 0: start } of text.matchAll(/FlateDecode[^>]*>>\s*stream\r?\n/g)) {
    const from = index + start.length;
    const content = inflateSync(pdf.subarray(from, text.indexOf('endstream', from)), {
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    for (const [, ...parts] of content.toString('latin1').matchAll(/([\d.]+) ([\d.]+) ([\d.]+) rg\b/g)) {
      fills.add(
        `#${parts
          .map((part) =>
            Math.round(255 * Number(part))
              .toString(16)
              .padStart(2, '0'),
          )
          .join('')}`,
      );
    }
  }
  return [...fills];
}

/** Asks the browser's PDF viewer about a file: its PDFium shares no code with what printed the file. */
async function inViewer(path: string, script: string): Promise<unknown> {
  const page = await tab.browser.newPage();
  try {
    await page.goto(`file://${path}`);
    const viewer = await page.waitForFrame((frame) => frame.url().startsWith('chrome-extension://'));
    await viewer.waitForFunction("document.querySelector('pdf-viewer')?.loadProgress_ === 100");
    return await viewer.evaluate(script);
  } finally {
    await page.close();
  }
}

/** What *Select all* selects. */
async function selectedText(path: string): Promise<string> {
  const text = await inViewer(
    path,
    `(async () => {
      const { currentController } = document.querySelector('pdf-viewer');
      currentController.selectAll();
      return (await currentController.getSelectedText()).selectedText;
    })()`,
  );
  if (typeof text !== 'string') throw new Error('The viewer answers without a text.');
  return text.normalize('NFC');
}

/** What the viewer adds to the width and height of a page for its shadow. */
const EDGE = 10;

/** The pages as the viewer has them, in CSS pixels. */
async function pagesOf(path: string): Promise<readonly { readonly width: number; readonly height: number }[]> {
  const pages = await inViewer(path, "document.querySelector('pdf-viewer').documentDimensions.pageDimensions");
  if (!Array.isArray(pages)) throw new Error('The viewer answers without pages.');
  return pages;
}

/** Whether a font of this machine has the characters: where none has them, the browser can print nothing but boxes. */
const hasFont = (text: string): Promise<boolean> =>
  tab.page.evaluate((text) => {
    const drawn = (text: string): string => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d')?.fillText(text, 10, 20);
      return canvas.toDataURL();
    };
    return [...text].every((character) => drawn(character) !== drawn('\u{10fffe}'));
  }, text);

/** What xmllint says against a file. */
const lint = async (contents: string): Promise<readonly string[]> =>
  (await validateXML({ xml: { fileName: 'saved.svg', contents }, normalization: 'c14n' })).errors.map(
    ({ rawMessage }) => rawMessage,
  );

test('SVG: xmllint finds nothing in it, whatever characters names and values have', async () => {
  expect(await lint(readFileSync(await save('Save as SVG', 'svg'), 'utf8'))).toEqual([]);
  await tab.draw(String.raw`({ '<&>"\'': '\0 \ud800 ]]> <!-- \u{10ffff} \ufffe', [Symbol('</svg>')]: /<script>/ })`);
  const svg = await tab.svg();
  expect(svg).toContain('&lt;&amp;');
  expect(await lint(svg)).toEqual([]);
  expect(await lint(svg.replace('&lt;', '<'))).not.toEqual([]);
});

test('SVG: the browser shows it, with its words and at its size', async () => {
  const path = await save('Save as SVG', 'svg');
  const { words, width } = await inBrowser(path, () => ({
    words: [...document.querySelectorAll('text')].map(({ textContent }) => textContent),
    width: document.documentElement.getBoundingClientRect().width,
  }));
  for (const word of WORDS) expect(words).toContain(`"${word}"`);
  const placed = (await tab.svg()).match(/width="([\d.]+)"/)?.[1];
  expect(width).toBeCloseTo(Number(placed), 0);
});

describe('PNG', () => {
  test('the browser shows it, twice as large as the picture', async () => {
    const path = await save('Save as PNG', 'png');
    const { width, colors } = await pixels(path);
    const svg = await tab.svg();
    expect(width).toBe(Math.floor(2 * Number(svg.match(/width="([\d.]+)"/)?.[1])));
    // The same hex as on screen: an array, an object.
    expect(colors).toContain('#ffd2d0ff');
    expect(colors).toContain('#c6e1ffff');
    expect(colors).toContain('#ffffffff');
  });

  test('in the dark and transparent', async () => {
    await exporting({ theme: 'dark', background: 'none' });
    const { colors } = await pixels(await save('Save as PNG', 'png'));
    await exporting({});
    // An array, an object, nothing where there is nothing, and no background.
    expect(colors).toEqual(expect.arrayContaining(['#5a3635ff', '#2f435eff', '#00000000']));
    expect(colors).not.toContain('#1d1d1dff');
  });

  test('one that no canvas could hold is saved as several that can be read, with a word', async () => {
    // Boxes would be wrapped to the window: this is one.
    await tab.page.evaluate('globalThis.subject = Array.from({ length: 900 }, (_, i) => 10_000 + i)');
    await tab.readOptions({ slices: { begin: 1000, middle: 0, end: 0 } });
    await tab.draw('subject');
    const images = unzipSync(readFileSync(await save('Save as PNG', 'zip')));
    expect(await tab.text('.export-word')).toMatch(/Saved memory-graph-subject-.*\.zip: \d+ images/);
    expect(Object.keys(images).length).toBeGreaterThan(1);
    const first = join(folder, 'first.png');
    writeFileSync(first, images['01.png'] ?? '');
    expect((await pixels(first)).colors).toContain('#ffd2d0ff');
    // Each is a whole PNG of a size that a canvas can hold, as its own header says.
    for (const image of Object.values(images)) {
      const png = Buffer.from(image);
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect(Math.max(png.readUInt32BE(16), png.readUInt32BE(20))).toBeLessThanOrEqual(16_384);
      expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND');
    }
    // A reader of PDF shows no page that is larger than 14,400 points.
    const path = join(folder, 'large.pdf');
    writeFileSync(path, await printed());
    const pages = await pagesOf(path);
    expect(pages.length).toBeGreaterThan(1);
    for (const { width, height } of pages)
      expect(Math.max(width, height)).toBeLessThanOrEqual((14_400 / 72) * 96 + EDGE);
    await choose('Copy as PNG');
    await tab.until(`document.querySelector('.export-word')?.textContent.includes('first part')`);
    await exporting({});
  });
});

describe('a page', () => {
  /** Of a page that was saved, in a browser without the extension and without a network. */
  const read = async (path: string) => {
    const page = await tab.browser.newPage();
    const asked: string[] = [];
    try {
      await page.setOfflineMode(true);
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${path}`);
      const seen = await page.evaluate(() => ({
        boxes: [...document.querySelectorAll('#stage [data-box]')].map((box) => box.getAttribute('data-box')).sort(),
        references: [...document.querySelectorAll('#stage [data-reference]')]
          .map((one) => one.getAttribute('data-reference'))
          .sort(),
        words: [...document.querySelectorAll('#stage text')].map(({ textContent }) => textContent ?? ''),
        film: document.querySelector('#film')?.textContent ?? '',
        controls: [...document.querySelectorAll<HTMLElement>('header > :not(h1)')]
          .filter(({ offsetWidth }) => offsetWidth > 0)
          .map(({ id }) => id),
      }));
      return { ...seen, asked: asked.filter((url) => !url.startsWith('file:')) };
    } finally {
      await page.close();
    }
  };
  const drawn = () =>
    tab.panel.evaluate(() => {
      const { boxes, references } = memoryGraph.diagram();
      return {
        boxes: boxes.map(({ key }) => key).sort(),
        references: references.map(({ from, port }) => `${from}:${port}`).sort(),
      };
    });

  test('has the same boxes and words, and asks for nothing', async () => {
    const { words, asked, controls, ...shown } = await read(await save('Save as page (HTML)', 'html'));
    expect(shown).toMatchObject(await drawn());
    for (const word of WORDS) expect(words).toContain(`"${word}"`);
    expect(asked).toEqual([]);
    expect(controls).toEqual(['find']);
  });

  test('without values it has the same boxes and names, and none of the texts and numbers', async () => {
    await tab.page.evaluate(() => {
      const map = new Map<unknown, unknown>([['zebra key', 31337n]]);
      Object.assign(globalThis, {
        subject: { name: 'zebra text', count: 271828, at: new Date(8.64e13), map, list: [31415926, 'zebra too'] },
      });
    });
    await tab.draw('subject');
    expect(await tab.svg()).toContain('271828');
    await tab.panel.click('[aria-label="Export"]');
    await tab.panel.click('::-p-xpath(//div[@aria-label="Export"]//label[contains(., "With values")]/input)');
    expect(await tab.text('.share-words')).toContain('no texts and numbers');
    await tab.panel.click('[aria-label="Export"]');
    const { words, film, ...shown } = await read(await save('Save as page (HTML)', 'html'));
    expect(shown).toMatchObject(await drawn());
    expect(words).toEqual(expect.arrayContaining(['name', 'count', 'at', 'map', 'list']));
    for (const value of ['zebra', '31337', '271828', '31415926', '1972']) expect(film).not.toContain(value);
    // Nothing was changed in the panel.
    expect(await tab.svg()).toContain('271828');
    await tab.panel.click('[aria-label="Export"]');
    await tab.panel.click('::-p-xpath(//div[@aria-label="Export"]//label[contains(., "With values")]/input)');
    await tab.panel.click('[aria-label="Export"]');
  });
});

test('DOT: Graphviz draws the same structure from it', async () => {
  const path = await save('Save as DOT', 'dot');
  const graphviz = await Graphviz.load();
  // It throws at what `dot` warns of.
  const drawn = graphviz.layout(readFileSync(path, 'utf8'), 'svg', 'dot');
  const { nodes, edges } = await tab.stats();
  expect(drawn.match(/class="node"/g)).toHaveLength(nodes);
  expect(drawn.match(/class="edge"/g)).toHaveLength(edges);
  for (const word of WORDS) expect(drawn).toContain(word);
});

describe('PDF', () => {
  let path = '';
  beforeAll(async () => {
    await tab.draw('subject');
    path = join(folder, 'print.pdf');
    writeFileSync(path, await printed());
  });

  test('one page of the size of the picture', async () => {
    const svg = await tab.svg();
    const [, width = '', height = ''] = svg.match(/width="([\d.]+)" height="([\d.]+)"/) ?? [];
    const [page, ...others] = await pagesOf(path);
    expect(others).toEqual([]);
    expect(Math.abs((page?.width ?? 0) - EDGE - Number(width))).toBeLessThan(4);
    expect(Math.abs((page?.height ?? 0) - EDGE - Number(height))).toBeLessThan(4);
  });

  // From right to left in the order in which it is read, and with its marks.
  test.for(WORDS)('%s can be selected', async (word, { skip }) => {
    if (!(await hasFont(word))) skip(`no font of this machine has ${word}`);
    expect(await selectedText(path)).toContain(`"${word.normalize('NFC')}"`);
  });
});

test('PDF: the same colors, and nothing behind them where it is transparent', async () => {
  expect(fillsOf(await printed())).toEqual(expect.arrayContaining(['#ffffff', '#ffd2d0', '#c6e1ff']));
  await exporting({ theme: 'dark' });
  expect(fillsOf(await printed())).toEqual(expect.arrayContaining(['#1d1d1d', '#5a3635', '#2f435e']));
  await exporting({ theme: 'dark', background: 'none' });
  const fills = fillsOf(await printed());
  await exporting({});
  expect(fills).toEqual(expect.arrayContaining(['#5a3635', '#2f435e']));
  expect(fills).not.toContain('#1d1d1d');
});

test('JSON: opens again without the page', async () => {
  const path = await save('Save as JSON', 'json');
  const before = await tab.evaluate('JSON.stringify(memoryGraph.diagram())');
  await tab.draw('1');
  const field = await tab.panel.$('input[aria-label="Saved graph"]');
  if (!field) throw new Error('There is no field for a saved graph.');
  await field.uploadFile(path);
  await tab.untilMessage('This graph is from');
  expect(await tab.evaluate('JSON.stringify(memoryGraph.diagram())')).toBe(before);
});
