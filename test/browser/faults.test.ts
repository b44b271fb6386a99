/**
 * What can happen while the panel reads a page, in real DevTools: after each fault one sentence is shown, and the next
 * drawing is a good one.
 */
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { sentence } from '../../src/transport/failure.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html', apart: true });

const sentenceOf = (kind: 'navigated' | 'crashed' | 'cancelled' | 'detached' | 'closed'): string => sentence({ kind });

const kinds = async (): Promise<readonly string[]> => (await tab.snapshot()).objects.map(({ kind }) => kind);

/** The panel works: what it draws is whole, without a message, and read by the transport that is asked for. */
async function works(transport: 'eval' | 'debugger'): Promise<void> {
  expect(await tab.tryToDraw('data')).toBe(null);
  expect(await tab.message()).toBe(null);
  const expected = transport === 'debugger' ? ['array', 'object', 'proxy', 'promise'] : ['array', 'object', 'promise'];
  expect(await kinds()).toEqual(expect.arrayContaining(expected));
  expect((await kinds()).includes('proxy')).toBe(transport === 'debugger');
}

/**
 * Holds the debugger's n-th command from now on until `goOn` is called; 0 for none, and to end it. `reached` tells
 * whether it is there.
 */
async function holdCommand(n: number): Promise<void> {
  await tab.host.evaluate((n) => {
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
const reached = (): Promise<boolean> => tab.host.evaluate(() => (globalThis as unknown as Held).reached);
const goOn = (): Promise<void> => tab.host.evaluate(() => (globalThis as unknown as Held).goOn?.());

/**
 * Draws anew for n = 1, 2, … until a drawing has fewer commands than n, and lets `fault` happen when the n-th is about to
 * be sent. Calls `after` with the sentence of what failed, or null.
 */
async function atEachCommand(
  fault: () => Promise<void>,
  after: (n: number, said: string | null) => Promise<void>,
): Promise<number> {
  for (let n = 1; ; n += 1) {
    await holdCommand(n);
    const drawing = tab.tryToDraw('data');
    let done = false;
    void drawing.then(() => {
      done = true;
    });
    await expect.poll(async () => done || (await reached()), { timeout: 15_000, interval: 5 }).toBe(true);
    // Releasing what was read is no part of the drawing, and may wait when it is done.
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
    await tab.setDebugger(true);
    await works('debugger');
  });
  afterAll(async () => {
    await holdCommand(0);
    await tab.setDebugger(false);
    await works('eval');
  });

  test('the page navigates', async () => {
    const sentences = new Set<string | null>();
    const count = await atEachCommand(
      async () => {
        await tab.page.reload();
      },
      async (_, outcome) => {
        sentences.add(outcome);
        // DevTools may report the reload when the drawing after it is done, which then is marked as of an earlier page.
        await expect.poll(() => tab.tryToDraw('data').then(() => tab.message())).toBe(null);
        await works('debugger');
        // The next drawing begins in a page that keeps nothing of ours yet.
        await tab.page.reload();
      },
    );
    expect(count).toBeGreaterThan(16);
    // Begun anew in the next document, it may come before that has run its script.
    const tooEarly = 'Thrown: ReferenceError: data is not defined';
    expect([...sentences].filter((text) => text !== null && text !== tooEarly)).toEqual([sentenceOf('navigated')]);
  }, 240_000);

  const takeAway = (reason: string | null) => () =>
    tab.host.evaluate(async (reason) => {
      const source = { tabId: chrome.devtools.inspectedWindow.tabId };
      await chrome.debugger.detach(source);
      // As Chrome reports it: headless there is no bar with a button to press.
      const { onDetach } = chrome.debugger as unknown as { onDetach: { dispatch(...parameters: unknown[]): void } };
      if (reason !== null) onDetach.dispatch(source, reason);
    }, reason);

  test('a person cancels in the bar of Chrome', async () => {
    const count = await atEachCommand(takeAway('canceled_by_user'), async (n, outcome) => {
      // The last command lets go of what was read: the drawing is there.
      if (outcome !== null) {
        expect([n, outcome]).toEqual([n, sentenceOf('cancelled')]);
        expect(await tab.message()).toBe(sentenceOf('cancelled'));
        expect(await kinds()).toContain('proxy');
      }
      expect(await tab.text('[role=switch]')).toBe('Debugger (canceled)');
      // Nothing attaches again by itself.
      await works('eval');
      await tab.setDebugger(true);
      await works('debugger');
    });
    expect(count).toBeGreaterThan(5);
  });

  test('the debugger is gone without a word', async () => {
    const count = await atEachCommand(takeAway(null), async (n, outcome) => {
      // When only the last command was lost, the next drawing finds out.
      const told = outcome ?? (await tab.tryToDraw('data')) ?? sentenceOf('detached');
      expect([n, told]).toEqual([n, sentenceOf('detached')]);
      await works('debugger');
    });
    expect(count).toBeGreaterThan(5);
  });

  test('the person switches it off', async () => {
    await atEachCommand(
      () => tab.setDebugger(false),
      async (n, outcome) => {
        if (outcome !== null) expect([n, outcome]).toEqual([n, sentenceOf('detached')]);
        await works('eval');
        await tab.setDebugger(true);
        await works('debugger');
      },
    );
  });

  test('the person cancels the drawing', async () => {
    await atEachCommand(
      async () => {
        await tab.panel.focus('input[aria-label="Expression"]');
        await tab.press('Escape');
      },
      async (n, outcome) => {
        if (outcome !== null) expect([n, outcome]).toEqual([n, sentence({ kind: 'aborted' })]);
        await works('debugger');
      },
    );
  });

  test('the page crashes', async () => {
    await atEachCommand(
      () => tab.crashPage(),
      async (n, outcome) => {
        if (outcome !== null) expect([n, outcome]).toEqual([n, sentenceOf('crashed')]);
        expect(await tab.tryToDraw('data')).toBe(sentenceOf('crashed'));
        expect(await tab.message()).toBe(sentenceOf('crashed'));
        await tab.page.goto(tab.home);
        await works('debugger');
      },
    );
  }, 240_000);

  test('an expression loops for ever', async () => {
    expect(await tab.tryToDraw('(() => { for (;;); })()')).toBe(sentence({ kind: 'stopped', milliseconds: 3500 }));
    await works('debugger');
  });

  test('the page loops for ever', () => loopsForEver('debugger'));
});

async function loopsForEver(transport: 'eval' | 'debugger'): Promise<void> {
  await tab.page.evaluate('globalThis.stop = false; setTimeout(() => { while (!stop); })');
  const first = await tab.tryToDraw('data');
  expect(first).toBe(sentence({ kind: 'timeout', milliseconds: 5000 }));
  expect(await tab.message()).toBe(first);
  // What the sentence says that one can do.
  await tab.frontEnd.pause();
  await works(transport);
  expect(await tab.tryToDraw('stop = true')).toBe(null);
  await tab.frontEnd.resume();
  await expect.poll(() => tab.frontEnd.isPaused()).toBe(false);
  await works(transport);
}

/** DevTools may report a navigation when the page has answered already: a drawing then fails with that sentence. */
async function goHome(): Promise<void> {
  await tab.page.goto(tab.home);
  await expect.poll(() => tab.tryToDraw('data'), { timeout: 15_000 }).toBe(null);
}

describe('without the debugger', () => {
  test('the page crashes', async () => {
    await works('eval');
    await tab.crashPage();
    expect(await tab.tryToDraw('data')).toBe(sentenceOf('crashed'));
    await goHome();
    await works('eval');
  });

  test('the page crashes in the middle', async () => {
    const cdp = await tab.page.createCDPSession();
    const drawing = tab.tryToDraw("(() => { document.title = 'busy'; for (;;); })()");
    // The browser knows the title of a page that is busy, too.
    const title = async () => (await cdp.send('Target.getTargetInfo')).targetInfo.title;
    await expect.poll(title, { interval: 10 }).toBe('busy');
    // To crash, a busy page is interrupted, which it can miss.
    const crashed = () => {
      void cdp.send('Page.crash').catch(() => {});
      return tab.tabStatus();
    };
    await expect.poll(crashed).toBe('unloaded');
    expect(await drawing).toBe(sentenceOf('crashed'));
    await goHome();
    await works('eval');
  });

  test('the page loops for ever', () => loopsForEver('eval'));

  test('the page navigates in the middle', async () => {
    const wait = 'for (const end = performance.now() + 300; performance.now() < end; );';
    void tab.page.evaluate('setTimeout(() => location.reload(), 20)');
    const outcomes = new Set<string | null>();
    for (let turn = 0; turn < 10; turn += 1) outcomes.add(await tab.tryToDraw(`(() => { ${wait} return data })()`));
    expect([...outcomes].sort()).toEqual([sentenceOf('navigated'), null].sort());
    await works('eval');
  });
});

/** Chrome loads a folder again only in developer mode. */
async function allowUnpacked(): Promise<void> {
  const extensions = await tab.browser.newPage();
  await extensions.goto('chrome://extensions');
  await extensions.evaluate('chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })');
  await extensions.close();
  await tab.page.bringToFront();
}

describe('what goes away in the middle of a drawing', () => {
  test.each([
    [1, 'in good order'],
    [5, 'in good order'],
    [3, 'in good order'],
    [5, 'without a word'],
  ] as const)('DevTools, at command %i, %s', async (n, order) => {
    await tab.setDebugger(true);
    await works('debugger');
    await holdCommand(n);
    void tab.tryToDraw('data').catch(() => {});
    await expect.poll(reached, { timeout: 15_000 }).toBe(true);
    await tab.closeDevTools(order);
    // The page goes on, and forgets us when nobody asks any more.
    expect(await tab.page.evaluate('1 + 1')).toBe(2);
    await expect.poll(() => tab.ourListeners(), { timeout: 40_000 }).toEqual([]);
    await tab.reopen();
    await tab.setDebugger(true);
    await works('debugger');
    await tab.setDebugger(false);
  });

  test.each(['eval', 'debugger'] as const)('the extension, which is loaded again, %s', async (transport) => {
    await tab.setDebugger(transport === 'debugger');
    await works(transport);
    const loop = '(() => { const end = performance.now() + 500; while (performance.now() < end); return data })()';
    await allowUnpacked();
    void tab.tryToDraw(loop).catch(() => {});
    const closed = new Promise((resolve) => tab.devtools.once('close', resolve));
    await tab.host.evaluate(() => chrome.runtime.reload()).catch(() => {});
    await closed;
    expect(await tab.page.evaluate('1 + 1')).toBe(2);
    await expect.poll(() => tab.ourListeners(), { timeout: 40_000 }).toEqual([]);
    await tab.reopen();
    await tab.setDebugger(transport === 'debugger');
    await works(transport);
  });

  test('its leave to read files', async () => {
    await tab.setDebugger(false);
    await works('eval');
    await allowUnpacked();
    const id = await tab.host.evaluate(() => chrome.runtime.id);
    const extensions = await tab.browser.newPage();
    await extensions.goto('chrome://extensions');
    const closed = new Promise((resolve) => tab.devtools.once('close', resolve));
    // Chrome loads the extension again.
    await extensions.evaluate(
      `chrome.developerPrivate.updateExtensionConfiguration({ extensionId: '${id}', fileAccess: false })`,
    );
    await closed;
    await extensions.close();
    await tab.page.bringToFront();
    await tab.reopen();
    await tab.page.goto(pathToFileURL(`${projectRoot}/demo/index.html`).href);
    for (const on of [false, true]) {
      await tab.setDebugger(on);
      expect(await tab.tryToDraw('[1]')).toContain('allow access to file URLs');
    }
    await tab.setDebugger(false);
    await tab.goTo(tab.home);
    await works('eval');
  });
});
