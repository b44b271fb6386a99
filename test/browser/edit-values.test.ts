/** Values of the page are given others by mouse and keyboard, with and without the debugger. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const program = `
  var ran = [];
  var inner = { deep: true };
  var subject = { count: 1, text: 'one', inner, get asked() { ran.push('get'); return 1; }, set asked(value) { ran.push('set'); } };
  Object.defineProperty(subject, 'fixed', { value: 'fixed', enumerable: true });
  var items = [1, 2, 3];
  var numbers = new Uint8Array([1, 2]);
  var spied = new Proxy({ count: 1 }, {
    defineProperty(...all) { ran.push('define'); return Reflect.defineProperty(...all); },
    set(...all) { ran.push('set'); return Reflect.set(...all); },
  });
  let variable = 1;
  const constant = 1;
  var sheet = document.body.dataset;
  sheet.kind = 'page';
`;

beforeAll(async () => {
  await tab.page.addScriptTag({ content: program });
});

/** Double clicks the cell that has this text. */
async function doubleClick(text: string): Promise<void> {
  await hasCell(text);
  await tab.panel.evaluate((text) => {
    for (const cell of document.querySelectorAll('[data-tested]')) cell.removeAttribute('data-tested');
    const cells = [...document.querySelectorAll('.mg-cell')];
    cells.find(({ textContent }) => textContent === text)?.setAttribute('data-tested', '');
  }, text);
  await tab.clickInPicture('[data-tested]', { count: 2 });
}

async function collectGarbage(): Promise<void> {
  const cdp = await tab.page.createCDPSession();
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.detach();
}

/** Types a value into the editor that is open. */
async function give(value: string): Promise<void> {
  await tab.panel.waitForSelector('.value-editor input');
  await tab.panel.focus('.value-editor input');
  await tab.devtools.keyboard.down('Control');
  await tab.press('a');
  await tab.devtools.keyboard.up('Control');
  await tab.devtools.keyboard.type(value);
  await tab.press('Enter');
}

const hasCell = (text: string) =>
  tab.until(
    `[...document.querySelectorAll('.mg-cell')].some(({ textContent }) => textContent === ${JSON.stringify(text)})`,
  );

async function withCtrl(key: Parameters<typeof tab.press>[0]): Promise<void> {
  await tab.devtools.keyboard.down('Control');
  await tab.press(key);
  await tab.devtools.keyboard.up('Control');
}

