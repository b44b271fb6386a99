/** Reading on demand and through the debugger, in real DevTools: clicked as a person does. */
import { expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

test('a click on … reads the next hundred elements, and only of that array', async () => {
  await tab.page.evaluate('globalThis.pair = [Array.from({ length: 500 }, (_, i) => i), Array.from({ length: 500 })]');
  await tab.draw('pair');
  const shown = () =>
    tab.panel.evaluate(() =>
      memoryGraph.snapshot().objects.map((object) => object.parts.filter((part) => part.type === 'element').length),
    );
  expect(await shown()).toEqual([2, 25, 25]);
  await tab.clickInPicture('.mg-hidden');
  await tab.until('memoryGraph.snapshot().objects[1].parts.length > 100');
  expect(await shown()).toEqual([2, 125, 25]);
});

test('a click on ✂ opens what the depth has cut', async () => {
  await tab.readOptions({ depth: 2 });
  expect(await tab.draw('[[[[[1]]]]]')).toMatchObject({ nodes: 3 });
  await tab.page.evaluate('globalThis.deep = [[[[[1]]]]]');
  await tab.draw('deep');
  await tab.clickInPicture('.mg-cut');
  await tab.untilStats('stats.nodes === 4');
  await tab.readOptions({ depth: 1000 });
});

test('with the debugger, private fields and proxies are seen, no trap runs, and numbers stay', async () => {
  await tab.page.evaluate(`
    globalThis.trips = 0;
    globalThis.inner = { secret: [1] };
    globalThis.Account = class { #balance = inner; };
    globalThis.both = [
      new Account(),
      new Proxy(inner, { get() { trips += 1 }, ownKeys() { trips += 1; return [] }, getOwnPropertyDescriptor() { trips += 1 } }),
      Promise.resolve(inner),
    ];
    // What is evaluated here is read by who drives the browser, traps and all.
    0`);
  await tab.draw('inner');
  const number = await tab.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.object);
  await tab.setDebugger(true);
  await tab.draw('both');
  const found = await tab.panel.evaluate(() => memoryGraph.snapshot().objects.map(({ id, kind }) => ({ id, kind })));
  expect(found.filter(({ id }) => id === number)).toHaveLength(1);
  expect(found.map(({ kind }) => kind)).toContain('proxy');
  // The private field and the proxy's target are references to one object. The promise's result is read on a click.
  const arrows = await tab.panel.evaluate(
    (number) => memoryGraph.diagram().references.filter(({ to }) => to === `o${number}`).length,
    number,
  );
  expect(arrows).toBe(2);
  expect(await tab.page.evaluate('trips')).toBe(0);
  await tab.setDebugger(false);
  await tab.draw('inner');
  expect(await tab.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.object)).toBe(number);
});

test('what functions close over: of all by a setting, of one by its menu', async () => {
  await tab.page.evaluate(
    'globalThis.counter = (() => { const state = { n: 0 }; return { next: () => state, same: Math.max } })(); 0',
  );
  await tab.setDebugger(true);
  expect(await tab.draw('counter')).toMatchObject({ nodes: 1 });
  // The object, the function, its scope, and the scope's variables; Math.max closes over nothing.
  const whole = { nodes: 4, edges: 3 };
  await tab.settings({ reading: { scopes: true } });
  await tab.untilStats('stats.nodes === 4');
  expect(await tab.draw('counter')).toMatchObject(whole);
  await tab.settings();
  await tab.untilStats('stats.nodes === 1');
  await tab.menu.openAt('.mg-value[data-target]');
  await tab.menu.choose('Show as box');
  await tab.until('JSON.stringify(memoryGraph.diagram()).includes("[[FunctionLocation]]")');
  await tab.setDebugger(false);
});

test('who refers to an object: the paths to it from what is drawn, and back', async () => {
  await tab.page.evaluate(
    'globalThis.needle = { i: 1 }; globalThis.hay = { left: { deep: { needle } }, right: [1, [needle]], other: {} }',
  );
  await tab.draw('hay', 'needle');
  const needle = await tab.boxWith('i');
  await tab.draw('hay');
  await tab.menu.openAt(`[data-box="${needle}"] > .mg-frame`);
  await tab.menu.choose('Show retainers in graph');
  await tab.until("document.querySelector('.notice.other') !== null");
  const drawn = await tab.stats();
  // hay, left, deep, right, its inner array and the needle; `other` leads nowhere.
  expect(drawn).toMatchObject({ nodes: 6, edges: 6 });
  await tab.panel.click('.notice .text-button');
  await tab.untilStats('stats.nodes === 7');
});

test.each(['off', 'on'] as const)('what an expression made anew is gone on with, debugger %s', async (debugging) => {
  await tab.setDebugger(debugging === 'on');
  await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all' }));
  // What no variable refers to could be collected before the click.
  await tab.draw('globalThis.latest = Array.from({ length: 40 }, () => ({}))');
  expect(await tab.stats()).toMatchObject({ nodes: 26 });
  await tab.clickInPicture('.mg-hidden');
  await tab.untilStats('stats.nodes > 26');

  await tab.draw('globalThis.latest = [[{ deep: 1 }]]');
  const innermost = await tab.panel.evaluate(() => memoryGraph.diagram().boxes.at(-1)?.key ?? '');
  await tab.menu.openAt(`[data-box="${innermost}"] > .mg-frame`);
  await tab.menu.choose('Show retainers in graph');
  await tab.until("document.querySelector('.notice.other') !== null");
  expect(await tab.stats()).toMatchObject({ nodes: 3, edges: 2 });
  await tab.setDebugger(false);
});

