/** Reading on demand and through the debugger, in real DevTools: clicked as a person does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
});
afterAll(() => tools.close());

const draw = (...expressions: string[]) => tools.panel.evaluate((list) => memoryGraph.draw(...list), expressions);

/** Whatever an earlier test left. */
async function switchDebugger(to: 'on' | 'off'): Promise<void> {
  const wanted = String(to === 'on');
  const state = () => tools.panel.$eval('[role="switch"]', (element) => element.getAttribute('aria-checked'));
  if ((await state()) !== wanted) await tools.panel.click('[role="switch"]');
  expect(await state()).toBe(wanted);
}

test('a click on … reads the next hundred elements, and only of that array', async () => {
  await tools.page.evaluate(
    'globalThis.pair = [Array.from({ length: 500 }, (_, i) => i), Array.from({ length: 500 })]',
  );
  await draw('pair');
  const shown = () =>
    tools.panel.evaluate(() =>
      memoryGraph.snapshot().objects.map((object) => object.parts.filter((part) => part.type === 'element').length),
    );
  expect(await shown()).toEqual([2, 25, 25]);
  await tools.clickInPicture('.mg-hidden');
  await tools.until('memoryGraph.snapshot().objects[1].parts.length > 100');
  expect(await shown()).toEqual([2, 125, 25]);
});

test('a click on ✂ opens what the depth has cut', async () => {
  await tools.panel.evaluate(() => memoryGraph.view({ depth: 2 }));
  expect(await draw('[[[[[1]]]]]')).toMatchObject({ nodes: 3 });
  await tools.page.evaluate('globalThis.deep = [[[[[1]]]]]');
  await draw('deep');
  await tools.clickInPicture('.mg-cut');
  await tools.until('memoryGraph.stats().nodes === 4');
  await tools.panel.evaluate(() => memoryGraph.view({ depth: 1000 }));
});