describe.each(['eval', 'debugger'] as const)('%s', (transport) => {
  beforeAll(async () => {
    await tab.setDebugger(transport === 'debugger');
    await tab.settings({ drawing: { amount: 'all' } });
    await tab.page.evaluate(
      'ran.length = 0; subject.count = 1; subject.text = "one"; subject.inner = inner; items[1] = 2; variable = 1',
    );
  });

  test('a double click edits a property, undo gives the value back, redo the new one', async () => {
    await tab.draw('subject');
    await doubleClick('1');
    await give('41 + 1');
    await hasCell('42');
    expect(await tab.page.evaluate('subject.count')).toBe(42);
    await withCtrl('z');
    await tab.until(`!document.querySelector('.mg-picture').textContent.includes('42')`);
    expect(await tab.page.evaluate('subject.count')).toBe(1);
    await withCtrl('y');
    await hasCell('42');
    expect(await tab.page.evaluate('subject.count')).toBe(42);
  });

  test('Esc and another click change nothing', async () => {
    await tab.draw('subject');
    await doubleClick('"one"');
    await tab.panel.waitForSelector('.value-editor input');
    expect(await tab.panel.$eval('.value-editor input', (input) => (input as HTMLInputElement).value)).toBe('"one"');
    await tab.devtools.keyboard.type('"two"');
    await tab.press('Escape');
    await tab.until("document.querySelector('.value-editor') === null");
    expect(await tab.page.evaluate('subject.text')).toBe('one');
  });

  test('an element, a reference, and a variable', async () => {
    await tab.draw('items');
    await doubleClick('2');
    await give('items');
    await tab.until('memoryGraph.diagram().references.length === 1');
    expect(await tab.page.evaluate('items[1] === items')).toBe(true);
    await withCtrl('z');
    await tab.until('memoryGraph.diagram().references.length === 0');
    await tab.draw('variable', 'items');
    await doubleClick('1');
    await give('"named"');
    await hasCell('"named"');
    expect(await tab.page.evaluate('variable')).toBe('named');
    await tab.panel.focus('.canvas');
    await withCtrl('z');
    await tab.until(`!document.querySelector('.mg-picture').textContent.includes('named')`);
    expect(await tab.page.evaluate('variable')).toBe(1);
  });

  test('what was replaced is not kept alive, and cannot be brought back then', async () => {
    await tab.page.evaluate('subject.inner = { alone: 1 }; globalThis.weak = new WeakRef(subject.inner)');
    await tab.draw('subject');
    const root = (await tab.diagram()).boxes[0]?.key ?? '';
    await tab.menu.open(root);
    await tab.menu.choose('Edit value…');
    await tab.panel.waitForSelector('.value-editor select');
    await tab.select('.value-editor select', '2');
    await tab.panel.focus('.value-editor input');
    await give('null');
    await hasCell('null');
    await tab.draw('items');
    await collectGarbage();
    await expect.poll(() => tab.page.evaluate('weak.deref() === undefined'), { timeout: 15_000 }).toBe(true);
    await tab.panel.focus('.canvas');
    await withCtrl('z');
    await tab.untilMessage('This object or value is gone');
    expect(await tab.page.evaluate('subject.inner')).toBe(null);
  });

  test.each([
    ['subject', '"fixed"', 'read-only'],
    // The debugger shows the target, which is an object like others.
    ...(transport === 'eval' ? [['spied', '1', 'proxy']] : []),
    ['constant', '1', 'constant'],
    ['sheet', '"page"', 'belongs to the browser'],
    ['numbers', '2', 'fit'],
  ])('of %s, %s is refused: %s', async (expression = '', cell = '', reason = '') => {
    await tab.draw(expression, 'ran');
    await doubleClick(cell);
    await give(expression === 'numbers' ? '({ valueOf() { ran.push("valueOf") } })' : '5');
    await tab.untilMessage(reason);
    expect(await tab.page.evaluate('[ran.join(), sheet.kind, numbers[1], spied.count].join(" ")')).toBe(' page 2 1');
  });

  test('what throws says so, and what does not parse', async () => {
    await tab.draw('subject');
    await doubleClick('"one"');
    await give('nowhere.at');
    await tab.untilMessage('nowhere is not defined');
    await doubleClick('"one"');
    await give('1 +');
    await tab.untilMessage('SyntaxError');
    expect(await tab.page.evaluate('subject.text')).toBe('one');
  });
});

test('a string of which the picture has only a part is shown and copied whole', async () => {
  await tab.page.evaluate('subject.text = "start " + "x".repeat(50000) + " middle " + "y".repeat(50000) + " end"');
  await tab.draw('subject');
  const box = (await tab.diagram()).boxes[0]?.key ?? '';
  const cell = await tab.panel.$$eval(
    '.mg-value',
    (cells) => cells.find(({ textContent }) => textContent?.includes('"start'))?.textContent ?? '',
  );
  await tab.menu.open(box, cell);
  await tab.menu.choose('Show whole string');
  await tab.panel.waitForSelector('dialog.whole-text textarea');
  const text = await tab.panel.$eval('.whole-text textarea', (area) => (area as HTMLTextAreaElement).value);
  expect(text).toBe(await tab.page.evaluate('subject.text'));
  await tab.panel.focus('.whole-text textarea');
  await tab.press('Escape');
  await tab.until("document.querySelector('.whole-text') === null");
});

