/** Values that people would rather look at: what is drawn of them in real DevTools, through both transports, and in files. */
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

beforeAll(async () => {
  await tab.settings({ drawing: { amount: 'all' } });
  await tab.page.evaluate((script) => {
    const element = document.createElement('script');
    element.textContent = script;
    document.body.append(element);
  }, program);
});

/** Whatever the page has replaced must not run when values are read. */
const program = `
  var theme = { accent: '#4caf50', shade: 'rgb(0 0 0 / 50%)', color: 'tomato', home: location.href + '?linked' };
  var born = new Date(Date.UTC(1815, 11, 10));
  var wave = Array.from({ length: 400 }, (_, i) => i === 30 ? NaN : Math.sin(i / 20));
  var samples = Float32Array.from({ length: 1e6 }, (_, i) => Math.sin(i / 5e4));
  var buffer = new ArrayBuffer(64);
  var views = [new Uint8Array(buffer, 0, 16), new Float32Array(buffer, 8, 8), new DataView(buffer, 32)];
  var paint = (canvas) => {
    const context = canvas.getContext('2d');
    context.fillStyle = '#ff0000';
    context.fillRect(0, 0, 60, 80);
    context.fillStyle = '#0000ff';
    context.fillRect(60, 0, 60, 80);
    return canvas;
  };
  var canvas = paint(Object.assign(document.createElement('canvas'), { width: 120, height: 80 }));
  var bare = document.createElement('canvas');
  var offscreen = paint(new OffscreenCanvas(120, 80));
  var pixels = canvas.getContext('2d').getImageData(50, 0, 20, 10);
  var tripped = [];
  for (const [owner, name] of [[CanvasRenderingContext2D.prototype, 'drawImage'], [CanvasRenderingContext2D.prototype, 'getImageData'],
    [HTMLCanvasElement.prototype, 'getContext'], [Array.prototype, 'map'], [Math, 'sin']]) {
    const original = owner[name];
    owner[name] = function (...all) { tripped.push(name); return original.apply(this, all); };
  }
  Object.defineProperty(Object.prototype, 'willReadFrequently', { get() { tripped.push('option'); }, configurable: true });
`;

describe('texts', () => {
  test('a color is drawn beside its text, and an address opens in a tab by a click and from the menu', async () => {
    await tab.draw('({ theme, born })');
    const fills = await tab.panel.$$eval('.mg-color', (squares) =>
      squares.map((square) => square.getAttribute('fill')),
    );
    expect(fills).toEqual(['#4caf50', '#000000', '#ff6347']);
    expect(await tab.svg()).toMatch(/<a href="[^"]*\?linked"><text/);
    expect(await tab.text('.canvas')).toContain('Sun, Dec 10, 1815, 00:00:00 UTC · -4861728000000');

    for (const open of [
      () => tab.clickInPicture('.mg-link text'),
      async () => {
        const rows = await tab.menu.open(await tab.boxWith('home'));
        expect(rows[0]?.label).toMatch(/^Open link in new tab.*\?linked$/);
        await tab.menu.choose(rows[0]?.label ?? '');
      },
    ]) {
      const opened = tab.browser.waitForTarget(
        (target) => target.type() === 'page' && target.url().endsWith('?linked'),
      );
      await open();
      const page = await (await opened).page();
      await page?.close();
    }

    await tab.settings({ drawing: { amount: 'all', values: { colors: false, dates: false, links: false } } });
    expect(await tab.panel.$('.mg-color, .mg-link')).toBeNull();
    expect(await tab.text('.canvas')).toContain('1815-12-10T00:00:00.000Z');
    await tab.settings({ drawing: { amount: 'all' } });
  });
});

/** The words and the drawing of each figure in the picture. */
const figures = () =>
  tab.panel.$$eval('.mg-figure', (all) =>
    all.map((figure) => ({
      words: figure.querySelector('.mg-words')?.textContent,
      drawn: [...figure.querySelectorAll('path, image, rect')].map(
        (part) => part.getAttribute('class') ?? part.tagName,
      ),
    })),
  );

