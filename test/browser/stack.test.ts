/** The Stack view in real DevTools: the page pauses, is stepped with DevTools' own keys, and each pause is drawn. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';
import { stackTools } from './stack-harness.ts';

/** The examples are scripts of the page; `later` runs a script when the test no longer waits for the page. */
const PAGE = `<!doctype html><title>stack</title><script>
function later(text) {
  setTimeout(() => {
    const script = document.createElement('script');
    script.textContent = text;
    document.head.append(script);
  });
}
</script>`;

const { stack, until, follow, pausedAfter, press, resumeAll, objects, frame, frameLabels } = stackTools(() => tools);
let tools: DevTools;
let home: string;
/** Pages that pause while they load. */
let pages: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  pages = await serve(`${projectRoot}/test/browser/pages`);
  tools = await openDevToolsOnPage({ url: 'index.html' });
  home = tools.page.url();
  await follow();
});
afterAll(async () => {
  await tools.close();
  await pages.close();
});
afterEach(() => resumeAll());

/** Runs scripts in a fresh page; the last of them pauses. */
async function runInPage(declarations: string, call: string, prepare = async () => {}): Promise<void> {
  await tools.page.goto(home);
  await tools.page.setContent(PAGE);
  await tools.page.addScriptTag({ content: declarations });
  await prepare();
  const before = (await stack()).pauses.length;
  await tools.page.evaluate((call) => {
    const { later } = globalThis as unknown as { later(text: string): void };
    later(call);
  }, call);
  await pausedAfter(before);
}

const framesFrom = (name: string, labels: readonly string[]) =>
  labels.findIndex((label) => label.endsWith(`: ${name}`));

describe('add_one, paused after its three changes', () => {
  const example = `
    function add_one(a, b, c) { a += 1; b.push(1); c.push(1); debugger; }
    let a = 10, b = [4, 3, 2], c = [4, 3, 2];`;

  test('only b is shared by the frames', async () => {
    await runInPage(example, 'add_one(a, b, [...c])');
    const labels = await frameLabels();
    const inner = await frame(framesFrom('add_one', labels));
    const outer = await frame(0);
    expect(labels[0]).toBe('0: (top level)');
    expect(outer).toMatchObject({ a: '10' });
    expect(inner).toMatchObject({ a: '11' });
    expect(inner.b).toBe(outer.b);
    expect(inner.c).not.toBe(outer.c);
    const lengths = await objects();
    const sizeOf = (reference: string | undefined) => lengths.get(Number(reference?.slice(1)))?.size;
    expect([sizeOf(outer.b), sizeOf(outer.c), sizeOf(inner.c)]).toEqual([4, 3, 4]);
  });

  test('seen as the original sees it: 6 nodes, 6 references, 1 shared', async () => {
    const before = (await stack()).pauses.length;
    // It pauses before it is loaded.
    const loaded = tools.page.goto(`${pages.url}add-one.html`);
    await pausedAfter(before);
    const { picture, pauses } = await stack();
    expect(pauses.at(-1)?.frames).toEqual(['0: (top level)', '1: add_one']);
    expect(picture?.stats).toEqual({ nodes: 6, edges: 6, shared: 1 });
    expect(picture?.diagram.boxes[0]).toMatchObject({ category: 'stack', root: true });
    expect(pauses.at(-1)).toMatchObject({ url: `${pages.url}add-one.html`, line: 8, source: 'debugger;' });
    await resumeAll();
    await loaded;
  });
});

test('factorial: one frame a call, results from the inside out', async () => {
  await runInPage(
    `function factorial(n) {
       debugger;
       if (n === 0) return 1;
       const result = n * factorial(n - 1);
       debugger;
       return result;
     }`,
    'factorial(3)',
  );
  const seen: string[] = [];
  for (let pause = 0; ; pause++) {
    const labels = await frameLabels();
    const calls = labels.filter((label) => label.endsWith(': factorial')).length;
    const { n, result } = await frame(labels.length - 1);
    seen.push(`${calls} calls, n ${n}, result ${result}`);
    if (pause === 6) break;
    await press('F8');
  }
  expect(seen).toEqual([
    '1 calls, n 3, result uninitialised',
    '2 calls, n 2, result uninitialised',
    '3 calls, n 1, result uninitialised',
    '4 calls, n 0, result uninitialised',
    '3 calls, n 1, result 1',
    '2 calls, n 2, result 2',
    '1 calls, n 3, result 6',
  ]);
});