describe('at a pause', () => {
  const { stack } = tab;
  beforeAll(async () => {
    await tab.setDebugger(false);
    await stack.follow();
  });
  afterAll(() => stack.resumeAll());

  test('variables of a frame are edited', async () => {
    await tab.page.evaluate(`globalThis.seen = null; void setTimeout(\`(() => {
      (function inner(argument) {
        let local = 'first';
        debugger;
        seen = [argument, local];
      })(13);
    })()\`)`);
    await stack.untilPausedAfter(0);
    await tab.showTab();
    await doubleClick('13');
    await give('argument + 1');
    await hasCell('14');
    await doubleClick('"first"');
    await give('({ now: "an object" })');
    await hasCell('"an object"');
    await withCtrl('z');
    await hasCell('"first"');
    await withCtrl('y');
    await hasCell('"an object"');
    await doubleClick('14');
    await give('Error("described")');
    await tab.untilMessage('An error can');
    await stack.resumeAll();
    await expect
      .poll(() => tab.page.evaluate('JSON.stringify(seen)'), { timeout: 15_000 })
      .toBe('[14,{"now":"an object"}]');
  });

  test('variables of closures, of catch and of blocks are edited, also where frames share them', async () => {
    await stack.pauseBy(() =>
      tab.page.evaluate(`void setTimeout(\`(() => {
        const make = () => {
          let count = 41;
          let kept = { in: 'closure' };
          const inner = () => {
            try {
              throw 'thrown';
            } catch (caught) {
              let block = 'block';
              debugger;
              globalThis.seen = [count, kept, caught, block];
            }
          };
          return { next: () => [inner(), count], read: () => [count, kept] };
        };
        globalThis.made = make();
        made.ended = made.next();
      })()\`)`),
    );
    await tab.showTab();
    for (const [before, expression, after] of [
      ['41', 'count + 1', '42'],
      ['"thrown"', 'caught + "!"', '"thrown!"'],
      ['"block"', '[block][0].length + 1000', '1005'],
    ] as const) {
      await doubleClick(before);
      await give(expression);
      await hasCell(after);
    }
    await withCtrl('z');
    await hasCell('"block"');
    await stack.resumeAll();
    await expect
      .poll(() => tab.page.evaluate('JSON.stringify([seen, made.read(), made.ended])'), { timeout: 15_000 })
      .toBe('[[42,{"in":"closure"},"thrown!","block"],[42,{"in":"closure"}],[null,42]]');
  });

  test('a variable in the box of a closure is edited while a function that uses it is paused, and else it says why', async () => {
    const program = `{
      const counter = (start) => {
        let count = start;
        let unused = 'only of read';
        const step = (stop) => { if (stop) debugger; return (count += 1); };
        return { step, read: () => [count, unused] };
      };
      globalThis.counters = [counter(4100), counter(4100)];
      globalThis.step = (i) => { const { read } = counters[i]; counters[i].step(true); return read; };
    }`;
    await tab.page.addScriptTag({ content: program });
    await tab.settings({
      reading: { scopes: true },
      drawing: { amount: 'all', types: { function: { display: 'box' } } },
    });
    await stack.pauseBy(() => tab.page.evaluate('void setTimeout("step(1)")'));
    await tab.showTab();
    await doubleClick('"only of read"');
    await give('"changed"');
    await hasCell('"changed"');
    // Of both counters, it is that of the paused function.
    await doubleClick('4100');
    await give('count + 1');
    await tab.until(`!document.querySelector('.mg-picture').textContent.includes('4100')`);
    await withCtrl('z');
    await tab.until(`!document.querySelector('.mg-picture').textContent.includes('4101')`);
    await withCtrl('y');
    await tab.until(`!document.querySelector('.mg-picture').textContent.includes('4100')`);
    await stack.resumeAll();
    const read = () => tab.page.evaluate('JSON.stringify(counters.map(({ read }) => read()))');
    await expect.poll(read, { timeout: 15_000 }).toBe('[[4100,"only of read"],[4102,"changed"]]');
    await tab.show('expression');
    await tab.setDebugger(true);
    await tab.draw('counters[1].read');
    await doubleClick('4102');
    await tab.untilMessage('while a function that uses it is paused');
    await tab.settings({});
  });
});
