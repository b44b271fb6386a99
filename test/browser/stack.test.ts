/** The Stack view in real DevTools: the page pauses, is stepped with DevTools' own keys, and each pause is drawn. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage, whilePaused } from './memory-graph-page.ts';

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

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

/** Runs scripts in a fresh page; the last of them pauses. */
async function runInPage(declarations: string, call: string, prepare = async () => {}): Promise<void> {
  await tab.page.goto(tab.home);
  await tab.page.setContent(PAGE);
  await tab.page.addScriptTag({ content: declarations });
  await prepare();
  await stack.pauseBy(() =>
    tab.page.evaluate((call) => {
      const { later } = globalThis as unknown as { later(text: string): void };
      later(call);
    }, call),
  );
}

describe('add_one, paused after its three changes', () => {
  const example = `
    function add_one(a, b, c) { a += 1; b.push(1); c.push(1); debugger; }
    let a = 10, b = [4, 3, 2], c = [4, 3, 2];`;

  test('only b is shared by the frames', async () => {
    await runInPage(example, 'add_one(a, b, [...c])');
    const labels = await stack.frameLabels();
    const inner = await stack.frame(await stack.frameOf('add_one'));
    const outer = await stack.frame(0);
    expect(labels[0]).toBe('0: (top level)');
    expect(outer).toMatchObject({ a: '10' });
    expect(inner).toMatchObject({ a: '11' });
    expect(inner.b).toBe(outer.b);
    expect(inner.c).not.toBe(outer.c);
    const lengths = await stack.objects();
    const sizeOf = (reference: string | undefined) => lengths.get(Number(reference?.slice(1)))?.size;
    expect([sizeOf(outer.b), sizeOf(outer.c), sizeOf(inner.c)]).toEqual([4, 3, 4]);
  });

  test('seen as the original sees it: 6 nodes, 6 references, 1 shared', async () => {
    const before = (await stack.state()).pauses.length;
    // It pauses before it is loaded.
    const loaded = tab.page.goto(tab.addressOf('add-one.html'));
    await stack.untilPausedAfter(before);
    const { picture, pauses } = await stack.state();
    expect(pauses.at(-1)?.frames).toEqual(['0: (top level)', '1: add_one']);
    expect(picture?.stats).toEqual({ nodes: 6, edges: 6, shared: 1 });
    expect(picture?.diagram.boxes[0]).toMatchObject({ category: 'stack', root: true });
    expect(pauses.at(-1)).toMatchObject({ url: tab.addressOf('add-one.html'), line: 8, source: 'debugger;' });
    await stack.resumeAll();
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
    const labels = await stack.frameLabels();
    const calls = labels.filter((label) => label.endsWith(': factorial')).length;
    const { n, result } = await stack.frame(labels.length - 1);
    seen.push(`${calls} calls, n ${n}, result ${result}`);
    if (pause === 6) break;
    await stack.press('F8');
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
    expect((await stack.frameLabels()).at(-1)).toMatch(/: BinTree\.add$/);
    const innermost = (await stack.frameLabels()).length - 1;
    const before = await stack.frame(innermost);
    expect(before).toMatchObject({ value: '97', side: 'larger' });
    expect(before.this).toBe((await stack.frame(0)).tree);

    await stack.press('F10');
    await stack.press('F10');
    const { marks, picture } = await stack.state();
    expect(marks?.counts).toEqual({ new: 1, changed: 1, gone: 0 });
    const node = (await stack.objects()).get(Number(before.node?.slice(1)));
    const changed = marks?.boxes[`o${node?.id}`];
    expect(Object.values(changed?.cells ?? {})).toEqual(['changed']);
    const added = picture?.diagram.references.find(({ from, to }) => from === `o${node?.id}` && marks?.boxes[to]);
    expect(marks?.boxes[added?.to ?? '']?.change).toBe('new');

    await stack.press('F10');
    expect(await stack.frame(innermost)).toMatchObject({ 'return value': 'larger' });
  });

  test('back and forth in the history, and against any other pause', async () => {
    await runInPage(tree, 'tree.add(97); tree.add(53);');
    const first = (await stack.state()).place;
    await stack.press('F10');
    await stack.press('F10');
    const { place } = await stack.state();
    expect(place).toBe(first + 2);
    await tab.panel.evaluate(() =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true })),
    );
    await stack.until(`stack.place === ${place - 1}`);
    await tab.panel.evaluate((first) => {
      const slider = document.querySelector('.history input[type=range]');
      if (!(slider instanceof HTMLInputElement)) throw new Error('There is no slider.');
      slider.value = String(first);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, first);
    await stack.until(`stack.place === ${first}`);
    const { pauses } = await stack.state();
    expect(pauses[first]?.source).toBe('debugger;');
    const number = pauses.at(-1)?.number;
    await tab.select('.history select', String(number));
    await stack.until('stack.marks !== null && stack.marks.counts.new === 1');
    expect(Object.values((await stack.state()).marks?.boxes ?? {}).map(({ change }) => change)).toEqual(['changed']);
  });
});

