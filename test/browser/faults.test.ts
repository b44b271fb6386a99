/**
 * What can happen while the panel reads a page, in real DevTools: after each fault one sentence stands, and the next
 * drawing is a good one.
 */
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { sentence } from '../../src/capture/failure.ts';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let pages: Awaited<ReturnType<typeof serve>>;
let home: string;
let tools: DevTools;

beforeAll(async () => {
  pages = await serve(`${projectRoot}/test/browser/pages`);
  home = new URL('values.html', pages.url).href;
  tools = await openDevToolsOnPage({ url: home, apart: true });
});
afterAll(async () => {
  await tools.close();
  await pages.close();
});

const said = (kind: 'navigated' | 'crashed' | 'cancelled' | 'detached' | 'closed'): string => sentence({ kind });

const notice = (): Promise<string | null> =>
  tools.panel.evaluate(() => document.querySelector('.notice .text')?.textContent ?? null);

/** Draws; the sentence of what failed, or null. */
function draw(expression: string): Promise<string | null> {
  return tools.panel.evaluate(
    (expression) =>
      memoryGraph.draw(expression).then(
        () => null,
        (error: Error) => error.message,
      ),
    expression,
  );
}

const kinds = (): Promise<readonly string[]> =>
  tools.panel.evaluate(() => memoryGraph.snapshot().objects.map(({ kind }) => kind));

/** The panel works: what it draws is whole, said by no sentence, and read the way that is asked for. */
async function works(way: 'eval' | 'debugger'): Promise<void> {
  expect(await draw('data')).toBe(null);
  expect(await notice()).toBe(null);
  const expected = way === 'debugger' ? ['array', 'object', 'proxy', 'promise'] : ['array', 'object', 'promise'];
  expect(await kinds()).toEqual(expect.arrayContaining(expected));
  expect((await kinds()).includes('proxy')).toBe(way === 'debugger');
}

/**
 * Holds the debugger's n-th command from now on until `goOn` is called; 0 for none, and to end it. `reached` tells
 * whether it is there.
 */
async function holdCommand(n: number): Promise<void> {
  await tools.host.evaluate((n) => {
    const page = globalThis as unknown as Held;
    page.reached = false;
    page.goOn?.();
    page.left = n;
    if (page.send) return;
    const { sendCommand } = chrome.debugger;
    page.send = sendCommand;
    const held = async (...parameters: readonly unknown[]): Promise<unknown> => {
      page.left -= 1;
      if (page.left === 0) {
        page.reached = true;
        await new Promise<void>((resolve) => {
          page.goOn = resolve;
        });
      }
      return Reflect.apply(sendCommand, chrome.debugger, parameters);
    };
    Object.assign(chrome.debugger, { sendCommand: held });
  }, n);
}
/** What a test puts on the DevTools page's global. */
interface Held {
  left: number;
  reached: boolean;
  send?: unknown;
  goOn?: () => void;
}
const reached = (): Promise<boolean> => tools.host.evaluate(() => (globalThis as unknown as Held).reached);
const goOn = (): Promise<void> => tools.host.evaluate(() => (globalThis as unknown as Held).goOn?.());

/**
 * Draws anew for n = 1, 2, … until a drawing has fewer commands than n, and lets `fault` happen when the n-th is about to
 * be sent. Calls `after` with what was said by the drawing.
 */
async function atEachCommand(
  fault: () => Promise<void>,
  after: (n: number, said: string | null) => Promise<void>,
): Promise<number> {
  for (let n = 1; ; n += 1) {
    await holdCommand(n);
    const drawing = draw('data');
    let done = false;
    void drawing.then(() => {
      done = true;
    });
    await expect.poll(async () => done || (await reached()), { timeout: 15_000, interval: 5 }).toBe(true);
    // Letting go of what was read is no part of the drawing, and may be held when it is done.
    const hit = await reached();
    if (hit) {
      await fault();
      await goOn();
    }
    const outcome = await drawing;
    await holdCommand(0);
    if (!hit) return n - 1;
    await after(n, outcome);
  }
}

