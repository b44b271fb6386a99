/** What people try without being told, by mouse and keyboard in real DevTools. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const field = '[aria-label="Expression"]';
beforeAll(async () => {
  await tab.page.evaluate(() => {
    Object.assign(globalThis, {
      list: [1, 2],
      record: { text: 'a\nlong text '.repeat(20), 'odd name': [{ deep: 'here' }], n: -0 },
    });
  });
  await tab.page.addScriptTag({
    content: 'globalThis.owner = { run: function run() {\n} };\n//# sourceURL=habits-here.js',
  });
});

const shown = () => tab.text('.status .subject');
const isShown = (subject: string) => tab.until(`document.querySelector('.status .subject')?.title === '${subject}'`);

/** What is on the clipboard: pasted into the field, and taken away again. */
async function clipboard(): Promise<string> {
  await tab.panel.click(field, { count: 3 });
  await tab.press('Backspace');
  await tab.devtools.keyboard.down('Control');
  await tab.press('v');
  await tab.devtools.keyboard.up('Control');
  const text = await tab.panel.$eval(field, (input) => (input as HTMLInputElement | HTMLTextAreaElement).value);
  await tab.panel.click(field);
  await withCtrl('a');
  await tab.press('Backspace');
  await tab.panel.waitForSelector(`input${field}`);
  return text;
}

async function withCtrl(key: Parameters<typeof tab.press>[0]): Promise<void> {
  await tab.devtools.keyboard.down('Control');
  await tab.press(key);
  await tab.devtools.keyboard.up('Control');
}

describe('field and picture', () => {
  test('Ctrl+Enter draws what is in the field, and refreshes where nothing is typed', async () => {
    await tab.typeAndDraw('record');
    await isShown('record');
    await tab.type('list');
    await withCtrl('Enter');
    await isShown('list');
    await tab.page.evaluate('list.push(3)');
    await tab.panel.focus('.canvas');
    await withCtrl('Enter');
    await tab.until("document.querySelector('.mg-picture').textContent.includes('23')");
  });

  test('after an expression that fails, the picture that stands can be refreshed', async () => {
    await tab.typeAndDraw('nowhere.x');
    await tab.panel.waitForSelector('.notice.error');
    expect(await shown()).toBe('Graph of list');
    await tab.page.evaluate('list.push(4)');
    await tab.drawAgain();
    await tab.until("document.querySelector('.mg-picture').textContent.includes('34')");
  });

  test('Alt and the arrow keys go back and forth', async () => {
    await tab.typeAndDraw('owner');
    await isShown('owner');
    await tab.panel.focus('.canvas');
    await tab.devtools.keyboard.down('Alt');
    await tab.press('ArrowLeft');
    await isShown('list');
    await tab.press('ArrowRight');
    await tab.devtools.keyboard.up('Alt');
    await isShown('owner');
  });
});

describe('copying', () => {
  test('the value under the pointer, the way to it, and a box', async () => {
    await tab.typeAndDraw('record');
    await isShown('record');
    const { boxes } = await tab.diagram();
    const [root, , inner] = boxes.map(({ key }) => key);
    const textCell = await tab.panel.$eval(
      `[data-box="${root}"]`,
      (box) =>
        [...box.querySelectorAll('.mg-cell')].find((cell) => cell.querySelector('text')?.textContent?.startsWith('"a'))
          ?.textContent ?? '',
    );
    await tab.menu.open(root ?? '', textCell);
    await tab.menu.choose('Copy string contents');
    expect((await clipboard()).replaceAll(/\s/g, '')).toBe('alongtext'.repeat(20));
    await tab.menu.open(inner ?? '', '"here"');
    await tab.menu.choose('Copy property path');
    expect(await clipboard()).toBe('record["odd name"][0].deep');
    await tab.menu.open(root ?? '', '-0');
    await tab.menu.choose('Copy value');
    expect(await clipboard()).toBe('-0');
    await tab.clickInPicture(`[data-box="${inner}"] .mg-frame`, { offset: { x: 2, y: 2 } });
    await tab.panel.focus('.canvas');
    await withCtrl('c');
    expect(await clipboard()).toMatch(/^Object.*\ndeep: "here"$/);
  });
});