test('a box that is selected stays so from pause to pause', async () => {
  await runInPage('function fill(list) { debugger; list.push([1]); debugger; }', 'fill([])');
  const selected = () => tab.attribute('.canvas', 'data-selected');
  // By events of the DOM: keys reach DevTools' Sources, which it shows now.
  const pressInCanvas = (key: string) =>
    tab.panel.evaluate((key) => {
      const canvas = document.querySelector('.canvas');
      canvas?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }, key);
  await pressInCanvas('Home');
  await tab.panel.waitForSelector('.selection');
  expect(await selected()).toBe('o-1');
  await pressInCanvas('ArrowDown');
  await tab.panel.waitForFunction("document.querySelector('.canvas').dataset.selected !== 'o-1'", { polling: 50 });
  const frame = await selected();
  expect(frame).toMatch(/^o-\d+$/);
  await stack.press('F8');
  expect(await selected()).toBe(frame);
  expect(await tab.panel.$('.selection')).not.toBeNull();
});

test('opened while the page is paused already', async () => {
  await tab.show('expression');
  await stack.until("stack.following.type === 'off'");
  const before = (await stack.state()).pauses.length;
  await tab.page.setContent(PAGE);
  await tab.page.evaluate(() => {
    setTimeout(() => {
      const answer = { deep: 42 };
      // biome-ignore lint/suspicious/noDebugger: it is what the test is about.
      debugger;
      return answer;
    });
  });
  await expect.poll(() => tab.frontEnd.isPaused()).toBe(true);
  await tab.show('stack');
  await stack.untilPausedAfter(before);
  const labels = await stack.frameLabels();
  expect(Object.keys(await stack.frame(labels.length - 1))).toContain('answer');
});

test('an exception is shown in its frame', async () => {
  const pauseOnExceptions = (on: boolean) => tab.frontEnd.set('pause-on-uncaught-exception', on);
  try {
    // Chrome forgets DevTools' choice when a page goes to another process while two clients debug it.
    await runInPage('function thrower() { throw new RangeError("too far"); }', 'thrower()', async () => {
      await pauseOnExceptions(false);
      await pauseOnExceptions(true);
    });
    const labels = await stack.frameLabels();
    const inner = await stack.frame(labels.length - 1);
    expect(labels.at(-1)).toMatch(/: thrower$/);
    expect((await stack.objects()).get(Number(inner.exception?.slice(1)))?.kind).toBe('error');
    expect((await stack.state()).pauses.at(-1)?.reason).toBe('RangeError: too far');
  } finally {
    await pauseOnExceptions(false);
  }
});

test('of very many frames the outermost and the innermost are read', async () => {
  // Each calls another one, so that none of it is a recursion.
  const chain = Array.from({ length: 300 }, (_, i) => `function deep${i + 1}(n) { deep${i}(n - 1); }`);
  await runInPage(`function deep0(n) { debugger; } ${chain.join(' ')}`, 'deep300(300)');
  const labels = await stack.frameLabels();
  expect(labels).toHaveLength(101);
  expect(labels[10]).toMatch(/^… \d+ more$/);
  expect(await stack.frame(100)).toMatchObject({ n: '0' });
});

test('a watch is drawn at every pause; one with side effects waits', async () => {
  await runInPage('let effects = 0; function watched(x) { const y = { x }; debugger; return y; }', 'watched(5)');
  await stack.watch('y.x * 2');
  await stack.watch('effects += 1');
  await stack.until('stack.watches.length === 2 && stack.watches[1].waits');
  await stack.untilWatched('y.x * 2');
  expect(await stack.frame(0)).toMatchObject({ effects: '0' });
  expect(await stack.watched('y.x * 2')).toEqual({ ok: true, value: { type: 'number', value: 10 } });
  await tab.click('.pinned .run');
  await stack.untilWatched('effects += 1');
  expect(await stack.watched('effects += 1')).toEqual({ ok: true, value: { type: 'number', value: 1 } });
  await stack.removeWatches();
});

describe('the page is never left hanging', () => {
  const pause = () => runInPage('function stop() { debugger; }', 'stop(); document.title = "went on";');

  test('the debugger is detached while it is paused: DevTools can go on', async () => {
    await pause();
    await tab.show('expression');
    await stack.until("stack.following.type === 'off'");
    await tab.press('F8');
    await tab.page.waitForFunction('document.title === "went on"');
    await tab.show('stack');
    await stack.until("stack.following.type === 'running'");
  });

  test('the page goes to another document while it is paused', async () => {
    await pause();
    await tab.page.goto(tab.home);
    await stack.until("stack.following.type === 'running'");
    expect(await tab.page.evaluate('1 + 1')).toBe(2);
    await pause();
    await stack.resumeAll();
  });

  const demo = { url: 'index.html' };
  const stop = 'setTimeout(() => { debugger; document.title = "went on"; })';

  test('the page crashes while it is paused', () =>
    whilePaused(demo, stop, async (own) => {
      await own.crashPage();
      await own.stack.until("stack.following.type !== 'paused'");
    }));

  test('DevTools is closed while it is paused', () =>
    whilePaused(demo, stop, async (own) => {
      await own.devtools.close();
      await own.page.waitForFunction('document.title === "went on"', { timeout: 10_000 });
    }));
});