describe('through the debugger, at each command of a drawing', () => {
  beforeAll(async () => {
    await tools.setDebugger(true);
    await works('debugger');
  });
  afterAll(async () => {
    await holdCommand(0);
    await tools.setDebugger(false);
    await works('eval');
  });

  test('the page navigates', async () => {
    const sentences = new Set<string | null>();
    const count = await atEachCommand(
      async () => {
        await tools.page.reload();
      },
      async (_, outcome) => {
        sentences.add(outcome);
        // DevTools may tell of the reload when the drawing after it is done, which then is marked as of a page before.
        await expect.poll(() => draw('data').then(notice)).toBe(null);
        await works('debugger');
        // The next drawing begins in a page where nothing is held yet.
        await tools.page.reload();
      },
    );
    expect(count).toBeGreaterThan(16);
    // Begun anew in the next document, it may come before that has run its script.
    const tooEarly = 'Thrown: ReferenceError: data is not defined';
    expect([...sentences].filter((text) => text !== null && text !== tooEarly)).toEqual([said('navigated')]);
  }, 240_000);

  const takeAway = (reason: string | null) => () =>
    tools.host.evaluate(async (reason) => {
      const source = { tabId: chrome.devtools.inspectedWindow.tabId };
      await chrome.debugger.detach(source);
      // As Chrome tells it: headless there is no bar with a button to press.
      const { onDetach } = chrome.debugger as unknown as { onDetach: { dispatch(...parameters: unknown[]): void } };
      if (reason !== null) onDetach.dispatch(source, reason);
    }, reason);

  test('a person cancels in the bar of Chrome', async () => {
    const count = await atEachCommand(takeAway('canceled_by_user'), async (n, outcome) => {
      // The last command lets go of what was read: the drawing is there.
      if (outcome !== null) {
        expect([n, outcome]).toEqual([n, said('cancelled')]);
        expect(await notice()).toBe(said('cancelled'));
        expect(await kinds()).toContain('proxy');
      }
      expect(await tools.panel.evaluate(() => document.querySelector('[role=switch]')?.textContent)).toBe(
        'Debugger (cancelled)',
      );
      // Nothing attaches again by itself.
      await works('eval');
      await tools.setDebugger(true);
      await works('debugger');
    });
    expect(count).toBeGreaterThan(5);
  });

  test('the debugger is gone without a word', async () => {
    const count = await atEachCommand(takeAway(null), async (n, outcome) => {
      // When only the last command was lost, the next drawing finds out.
      const told = outcome ?? (await draw('data')) ?? said('detached');
      expect([n, told]).toEqual([n, said('detached')]);
      await works('debugger');
    });
    expect(count).toBeGreaterThan(5);
  });

  test('the person switches it off', async () => {
    await atEachCommand(
      () => tools.setDebugger(false),
      async (n, outcome) => {
        if (outcome !== null) expect([n, outcome]).toEqual([n, said('detached')]);
        await works('eval');
        await tools.setDebugger(true);
        await works('debugger');
      },
    );
  });

  test('the person cancels the drawing', async () => {
    await atEachCommand(
      async () => {
        await tools.panel.focus('input[aria-label="Expression"]');
        await tools.devtools.keyboard.press('Escape');
      },
      async (n, outcome) => {
        if (outcome !== null) expect([n, outcome]).toEqual([n, sentence({ kind: 'aborted' })]);
        await works('debugger');
      },
    );
  });

  test('the page crashes', async () => {
    await atEachCommand(crash, async (n, outcome) => {
      if (outcome !== null) expect([n, outcome]).toEqual([n, said('crashed')]);
      expect(await draw('data')).toBe(said('crashed'));
      expect(await notice()).toBe(said('crashed'));
      await tools.page.goto(home);
      await works('debugger');
    });
  }, 240_000);

  test('an expression loops for ever', async () => {
    expect(await draw('(() => { for (;;); })()')).toBe(sentence({ kind: 'stopped', milliseconds: 3500 }));
    await works('debugger');
  });

  test('the page loops for ever', () => loopsForEver('debugger'));
});

/** What the browser knows of the page's tab. */
const status = () =>
  tools.host.evaluate(async () => (await chrome.tabs.get(chrome.devtools.inspectedWindow.tabId)).status);

/** Resolves when the browser knows it. */
async function crash(): Promise<void> {
  void tools.page.goto('chrome://crash').catch(() => {});
  await expect.poll(status, { timeout: 15_000 }).toBe('unloaded');
}

/** DevTools' own pause and resumption. */
const debuggerModel = (action: 'pause' | 'resume'): Promise<unknown> =>
  tools.devtools.evaluate(`(async () => {
    const SDK = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const target = SDK.TargetManager.TargetManager.instance().primaryPageTarget();
    const model = target.model(SDK.DebuggerModel.DebuggerModel);
    model.${action}();
    for (let end = Date.now() + 10000; model.isPaused() !== ${action === 'pause'} && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    return model.isPaused();
  })()`);

async function loopsForEver(way: 'eval' | 'debugger'): Promise<void> {
  await tools.page.evaluate('globalThis.stop = false; setTimeout(() => { while (!stop); })');
  const first = await draw('data');
  expect(first).toBe(sentence({ kind: 'timeout', milliseconds: 5000 }));
  expect(await notice()).toBe(first);
  // What the sentence says that one can do.
  expect(await debuggerModel('pause')).toBe(true);
  await works(way);
  expect(await draw('stop = true')).toBe(null);
  expect(await debuggerModel('resume')).toBe(false);
  await works(way);
}