/** The color of a pixel of the image in the picture, at a share of its width. */
const colorAt = (share: number) =>
  tab.panel.$eval(
    '.mg-figure image',
    async (element, share) => {
      const image = new Image();
      image.src = element.getAttribute('href') ?? '';
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      return [...(context?.getImageData(Math.floor(share * image.width), 2, 1, 1).data ?? [])];
    },
    share,
  );

describe.each(['eval', 'debugger'] as const)('%s', (transport) => {
  beforeAll(async () => {
    await tab.setDebugger(transport === 'debugger');
    // Canvases that nobody has opened.
    await tab.page.evaluate(`canvas = paint(Object.assign(document.createElement('canvas'), { width: 120, height: 80 }));
      offscreen = paint(new OffscreenCanvas(120, 80));`);
  });

  test('numbers are a line, and views of a buffer are bars', async () => {
    await tab.draw('({ wave, samples, buffer, views })');
    expect(await figures()).toEqual([
      { words: '−0.99999 to 0.999992 · first NaN at 30', drawn: ['mg-ground', 'mg-spark'] },
      { words: expect.stringMatching(/^−1 to 1 · 262,100 of 1,000,000 sampled$/), drawn: ['mg-ground', 'mg-spark'] },
      {
        words: '3 views of 64 bytes · shared: 8–15 and 1 more',
        drawn: ['mg-ground', 'mg-overlap', 'mg-bar'],
      },
    ]);
    const dot = await tab.panel.evaluate(() => memoryGraph.dot());
    expect(dot).toMatch(/[▁▂▃▄▅▆▇█]{24}/);
    expect(dot).toContain('Float32Array: 8–39');
  });

  test('an ImageData is drawn at once, a canvas after a click, whatever the page has replaced', async () => {
    await tab.draw('pixels');
    // Its bytes are numbers.
    expect((await figures())[0]).toEqual({ words: '20 × 10', drawn: ['mg-ground', 'mg-checks', 'image'] });
    expect(await colorAt(0.1)).toEqual([255, 0, 0, 255]);
    expect(await colorAt(0.9)).toEqual([0, 0, 255, 255]);
    expect(await tab.svg()).toContain('<image href="data:image/png;base64,');

    for (const name of ['canvas', 'offscreen']) {
      await tab.draw(name);
      expect(await figures()).toEqual([{ words: '120 × 80', drawn: ['mg-ground', 'mg-placeholder'] }]);
      await tab.clickInPicture('.mg-unread');
      await tab.until("document.querySelector('.mg-figure image') !== null");
      expect(await colorAt(0.1)).toEqual([255, 0, 0, 255]);
      expect(await colorAt(0.9)).toEqual([0, 0, 255, 255]);
      // It goes with the object: drawn again, its pixels are read again.
      await tab.draw(name);
      expect((await figures())[0]?.drawn).toContain('image');
    }
  });

  test('a canvas without a context gets none', async () => {
    await tab.draw('bare');
    await tab.clickInPicture('.mg-unread');
    await tab.until("document.querySelector('.mg-figure image') !== null");
    expect((await figures())[0]?.words).toBe('300 × 150 · transparent');
    expect(
      await tab.page.evaluate('bare.getContext("webgl2") !== null || bare.getContext("bitmaprenderer") !== null'),
    ).toBe(true);
    await tab.page.evaluate('bare = document.createElement("canvas")');
  });

  test('nothing of the page ran', async () => {
    expect(await tab.page.evaluate('tripped.filter((name) => name !== "getContext")')).toEqual([]);
  });
});

test('figures can be switched off', async () => {
  const values = { sparklines: false, images: false, buffers: false };
  await tab.settings({ drawing: { amount: 'all', values } });
  await tab.draw('({ wave, samples, buffer, views, pixels, canvas })');
  expect(await figures()).toEqual([]);
  expect((await tab.snapshot()).objects.some(({ series, image }) => series || image)).toBe(false);
});