describe('the mouse', () => {
  test('a right click beside the boxes, and on an arrow', async () => {
    await tab.typeAndDraw('({ a: { b: 1 } })');
    await tab.untilBoxes(2);
    const { x, y } = await placeOf('.canvas');
    const { width, height, line } = await tab.panel.evaluate(() => {
      const canvas = document.querySelector('.canvas')?.getBoundingClientRect() ?? new DOMRect();
      const path = document.querySelector('path.mg-hit');
      if (!(path instanceof SVGPathElement)) throw new Error('There is no reference.');
      const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined);
      return {
        width: canvas.width,
        height: canvas.height,
        line: { x: middle.x - canvas.left, y: middle.y - canvas.top },
      };
    });
    // `placeOf` is 4 pixels inside of the canvas.
    const rightClick = (left: number, top: number) =>
      tab.devtools.mouse.click(x - 4 + left, y - 4 + top, { button: 'right' });
    await rightClick(width - 6, height - 6);
    await tab.panel.waitForSelector('.menu');
    expect(await tab.text('.menu')).toContain('Fit to window');
    await tab.press('Escape');
    await tab.until("document.querySelector('.menu') === null");
    await rightClick(line.x, line.y);
    await tab.panel.waitForSelector('.menu');
    await tab.menu.choose('Go to target');
    const [, target] = (await tab.diagram()).boxes;
    expect(await tab.attribute('.canvas', 'data-selected')).toBe(target?.key);
  });

  test('a click on a function in a cell shows its source', async () => {
    await tab.typeAndDraw('owner');
    await isShown('owner');
    await tab.clickInPicture('.mg-value[data-target]');
    await expect.poll(() => tab.frontEnd.shownSource(), { timeout: 15_000 }).toMatch(/habits-here\.js$/);
    await tab.showTab();
  });
});

/** Where an element is in the window of DevTools. */
async function placeOf(selector: string): Promise<{ x: number; y: number }> {
  const element = await tab.panel.waitForSelector(selector);
  await tab.until('document.getAnimations().length === 0');
  const box = await element?.boundingBox();
  if (!box) throw new Error(`There is no ${selector}.`);
  return { x: box.x + 4, y: box.y + 4 };
}

async function dragFrom({ x, y }: { x: number; y: number }, button: 'left' | 'middle' = 'left'): Promise<void> {
  const { mouse } = tab.devtools;
  await mouse.move(x, y);
  await mouse.down({ button });
  await mouse.move(x + 40, y + 30, { steps: 4 });
  await mouse.up({ button });
}

describe('dragging', () => {
  const transform = () => tab.panel.$eval('.picture > g', (group) => group.getAttribute('transform'));
  const boxPlace = () => tab.panel.$eval('.mg-root', (box) => box.getAttribute('transform'));
  const untilAt = (place: string | null, there = true) =>
    tab.until(`(document.querySelector('.mg-root').getAttribute('transform') === '${place}') === ${there}`);

  test('a box that is dragged stays there, also when it is drawn again, until that is undone', async () => {
    await tab.page.evaluate('globalThis.dragged = { a: { b: 1 }, c: [2] }');
    await tab.draw('dragged');
    const [picture, before] = [await transform(), await boxPlace()];
    await dragFrom(await placeOf('.mg-root .mg-frame'));
    await untilAt(before, false);
    const moved = await boxPlace();
    expect(await transform()).toBe(picture);
    await tab.page.evaluate('dragged.c.push(3)');
    await tab.drawAgain();
    await tab.until("document.querySelector('.mg-picture').textContent.includes('3')");
    await untilAt(moved);
    await tab.panel.focus('.canvas');
    await withCtrl('z');
    await untilAt(before);
    await withCtrl('y');
    await untilAt(moved);
    const root = (await tab.diagram()).boxes[0]?.key ?? '';
    await tab.menu.open(root);
    await tab.menu.choose('Reset to default');
    await untilAt(before);
    // By the keyboard alone.
    await tab.panel.focus('.canvas');
    await tab.press('Home');
    await withCtrl('ArrowRight');
    await untilAt(before, false);
  });

  test('with the middle button or with Space the graph is dragged, wherever the pointer is', async () => {
    await tab.draw('({ a: { b: 1 }, c: [2] })');
    for (const by of ['middle', 'space'] as const) {
      const at = await placeOf('.mg-root .mg-frame');
      const [picture, box] = [await transform(), await boxPlace()];
      if (by === 'space') {
        await tab.panel.focus('.canvas');
        await tab.devtools.keyboard.down(' ');
      }
      await dragFrom(at, by === 'middle' ? 'middle' : 'left');
      if (by === 'space') await tab.devtools.keyboard.up(' ');
      await tab.until(`document.querySelector('.picture > g').getAttribute('transform') !== '${picture}'`);
      expect(await boxPlace()).toBe(box);
    }
  });

  test('Ctrl and the wheel zoom, as a pinch does, and Ctrl+0 shows 100%', async () => {
    await tab.draw('({ a: { b: 1 } })');
    const { x, y } = await placeOf('.mg-root .mg-frame');
    await tab.devtools.mouse.move(x, y);
    await tab.devtools.keyboard.down('Control');
    await tab.devtools.mouse.wheel({ deltaY: -120 });
    await tab.devtools.keyboard.up('Control');
    await tab.until("document.querySelector('.percent').textContent !== '100%'");
    await tab.panel.focus('.canvas');
    await withCtrl('0');
    await tab.until("document.querySelector('.percent').textContent === '100%'");
  });
});