describe('a binary tree', () => {
  const tree = `
    class TreeNode { constructor(value) { this.smaller = null; this.value = value; this.larger = null; } }
    class BinTree {
      root = null;
      add(value) {
        if (this.root === null) { this.root = new TreeNode(value); return; }
        let node = this.root;
        for (;;) {
          const side = value < node.value ? 'smaller' : 'larger';
          if (node[side] === null) {
            debugger;
            node[side] = new TreeNode(value);
            return side;
          }
          node = node[side];
        }
      }
    }
    const tree = new BinTree();
    tree.add(49);`;

  test('methods are named with their class; each step marks what it changed; the value comes with the return', async () => {
    await runInPage(tree, 'tree.add(97); tree.add(53);');
    expect((await frameLabels()).at(-1)).toMatch(/: BinTree\.add$/);
    const innermost = (await frameLabels()).length - 1;
    const before = await frame(innermost);
    expect(before).toMatchObject({ value: '97', side: 'larger' });
    expect(before.this).toBe((await frame(0)).tree);

    await press('F10');
    await press('F10');
    const { marks, picture } = await stack();
    expect(marks?.counts).toEqual({ new: 1, changed: 1, gone: 0 });
    const node = (await objects()).get(Number(before.node?.slice(1)));
    const changed = marks?.boxes[`o${node?.id}`];
    expect(Object.values(changed?.cells ?? {})).toEqual(['changed']);
    const added = picture?.diagram.references.find(({ from, to }) => from === `o${node?.id}` && marks?.boxes[to]);
    expect(marks?.boxes[added?.to ?? '']?.change).toBe('new');

    await press('F10');
    expect(await frame(innermost)).toMatchObject({ 'return value': 'larger' });
  });

  test('back and forth in the history, and against any other pause', async () => {
    await runInPage(tree, 'tree.add(97); tree.add(53);');
    const first = (await stack()).place;
    await press('F10');
    await press('F10');
    const { place } = await stack();
    expect(place).toBe(first + 2);
    await tools.panel.evaluate(() =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true })),
    );
    await until(`stack.place === ${place - 1}`);
    await tools.panel.evaluate((first) => {
      const slider = document.querySelector('.history input[type=range]');
      if (!(slider instanceof HTMLInputElement)) throw new Error('There is no slider.');
      slider.value = String(first);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, first);
    await until(`stack.place === ${first}`);
    const { pauses } = await stack();
    expect(pauses[first]?.source).toBe('debugger;');
    const number = pauses.at(-1)?.number;
    await tools.panel.evaluate((number) => {
      const select = document.querySelector('.history select');
      if (!(select instanceof HTMLSelectElement)) throw new Error('There is nothing to choose from.');
      select.value = String(number);
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, number);
    await until('stack.marks !== null && stack.marks.counts.new === 1');
    expect(Object.values((await stack()).marks?.boxes ?? {}).map(({ change }) => change)).toEqual(['changed']);
  });
});

test('a box that is selected stays so from pause to pause', async () => {
  await runInPage('function fill(list) { debugger; list.push([1]); debugger; }', 'fill([])');
  const selected = () =>
    tools.panel.evaluate(() => document.querySelector('.canvas')?.getAttribute('data-selected') ?? null);
  // By events of the DOM: keys reach DevTools' Sources, which it shows now.
  const pressInCanvas = (key: string) =>
    tools.panel.evaluate((key) => {
      const canvas = document.querySelector('.canvas');
      canvas?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }, key);
  await pressInCanvas('Home');
  await tools.panel.waitForSelector('.selection');
  expect(await selected()).toBe('o-1');
  await pressInCanvas('ArrowDown');
  await tools.panel.waitForFunction("document.querySelector('.canvas').dataset.selected !== 'o-1'", { polling: 50 });
  const frame = await selected();
  expect(frame).toMatch(/^o-\d+$/);
  await press('F8');
  expect(await selected()).toBe(frame);
  expect(await tools.panel.$('.selection')).not.toBeNull();
});

test('opened while the page is paused already', async () => {
  await tools.panel.evaluate(() => memoryGraph.show('expression'));
  await until("stack.following.type === 'off'");
  const before = (await stack()).pauses.length;
  await tools.page.setContent(PAGE);
  await tools.page.evaluate(() => {
    setTimeout(() => {
      const answer = { deep: 42 };
      // biome-ignore lint/suspicious/noDebugger: it is what the test is about.
      debugger;
      return answer;
    });
  });
  await tools.devtools.waitForFunction(
    `(async () => {
      const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
      const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel);
      return model.isPaused();
    })()`,
    { polling: 100 },
  );
  await tools.panel.evaluate(() => memoryGraph.show('stack'));
  await pausedAfter(before);
  const labels = await frameLabels();
  expect(Object.keys(await frame(labels.length - 1))).toContain('answer');
});

