/** What a box's menu hands to DevTools' own tools, in real DevTools: the console, global variables, Elements, Sources. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const { frontEnd: front } = tab;
let home: string;
beforeAll(() => {
  home = tab.page.url();
});
beforeEach(async () => {
  await tab.page.goto(home);
  await tab.showTab();
  await tab.untilGraphIsOffered();
});

/** The box of the object that an expression has under this name. */
async function boxAt(name: string): Promise<string> {
  const { boxes, references } = await tab.diagram();
  const root = boxes[0];
  const cells = root?.rows.flat() ?? [];
  const key = cells.findIndex((cell) => cell?.text === name);
  const rows = root?.rows ?? [];
  const cell = root?.orientation === 'horizontal' ? rows[1]?.[key] : cells[key + 1];
  return references.find(({ from, port }) => from === root?.key && port === cell?.port)?.to ?? '';
}

describe('from the menu of a box', () => {
  test('an object is logged, and stored under the first name that is free', async () => {
    await tab.page.evaluate('globalThis.subject = { list: [1, 2] }; globalThis.temp1 = "kept";');
    const logged = new Promise<readonly string[]>((resolve) => {
      tab.page.once('console', async (message) => {
        resolve(await Promise.all(message.args().map((value) => value.evaluate((held) => JSON.stringify(held)))));
      });
    });
    await tab.draw('subject');
    const box = await boxAt('list');
    await tab.menu.open(box);
    await tab.menu.choose('Reveal in Console');
    await tab.untilMessage(`Logged to Console as #${box.slice(1)}`);
    expect(await logged).toEqual([`{"#${box.slice(1)}":[1,2]}`]);
    await tab.menu.open(box);
    await tab.menu.choose('Store as global variable');
    await tab.untilMessage('Stored as temp2');
    expect(await tab.page.evaluate('[temp1, temp2 === subject.list]')).toEqual(['kept', true]);
    // What the person did here is no news from the console, which would be drawn, with a link.
    const links: string[] = [];
    tab.page.on('console', (message) => links.push(message.text()));
    await front.storeAsGlobal('subject');
    await tab.until("memoryGraph.snapshot().roots[0].label === 'temp3'");
    await tab.page.evaluate('1');
    expect(links.filter((text) => text.includes('memory-graph:'))).toEqual([
      'Show in Memory Graph: memory-graph://graph/temp3',
    ]);
    tab.page.removeAllListeners('console');
  });

  test('a node is shown in Elements, a function in Sources, and each has rows of its own only', async () => {
    await tab.page.evaluate(
      `globalThis.subject = { node: document.querySelector('h1'), list: [], Kind: class Kind {} };`,
    );
    await tab.page.addScriptTag({
      content: 'subject.written = function written() {\n};\n//# sourceURL=written-here.js',
    });
    await tab.draw('subject');
    const labels = async (box: string, cell?: string) =>
      (await tab.menu.open(box, cell))
        .map(({ label }) => label)
        .filter((label) => /^(?:Reveal in Elements|Show .* definition)/.test(label));
    const root = (await tab.diagram()).boxes[0]?.key ?? '';
    expect(await labels(await boxAt('list'))).toEqual([]);
    expect(await labels(await boxAt('Kind'))).toEqual(['Show class definition']);
    expect(await labels(await boxAt('node'))).toEqual(['Reveal in Elements panel']);
    await tab.menu.choose('Reveal in Elements panel');
    await expect.poll(() => front.selectedTab()).toBe('elements');
    await expect
      .poll(() => front.run('return UI.Context.Context.instance().flavor(SDK.DOMModel.DOMNode)?.localName();'))
      .toBe('h1');
    await tab.showTab();
    expect(await labels(root, 'ƒ written()')).toEqual(['Show function definition']);
    await tab.menu.choose('Show function definition');
    await expect.poll(() => front.selectedTab()).toBe('sources');
    await expect.poll(() => front.shownSource()).toMatch(/written-here\.js$/);
  });

  test('also while the page is paused', async () => {
    await tab.page.evaluate('globalThis.subject = { list: [1, 2] };');
    await tab.page.evaluate(() => {
      setTimeout(() => {
        // biome-ignore lint/suspicious/noDebugger: it is what the test is about.
        debugger;
        document.title = 'went on';
      });
    });
    await expect.poll(() => front.isPaused()).toBe(true);
    await tab.showTab();
    await tab.draw('subject');
    await tab.menu.open(await boxAt('list'));
    await tab.menu.choose('Store as global variable');
    await tab.untilMessage('Stored as temp1');
    await front.resume();
    await tab.page.waitForFunction("document.title === 'went on'");
    expect(await tab.page.evaluate('temp1 === subject.list')).toBe(true);
  });
});

describe('one sentence says why not', () => {
  test('when the object is gone', async () => {
    await tab.page.evaluate('globalThis.subject = { list: [1, 2] };');
    await tab.draw('subject');
    const box = await boxAt('list');
    await tab.page.evaluate('subject.list = null');
    const session = await tab.page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    await session.detach();
    await tab.menu.open(box);
    await tab.menu.choose('Store as global variable');
    await tab.untilMessage('This object is gone');
    expect(await tab.page.evaluate('typeof temp1')).toBe('undefined');
  });

  test('when the node is in no document, or the function has no source', async () => {
    await tab.page.evaluate(`globalThis.subject = { node: document.createElement('p'), map: [].map };`);
    await tab.draw('subject');
    await tab.menu.open(await boxAt('node'));
    await tab.menu.choose('Reveal in Elements panel');
    await tab.untilMessage("isn't in the document");
    await tab.menu.open((await tab.diagram()).boxes[0]?.key ?? '', 'ƒ map()');
    await tab.menu.choose('Show function definition');
    await tab.untilMessage('has no source');
  });

  test("when the page has a function of its own in the place of DevTools'", async () => {
    await tab.page.evaluate(`globalThis.ran = 0;
      globalThis.inspect = () => { ran += 1; };
      globalThis.subject = { node: document.querySelector('h1') };`);
    await tab.draw('subject');
    await tab.menu.open(await boxAt('node'));
    await tab.menu.choose('Reveal in Elements panel');
    await tab.untilMessage('The page replaces inspect');
    expect(await tab.page.evaluate('ran')).toBe(0);
  });

  test('when the picture is of a document that was left', async () => {
    await tab.page.evaluate('globalThis.subject = { list: [1, 2] };');
    await tab.draw('subject');
    const box = await boxAt('list');
    await tab.page.goto(home);
    await tab.until("document.querySelector('.notice.stale') !== null");
    const rows = await tab.menu.open(box);
    expect(rows.find(({ label }) => label === 'Store as global variable')?.refusal).toMatch(
      /isn't of the page as it is/,
    );
  });
});