test('a label stays on its object, and an empty one removes it', async () => {
  await tab.page.evaluate('globalThis.labelled = { of: { label: 1 } }');
  await tab.draw('labelled');
  const inner = (await tab.diagram()).boxes[1]?.key ?? '';
  const untilTitled = (title: string) =>
    tab.until(`document.querySelector('[data-box="${inner}"] .mg-title').textContent === '${title}'`);
  for (const [text, shown] of [
    ['the inner one', 'the inner one: Object'],
    ['', 'Object'],
  ] as const) {
    await tab.menu.open(inner);
    await tab.menu.choose('Label…');
    await tab.panel.waitForSelector('.value-editor input');
    await withCtrl('a');
    if (text === '') await tab.press('Backspace');
    else await tab.devtools.keyboard.type(text);
    await tab.press('Enter');
    await untilTitled(shown);
    await tab.drawAgain();
    await untilTitled(shown);
  }
});

test('JSON is drawn when it is pasted beside the field, and a file when it is dropped', async () => {
  // What is pasted is cut out of the field before.
  await tab.type('{"pasted": [1, {"deep": null}]}');
  await withCtrl('a');
  await withCtrl('x');
  await tab.until(`document.querySelector('${field}').value === ''`);
  await tab.draw('1');
  await tab.panel.focus('.canvas');
  await withCtrl('v');
  await tab.untilMessage('pasted JSON');
  await tab.untilBoxes(3);
  const path = join(tmpdir(), 'dropped.json');
  writeFileSync(path, '{"dropped": [true]}');
  const { x, y } = await placeOf('.canvas');
  const session = await tab.devtools.createCDPSession();
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x: x + 40,
      y: y + 40,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  await session.detach();
  await tab.untilMessage('This graph is from the file dropped.json');
  await tab.untilBoxes(2);
});

test('the settings are made wider by the mouse and by keys, and stay so', async () => {
  const toggle = () => tab.panel.click('[aria-label^="Settings"]');
  const width = () => tab.panel.$eval('.settings', (settings) => settings.getBoundingClientRect().width);
  const untilWider = (than: number) =>
    tab.until(`document.querySelector('.settings').getBoundingClientRect().width > ${than}`);
  await toggle();
  const before = await width();
  await tab.panel.focus('.splitter');
  await tab.press('ArrowLeft');
  await untilWider(before);
  const { x, y } = await placeOf('.splitter');
  await tab.devtools.mouse.move(x, y + 40);
  await tab.devtools.mouse.down();
  await tab.devtools.mouse.move(x - 60, y + 40, { steps: 3 });
  await tab.devtools.mouse.up();
  await untilWider(before + 40);
  const wide = await width();
  await toggle();
  await toggle();
  expect(Math.round(await width())).toBe(Math.round(wide));
  await toggle();
});