test('an exception stands in its frame', async () => {
  const pauseOnExceptions = (on: boolean) =>
    tools.devtools.evaluate(`(async () => {
      const { Settings } = (await import('devtools://devtools/bundled/core/common/common.js')).Settings;
      Settings.instance().moduleSetting('pause-on-uncaught-exception').set(${on});
    })()`);
  try {
    // Chrome forgets DevTools' choice when a page goes to another process while two clients debug it.
    await runInPage('function thrower() { throw new RangeError("too far"); }', 'thrower()', async () => {
      await pauseOnExceptions(false);
      await pauseOnExceptions(true);
    });
    const labels = await frameLabels();
    const inner = await frame(labels.length - 1);
    expect(labels.at(-1)).toMatch(/: thrower$/);
    expect((await objects()).get(Number(inner.exception?.slice(1)))?.kind).toBe('error');
    expect((await stack()).pauses.at(-1)?.reason).toBe('RangeError: too far');
  } finally {
    await pauseOnExceptions(false);
  }
});

test('of very many frames the outermost and the innermost are read', async () => {
  await runInPage('function deep(n) { if (n === 0) { debugger; return; } deep(n - 1); }', 'deep(300)');
  const labels = await frameLabels();
  expect(labels).toHaveLength(101);
  expect(labels[10]).toMatch(/^… \d+ more$/);
  expect(await frame(100)).toMatchObject({ n: '0' });
});

test('a watch is drawn at every pause; one with side effects waits', async () => {
  const field = 'input[aria-label="Watch"]';
  const watch = (expression: string) =>
    tools.panel.evaluate(
      (selector, expression) => {
        const input = document.querySelector(selector);
        if (!(input instanceof HTMLInputElement)) throw new Error('There is no field.');
        input.value = expression;
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      },
      field,
      expression,
    );
  await runInPage('let effects = 0; function watched(x) { const y = { x }; debugger; return y; }', 'watched(5)');
  await watch('y.x * 2');
  await watch('effects += 1');
  await until('stack.watches.length === 2 && stack.watches[1].waits');
  await until("stack.picture.snapshot.roots.some(({ label }) => label === 'y.x * 2')");
  expect(await frame(0)).toMatchObject({ effects: '0' });
  const root = (await stack()).picture?.snapshot.roots.find(({ label }) => label === 'y.x * 2');
  expect(root?.result).toEqual({ ok: true, value: { type: 'number', value: 10 } });
  await tools.click('.pinned .run');
  await until("stack.picture.snapshot.roots.some(({ label }) => label === 'effects += 1')");
  const ran = (await stack()).picture?.snapshot.roots.find(({ label }) => label === 'effects += 1');
  expect(ran?.result).toEqual({ ok: true, value: { type: 'number', value: 1 } });
  for (const button of [1, 2]) {
    await tools.click('[aria-label^="Remove the watch"]');
    await until(`stack.watches.length === ${2 - button}`);
  }
});

describe('the page is never left hanging', () => {
  const pause = () => runInPage('function stop() { debugger; }', 'stop(); document.title = "went on";');

  test('the debugger is detached while it is paused: DevTools can go on', async () => {
    await pause();
    await tools.panel.evaluate(() => memoryGraph.show('expression'));
    await until("stack.following.type === 'off'");
    await tools.devtools.keyboard.press('F8');
    await tools.page.waitForFunction('document.title === "went on"');
    await tools.panel.evaluate(() => memoryGraph.show('stack'));
    await until("stack.following.type === 'running'");
  });

  test('the page goes to another document while it is paused', async () => {
    await pause();
    await tools.page.goto(home);
    await until("stack.following.type === 'running'");
    expect(await tools.page.evaluate('1 + 1')).toBe(2);
    await pause();
    await resumeAll();
  });

  /** Lets something happen to a page that stands still, in a browser of its own. */
  async function whilePaused(fault: (own: DevTools) => Promise<unknown>): Promise<void> {
    const own = await openDevToolsOnPage({ url: 'index.html', apart: true });
    try {
      const { follow, until } = stackTools(() => own);
      await follow();
      await own.page.evaluate('setTimeout(() => { debugger; document.title = "went on"; })');
      await until("stack.following.type === 'paused'");
      await fault(own);
    } finally {
      await own.close();
    }
  }

  test('the page crashes while it is paused', () =>
    whilePaused(async (own) => {
      own.page.goto('chrome://crash').catch(() => {});
      await own.until("memoryGraph.stack().following.type !== 'paused'");
    }));

  test('DevTools is closed while it is paused', () =>
    whilePaused(async (own) => {
      await own.devtools.close();
      await own.page.waitForFunction('document.title === "went on"', { timeout: 10_000 });
    }));
});