/** DevTools may tell of a navigation when the page has answered already: a drawing then says so. */
async function goHome(): Promise<void> {
  await tools.page.goto(home);
  await expect.poll(() => draw('data'), { timeout: 15_000 }).toBe(null);
}

describe('without the debugger', () => {
  test('the page crashes', async () => {
    await works('eval');
    await crash();
    expect(await draw('data')).toBe(said('crashed'));
    await goHome();
    await works('eval');
  });

  test('the page crashes in the middle', async () => {
    const cdp = await tools.page.createCDPSession();
    const drawing = draw("(() => { document.title = 'busy'; for (;;); })()");
    // The browser knows the title of a page that is busy, too.
    const title = async () => (await cdp.send('Target.getTargetInfo')).targetInfo.title;
    await expect.poll(title, { interval: 10 }).toBe('busy');
    // To crash, a busy page is interrupted, which it can miss.
    const crashed = () => {
      void cdp.send('Page.crash').catch(() => {});
      return status();
    };
    await expect.poll(crashed).toBe('unloaded');
    expect(await drawing).toBe(said('crashed'));
    await goHome();
    await works('eval');
  });

  test('the page loops for ever', () => loopsForEver('eval'));

  test('the page navigates in the middle', async () => {
    const wait = 'for (const end = performance.now() + 300; performance.now() < end; );';
    void tools.page.evaluate('setTimeout(() => location.reload(), 20)');
    const outcomes = new Set<string | null>();
    for (let turn = 0; turn < 10; turn += 1) outcomes.add(await draw(`(() => { ${wait} return data })()`));
    expect([...outcomes].sort()).toEqual([said('navigated'), null].sort());
    await works('eval');
  });
});

/** Event listeners of ours that hang on the page. */
async function held(): Promise<readonly string[]> {
  const cdp = await tools.page.createCDPSession();
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: 'Object.keys(getEventListeners(globalThis)).filter((name) => name.startsWith("memory-graph"))',
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  await cdp.detach();
  return result.value;
}

/** Chrome loads a folder again only in developer mode. */
async function allowUnpacked(): Promise<void> {
  const extensions = await tools.browser.newPage();
  await extensions.goto('chrome://extensions');
  await extensions.evaluate('chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })');
  await extensions.close();
  await tools.page.bringToFront();
}

describe('what goes away in the middle of a drawing', () => {
  test.each([
    [1, 'in good order'],
    [5, 'in good order'],
    [7, 'in good order'],
    [5, 'without a word'],
  ] as const)('DevTools, at command %i, %s', async (n, order) => {
    await tools.setDebugger(true);
    await works('debugger');
    await holdCommand(n);
    void draw('data').catch(() => {});
    await expect.poll(reached, { timeout: 15_000 }).toBe(true);
    await tools.closeDevTools(order);
    // The page goes on, and forgets us when nobody asks any more.
    expect(await tools.page.evaluate('1 + 1')).toBe(2);
    await expect.poll(held, { timeout: 40_000 }).toEqual([]);
    await tools.reopen();
    await tools.setDebugger(true);
    await works('debugger');
    await tools.setDebugger(false);
  });

  test.each(['eval', 'debugger'] as const)('the extension, which is loaded again, %s', async (way) => {
    await tools.setDebugger(way === 'debugger');
    await works(way);
    const loop = '(() => { const end = performance.now() + 500; while (performance.now() < end); return data })()';
    await allowUnpacked();
    void draw(loop).catch(() => {});
    const closed = new Promise((resolve) => tools.devtools.once('close', resolve));
    await tools.host.evaluate(() => chrome.runtime.reload()).catch(() => {});
    await closed;
    expect(await tools.page.evaluate('1 + 1')).toBe(2);
    await expect.poll(held, { timeout: 40_000 }).toEqual([]);
    await tools.reopen();
    await tools.setDebugger(way === 'debugger');
    await works(way);
  });

  test('its leave to read files', async () => {
    await tools.setDebugger(false);
    await works('eval');
    await allowUnpacked();
    const id = await tools.host.evaluate(() => chrome.runtime.id);
    const extensions = await tools.browser.newPage();
    await extensions.goto('chrome://extensions');
    const closed = new Promise((resolve) => tools.devtools.once('close', resolve));
    // Chrome loads the extension again.
    await extensions.evaluate(
      `chrome.developerPrivate.updateExtensionConfiguration({ extensionId: '${id}', fileAccess: false })`,
    );
    await closed;
    await extensions.close();
    await tools.page.bringToFront();
    await tools.reopen();
    await tools.page.goto(pathToFileURL(`${projectRoot}/demo/index.html`).href);
    for (const on of [false, true]) {
      await tools.setDebugger(on);
      expect(await draw('[1]')).toContain('allow access to file URLs');
    }
    await tools.setDebugger(false);
    await tools.goTo(home);
    await works('eval');
  });
});