test('texts and comments among the children of an element are read', async () => {
  await tab.page.evaluate(`
    globalThis.paragraph = document.createElement('p');
    paragraph.append('a text', document.createComment('a comment'), document.createElement('b'));
  `);
  await tab.settings({ reading: { children: true } });
  await tab.draw('paragraph');
  const rows = await tab.panel.evaluate(() =>
    memoryGraph.diagram().boxes.map(({ title, rows }) => [title, rows.flat().map((cell) => cell?.text ?? '')]),
  );
  await tab.settings();
  expect(JSON.stringify(rows)).toContain('"[[Data]]","\\"a text\\""');
  expect(JSON.stringify(rows)).toContain('"[[Data]]","\\"a comment\\""');
  expect(rows).toHaveLength(4);
});

test('frames and workers can be picked, and each has its own variables', async () => {
  await tab.page.evaluate(`
    const frame = document.createElement('iframe');
    frame.name = 'inside';
    frame.srcdoc = '<script>var place = ["frame"]</script>';
    document.body.append(frame);
    globalThis.place = ['page'];
    globalThis.worker = new Worker(URL.createObjectURL(new Blob(['var place = ["worker"]; onmessage = () => {}'])));
  `);
  await tab.setDebugger(true);
  await tab.draw('place');
  await tab.until("document.querySelectorAll('.heaps option').length === 3");
  const value = () =>
    tab.panel.evaluate(
      () =>
        memoryGraph
          .diagram()
          .boxes[0]?.rows.flat()
          .find((cell) => cell?.kind === 'value')?.text,
    );
  expect(await value()).toBe('"page"');
  await tab.pickHeap('inside');
  await tab.until('JSON.stringify(memoryGraph.diagram()).includes("frame")');
  expect(await value()).toBe('"frame"');
  await tab.pickHeap((await tab.heaps()).find((name) => name.startsWith('worker')) ?? '');
  await tab.until('JSON.stringify(memoryGraph.diagram()).includes("worker")');
  expect(await value()).toBe('"worker"');
  await tab.pickHeap('top');
  await tab.until('JSON.stringify(memoryGraph.diagram()).includes("page")');
  await tab.setDebugger(false);
});

test('all instances of a class', async () => {
  await tab.page.evaluate('globalThis.Point = class Point { x = 1 }; globalThis.points = [new Point(), new Point()]');
  await tab.setDebugger(true);
  await tab.draw('queryObjects(Point)');
  const kinds = await tab.panel.evaluate(() =>
    memoryGraph.snapshot().objects.filter(({ kind }) => kind === 'instance'),
  );
  expect(kinds.filter(({ className }) => className?.head === 'Point')).toHaveLength(2);
  await tab.setDebugger(false);
  await expect(tab.draw('queryObjects(Point)')).rejects.toThrow(/debugger/);
});

test.each(['button', 'Esc'])(
  'a picture of 20,000 objects shows that it is being made, and %s cancels it',
  async (by) => {
    await tab.page.evaluate('globalThis.few = [{}]; globalThis.large = Array.from({ length: 20_000 }, () => [0]); 0');
    await tab.draw('few');
    const { slices, objects } = await tab.readOptions();
    await tab.readOptions({ objects: 50_000, slices: { begin: 30_000, middle: 0, end: 0 } });
    const outcome = await tab.panel.evaluate((by) => {
      const watching = setInterval(() => {
        const button = document.querySelector('.progress button');
        if (!(button instanceof HTMLElement)) return;
        clearInterval(watching);
        if (by === 'button') button.click();
        else document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      }, 5);
      return memoryGraph.draw('large').then(
        () => 'drawn',
        ({ message }: Error) => message,
      );
    }, by);
    expect(outcome).toBe('Canceled. Press Enter to try again.');
    expect(await tab.stats().then(({ nodes }) => nodes)).toBe(2);
    await tab.readOptions({ slices, objects });
  },
);

// The last one, for it leaves the page much to collect.
test('a long exact capture shows that it is under way, and can be cancelled: the last picture stays', async () => {
  await tab.setDebugger(true);
  await tab.page.evaluate(
    'globalThis.many = Array.from({ length: 500_000 }, (_, index) => ({ index })); globalThis.few = [{}]; 0',
  );
  await tab.draw('few');
  const before = await tab.readOptions();
  await tab.readOptions({ slices: { begin: 1e9, middle: 0, end: 0 }, objects: 1e9, time: 100_000 });
  try {
    const drawing = tab.draw('many').then(String, String);
    const cancel = await tab.panel.waitForSelector('.progress button', { visible: true });
    await tab.until("/[1-9][0-9,]* objects/.test(document.querySelector('.progress')?.textContent)");
    await cancel?.click();
    expect(await drawing).toContain('Canceled. Press Enter to try again.');
    expect(await tab.stats()).toMatchObject({ nodes: 2, edges: 1 });
    expect(await tab.panel.$('.progress')).toBeNull();
    // The page and the panel go on.
    expect(await tab.page.evaluate('few.push({})')).toBe(2);
    expect(await tab.draw('few')).toMatchObject({ nodes: 3, edges: 2 });
  } finally {
    await tab.readOptions(before);
    await tab.page.evaluate('delete globalThis.many');
    await tab.setDebugger(false);
  }
});