test('with the debugger, private fields and proxies are seen, no trap runs, and numbers stay', async () => {
  await tools.page.evaluate(`
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
  await draw('inner');
  const number = await tools.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.object);
  await switchDebugger('on');
  await draw('both');
  const found = await tools.panel.evaluate(() => memoryGraph.snapshot().objects.map(({ id, kind }) => ({ id, kind })));
  expect(found.filter(({ id }) => id === number)).toHaveLength(1);
  expect(found.map(({ kind }) => kind)).toContain('proxy');
  // The private field, the proxy's target and the promise's result are references to one object.
  const arrows = await tools.panel.evaluate(
    (number) => memoryGraph.diagram().references.filter(({ to }) => to === `o${number}`).length,
    number,
  );
  expect(arrows).toBe(3);
  expect(await tools.page.evaluate('trips')).toBe(0);
  await switchDebugger('off');
  await draw('inner');
  expect(await tools.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.object)).toBe(number);
});

test('what functions close over: of all by a setting, of one by its menu', async () => {
  await tools.page.evaluate(
    'globalThis.counter = (() => { const state = { n: 0 }; return { next: () => state, same: Math.max } })(); 0',
  );
  await switchDebugger('on');
  expect(await draw('counter')).toMatchObject({ nodes: 1 });
  // The object, the function, its scope, and what that holds; Math.max closes over nothing.
  const whole = { nodes: 4, edges: 3 };
  await tools.panel.evaluate(() => memoryGraph.settings({ reading: { scopes: true } }));
  await tools.until('memoryGraph.stats().nodes === 4');
  expect(await draw('counter')).toMatchObject(whole);
  await tools.panel.evaluate(() => memoryGraph.settings({}));
  await tools.until('memoryGraph.stats().nodes === 1');
  await tools.clickInPicture('.mg-value[data-target]', { button: 'right' });
  const item = await tools.panel.waitForSelector('::-p-text(Draw as a box)');
  await item?.click();
  await tools.until('JSON.stringify(memoryGraph.diagram()).includes("[[FunctionLocation]]")');
  await switchDebugger('off');
});

test('who refers to an object: the ways to it from what is drawn, and back', async () => {
  await tools.page.evaluate(
    'globalThis.needle = { i: 1 }; globalThis.hay = { left: { deep: { needle } }, right: [1, [needle]], other: {} }',
  );
  await draw('hay', 'needle');
  const needle = await tools.panel.evaluate(() => {
    const box = memoryGraph.diagram().boxes.find(({ rows }) => rows.flat().some((cell) => cell?.text === 'i'));
    return box?.key ?? '';
  });
  await draw('hay');
  await tools.clickInPicture(`[data-box="${needle}"]`, { button: 'right' });
  const item = await tools.panel.waitForSelector('::-p-text(Who refers to this)');
  await item?.click();
  await tools.until("document.querySelector('.notice.aside') !== null");
  const drawn = await tools.panel.evaluate(() => memoryGraph.stats());
  // hay, left, deep, right, its inner array and the needle; `other` leads nowhere.
  expect(drawn).toMatchObject({ nodes: 6, edges: 6 });
  await tools.panel.click('.notice .text-button');
  await tools.until('memoryGraph.stats().nodes === 7');
});

test.each(['off', 'on'] as const)('what an expression made anew is gone on with, debugger %s', async (debugging) => {
  await switchDebugger(debugging);
  // What nothing held could be collected before the click.
  await draw('globalThis.latest = Array.from({ length: 40 }, () => ({}))');
  expect(await tools.panel.evaluate(() => memoryGraph.stats())).toMatchObject({ nodes: 26 });
  await tools.clickInPicture('.mg-hidden');
  await tools.until('memoryGraph.stats().nodes > 26');

  await draw('globalThis.latest = [[{ deep: 1 }]]');
  const innermost = await tools.panel.evaluate(() => memoryGraph.diagram().boxes.at(-1)?.key ?? '');
  await tools.clickInPicture(`[data-box="${innermost}"]`, { button: 'right' });
  const item = await tools.panel.waitForSelector('::-p-text(Who refers to this)');
  await item?.click();
  await tools.until("document.querySelector('.notice.aside') !== null");
  expect(await tools.panel.evaluate(() => memoryGraph.stats())).toMatchObject({ nodes: 3, edges: 2 });
  await switchDebugger('off');
});

test('texts and comments among the children of an element are read', async () => {
  await tools.page.evaluate(`
    globalThis.paragraph = document.createElement('p');
    paragraph.append('a text', document.createComment('a comment'), document.createElement('b'));
  `);
  await tools.panel.evaluate(() => memoryGraph.settings({ reading: { children: true } }));
  await draw('paragraph');
  const rows = await tools.panel.evaluate(() =>
    memoryGraph.diagram().boxes.map(({ title, rows }) => [title, rows.flat().map((cell) => cell?.text ?? '')]),
  );
  await tools.panel.evaluate(() => memoryGraph.settings({}));
  expect(JSON.stringify(rows)).toContain('"[[Data]]","\\"a text\\""');
  expect(JSON.stringify(rows)).toContain('"[[Data]]","\\"a comment\\""');
  expect(rows).toHaveLength(4);
});

test('frames and workers can be picked, and each has its own variables', async () => {
  await tools.page.evaluate(`
    const frame = document.createElement('iframe');
    frame.name = 'inside';
    frame.srcdoc = '<script>var place = ["frame"]</script>';
    document.body.append(frame);
    globalThis.place = ['page'];
    globalThis.worker = new Worker(URL.createObjectURL(new Blob(['var place = ["worker"]; onmessage = () => {}'])));
  `);
  await switchDebugger('on');
  await draw('place');
  await tools.until("document.querySelectorAll('.heaps option').length === 3");
  const value = () =>
    tools.panel.evaluate(
      () =>
        memoryGraph
          .diagram()
          .boxes[0]?.rows.flat()
          .find((cell) => cell?.kind === 'value')?.text,
    );
  const pick = async (start: string) => {
    const id = await tools.panel.$$eval(
      '.heaps option',
      (options, start) =>
        options.flatMap((option) =>
          option instanceof HTMLOptionElement && option.text.startsWith(start) ? [option.value] : [],
        )[0] ?? '',
      start,
    );
    await tools.panel.select('.heaps', id);
  };
  expect(await value()).toBe('"page"');
  await pick('inside');
  await tools.until('JSON.stringify(memoryGraph.diagram()).includes("frame")');
  expect(await value()).toBe('"frame"');
  await pick('worker');
  await tools.until('JSON.stringify(memoryGraph.diagram()).includes("worker")');
  expect(await value()).toBe('"worker"');
  await pick('top');
  await tools.until('JSON.stringify(memoryGraph.diagram()).includes("page")');
  await switchDebugger('off');
});

test('all instances of a class', async () => {
  await tools.page.evaluate('globalThis.Point = class Point { x = 1 }; globalThis.points = [new Point(), new Point()]');
  await switchDebugger('on');
  await draw('queryObjects(Point)');
  const kinds = await tools.panel.evaluate(() =>
    memoryGraph.snapshot().objects.filter(({ kind }) => kind === 'instance'),
  );
  expect(kinds.filter(({ className }) => className?.head === 'Point')).toHaveLength(2);
  await switchDebugger('off');
  await expect(draw('queryObjects(Point)')).rejects.toThrow(/debugger/);
});

test.each(['button', 'Esc'])(
  'a picture of 20,000 objects shows that it is being made, and %s cancels it',
  async (by) => {
    await tools.page.evaluate('globalThis.few = [{}]; globalThis.large = Array.from({ length: 20_000 }, () => [0]); 0');
    await draw('few');
    const { slices, objects } = await tools.panel.evaluate(() => memoryGraph.view());
    await tools.panel.evaluate(() =>
      memoryGraph.view({ objects: 50_000, slices: { begin: 30_000, middle: 0, end: 0 } }),
    );
    const outcome = await tools.panel.evaluate((by) => {
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
    expect(outcome).toBe('Cancelled: the last picture stays; press Enter to draw again.');
    expect(await tools.panel.evaluate(() => memoryGraph.stats().nodes)).toBe(2);
    await tools.panel.evaluate((view) => memoryGraph.view(view), { slices, objects });
  },
);

// The last one, for it leaves the page much to collect.
test('a long exact capture shows that it is under way, and can be cancelled: the last picture stays', async () => {
  await switchDebugger('on');
  await tools.page.evaluate(
    'globalThis.many = Array.from({ length: 500_000 }, (_, index) => ({ index })); globalThis.few = [{}]; 0',
  );
  await draw('few');
  const before = await tools.panel.evaluate(() => ({ ...memoryGraph.view() }));
  await tools.panel.evaluate(() =>
    memoryGraph.view({ slices: { begin: 1e9, middle: 0, end: 0 }, objects: 1e9, time: 100_000 }),
  );
  try {
    const drawing = draw('many').then(String, String);
    const cancel = await tools.panel.waitForSelector('.progress button', { visible: true });
    await tools.until("/[1-9][0-9,]* objects/.test(document.querySelector('.progress')?.textContent)");
    await cancel?.click();
    expect(await drawing).toContain('Cancelled: the last picture stays');
    expect(await tools.panel.evaluate(() => memoryGraph.stats())).toMatchObject({ nodes: 2, edges: 1 });
    expect(await tools.panel.$('.progress')).toBeNull();
    // The page and the panel go on.
    expect(await tools.page.evaluate('few.push({})')).toBe(2);
    expect(await draw('few')).toMatchObject({ nodes: 3, edges: 2 });
  } finally {
    await tools.panel.evaluate((view) => memoryGraph.view(view), before);
    await tools.page.evaluate('delete globalThis.many');
    await switchDebugger('off');
  }
});