describe('a graph that refreshes by itself', () => {
  const button = '[aria-label="Refresh every second"]';
  const untilEnded = () => tab.until(`document.querySelector('${button}').getAttribute('aria-pressed') === 'false'`);
  const untilShown = (text: string) =>
    tab.until(`document.querySelector('.mg-picture').textContent.includes('${text}')`);

  test('shows what changed, without the debugger as far as its objects go', async () => {
    await tab.page.evaluate('globalThis.ticking = { at: 1 }');
    await tab.draw('ticking');
    await tab.panel.click(button);
    await tab.page.evaluate('ticking.at = 77');
    await untilShown('77');
    await tab.draw('ticking.at');
    // Nobody knows whether a getter would run.
    await tab.untilMessage('Without the debugger');
    await untilEnded();
  });

  test('with it what has no side effects, and nothing else', async () => {
    await tab.setDebugger(true);
    await tab.page.evaluate('globalThis.ticking = { at: 1 }; globalThis.counted = 0');
    await tab.draw('ticking.at + 1');
    await tab.panel.click(button);
    await tab.page.evaluate('ticking.at = 87');
    await untilShown('88');
    await tab.draw('++counted');
    await tab.untilMessage('May have side effects');
    await untilEnded();
    expect(await tab.page.evaluate('counted')).toBe(1);
  });

  test('a DOM node that is pointed at is lit up in the page', async () => {
    await tab.page.evaluate(
      'document.body.prepend(Object.assign(document.createElement("h1"), { id: "lit", textContent: "lit" }))',
    );
    await tab.draw('({ node: document.querySelector("#lit") })');
    const clip = await tab.page.$eval('#lit', (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
    const picture = async () => Buffer.from(await tab.page.screenshot({ clip })).toString('base64');
    const before = await picture();
    const at = await placeOf('.mg-node .mg-frame');
    await tab.devtools.mouse.move(at.x + 20, at.y + 4);
    await expect.poll(picture, { timeout: 15_000 }).not.toBe(before);
    const beside = await placeOf('.canvas');
    await tab.devtools.mouse.move(beside.x, beside.y);
    await expect.poll(picture, { timeout: 15_000 }).toBe(before);
    await tab.setDebugger(false);
  });
});

test('? shows all commands with their keys, and runs one', async () => {
  await tab.draw('record');
  await tab.clickInPicture('.mg-frame', { offset: { x: 2, y: 2 } });
  await tab.press('1');
  await tab.until("document.querySelector('.percent').textContent === '100%'");
  await tab.devtools.keyboard.type('?');
  await tab.panel.waitForSelector('dialog.commands[open]');
  await tab.devtools.keyboard.type('zoom out');
  expect(await tab.text('.commands-list')).toContain('Zoom out');
  await tab.press('Enter');
  await tab.until("document.querySelector('dialog.commands') === null");
  await tab.until("document.querySelector('.percent').textContent !== '100%'");
});

test('any JSON file is drawn', async () => {
  const path = join(tmpdir(), 'plain.json');
  writeFileSync(path, '{"plain": [1, 2], "more": {"a": null}}');
  const input = await tab.panel.$('input[aria-label="Saved graph"]');
  if (!input) throw new Error('There is no field for a saved graph.');
  await input.uploadFile(path);
  await tab.untilMessage('This graph is from the file plain.json');
  expect((await tab.stats()).nodes).toBe(3);
});

test('the expression, the pins and the zoom are there when DevTools is opened again, and no value', async () => {
  await tab.type('list');
  await tab.pin('list');
  await tab.typeAndDraw('record');
  await tab.until("document.querySelector('.status .subject')?.title.includes('record')");
  await tab.panel.focus('.canvas');
  await tab.press('1');
  await tab.until("document.querySelector('.percent').textContent === '100%'");
  await tab.press('-');
  await tab.until("document.querySelector('.percent').textContent !== '100%'");
  const zoom = await tab.text('.percent');
  // What a point at a cut text says.
  const hints = await tab.panel.$$eval('.mg-picture title', (titles) => titles.map(({ textContent }) => textContent));
  expect(hints).toContainEqual(expect.stringMatching(/^"a\\nlong text .*240 characters$/s));
  await tab.closeDevTools('in good order');
  await tab.reopen();
  expect(await tab.panel.$eval(field, (input) => (input as HTMLInputElement).value)).toBe('record');
  expect(await tab.text('.pinned code')).toBe('list');
  expect(await tab.panel.$('[data-box]')).toBeNull();
  await tab.panel.focus(field);
  await tab.press('Enter');
  await tab.until("document.querySelector('.status .subject')?.title.includes('record')");
  await tab.until(`document.querySelector('.percent').textContent === '${zoom}'`);
});

test('a color has a swatch, on screen and in files; an address is a link that opens beside the page', async () => {
  await tab.draw('({ color: "#12ab34", address: "https://example.test/x" })');
  expect(
    await tab.panel.$$eval('.mg-color', (swatches) => swatches.map((swatch) => swatch.getAttribute('fill'))),
  ).toEqual(['#12ab34']);
  expect(await tab.svg()).toContain('fill="#12ab34"');
  const opened = tab.browser.waitForTarget((target) => target.url().includes('example.test'), { timeout: 15_000 });
  await tab.clickInPicture('.mg-link text');
  await (await (await opened).asPage()).close();
  await tab.settings({ drawing: { values: { colors: false, links: false } } });
  await tab.until("document.querySelector('.mg-color, .mg-link') === null");
  await tab.settings({});
});
