/** What a box's menu hands to DevTools' own tools, in real DevTools: the console, global variables, Elements, Sources. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boxMenu } from './box-menu.ts';
import { type FrontEnd, frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

const { openMenu, choose, said } = boxMenu(() => tools);
let tools: DevTools;
let front: FrontEnd;
let home: string;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  front = frontEnd(tools);
  home = tools.page.url();
});
afterAll(() => tools.close());
beforeEach(async () => {
  await tools.page.goto(home);
  await tools.showTab();
  // The console watch sees the new document before anything is stored in it.
  await tools.page.waitForFunction("'graph' in globalThis", { polling: 50 });
});

const draw = (expression: string) => tools.panel.evaluate((expression) => memoryGraph.draw(expression), expression);
/** The box of the object that an expression has under this name. */
async function boxAt(name: string): Promise<string> {
  const { boxes, references } = await tools.panel.evaluate(() => memoryGraph.diagram());
  const root = boxes[0];
  const cells = root?.rows.flat() ?? [];
  const key = cells.findIndex((cell) => cell?.text === name);
  const rows = root?.rows ?? [];
  const cell = root?.orientation === 'horizontal' ? rows[1]?.[key] : cells[key + 1];
  return references.find(({ from, port }) => from === root?.key && port === cell?.port)?.to ?? '';
}

describe('from the menu of a box', () => {
  test('an object is logged, and stored under the first name that is free', async () => {
    await tools.page.evaluate('globalThis.subject = { list: [1, 2] }; globalThis.temp1 = "kept";');
    const logged = new Promise<readonly string[]>((resolve) => {
      tools.page.once('console', async (message) => {
        resolve(await Promise.all(message.args().map((value) => value.evaluate((held) => JSON.stringify(held)))));
      });
    });
    await draw('subject');
    const box = await boxAt('list');
    await openMenu(box);
    await choose('Reveal in Console');
    await said(`It stands in the Console as #${box.slice(1)}`);
    expect(await logged).toEqual([`{"#${box.slice(1)}":[1,2]}`]);
    await openMenu(box);
    await choose('Store as global variable');
    await said('It is stored as temp2');
    expect(await tools.page.evaluate('[temp1, temp2 === subject.list]')).toEqual(['kept', true]);
    // What the person did here is no news from the console, which would be drawn, with a link.
    const links: string[] = [];
    tools.page.on('console', (message) => links.push(message.text()));
    await front.storeAsGlobal('subject');
    await tools.until("memoryGraph.snapshot().roots[0].label === 'temp3'");
    await tools.page.evaluate('1');
    expect(links.filter((text) => text.includes('memory-graph:'))).toEqual([
      'Graph in Memory view: memory-graph://graph/temp3',
    ]);
    tools.page.removeAllListeners('console');
  });

  test('a node is shown in Elements, a function in Sources, and each has rows of its own only', async () => {
    await tools.page.evaluate(
      `globalThis.subject = { node: document.querySelector('h1'), list: [], Kind: class Kind {} };`,
    );
    await tools.page.addScriptTag({
      content: 'subject.written = function written() {\n};\n//# sourceURL=written-here.js',
    });
    await draw('subject');
    const labels = async (box: string, cell?: string) =>
      (await openMenu(box, cell)).map(({ label }) => label).filter((label) => /^Show (?:in|.* definition)/.test(label));
    const root = await tools.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.key ?? '');
    expect(await labels(await boxAt('list'))).toEqual([]);
    expect(await labels(await boxAt('Kind'))).toEqual(['Show class definition']);
    expect(await labels(await boxAt('node'))).toEqual(['Show in Elements']);
    await choose('Show in Elements');
    await expect.poll(() => front.selectedTab()).toBe('elements');
    await expect
      .poll(() => front.run('return UI.Context.Context.instance().flavor(SDK.DOMModel.DOMNode)?.localName();'))
      .toBe('h1');
    await tools.showTab();
    expect(await labels(root, 'ƒ written()')).toEqual(['Show function definition']);
    await choose('Show function definition');
    await expect.poll(() => front.selectedTab()).toBe('sources');
    await expect.poll(() => front.shownSource()).toMatch(/written-here\.js$/);
  });

  test('also while the page is paused', async () => {
    await tools.page.evaluate('globalThis.subject = { list: [1, 2] };');
    await tools.page.evaluate(() => {
      setTimeout(() => {
        // biome-ignore lint/suspicious/noDebugger: it is what the test is about.
        debugger;
        document.title = 'went on';
      });
    });
    await expect.poll(() => front.isPaused()).toBe(true);
    await tools.showTab();
    await draw('subject');
    await openMenu(await boxAt('list'));
    await choose('Store as global variable');
    await said('It is stored as temp1');
    await front.resume();
    await tools.page.waitForFunction("document.title === 'went on'");
    expect(await tools.page.evaluate('temp1 === subject.list')).toBe(true);
  });
});

describe('one sentence says why not', () => {
  test('when the object is gone', async () => {
    await tools.page.evaluate('globalThis.subject = { list: [1, 2] };');
    await draw('subject');
    const box = await boxAt('list');
    await tools.page.evaluate('subject.list = null');
    const session = await tools.page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    await session.detach();
    await openMenu(box);
    await choose('Store as global variable');
    await said('This object is gone');
    expect(await tools.page.evaluate('typeof temp1')).toBe('undefined');
  });

  test('when the node stands nowhere, or the function has no source', async () => {
    await tools.page.evaluate(`globalThis.subject = { node: document.createElement('p'), map: [].map };`);
    await draw('subject');
    await openMenu(await boxAt('node'));
    await choose('Show in Elements');
    await said('not in the document');
    await openMenu(await tools.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.key ?? ''), 'ƒ map()');
    await choose('Show function definition');
    await said('no source to show');
  });

  test("when the page has a function of its own in the place of DevTools'", async () => {
    await tools.page.evaluate(`globalThis.ran = 0;
      globalThis.inspect = () => { ran += 1; };
      globalThis.subject = { node: document.querySelector('h1') };`);
    await draw('subject');
    await openMenu(await boxAt('node'));
    await choose('Show in Elements');
    await said('The page has replaced inspect');
    expect(await tools.page.evaluate('ran')).toBe(0);
  });

  test('when the picture is of a document that was left', async () => {
    await tools.page.evaluate('globalThis.subject = { list: [1, 2] };');
    await draw('subject');
    const box = await boxAt('list');
    await tools.page.goto(home);
    await tools.until("document.querySelector('.notice.stale') !== null");
    const rows = await openMenu(box);
    expect(rows.find(({ label }) => label === 'Store as global variable')?.refusal).toMatch(/not of the page as it is/);
  });
});
