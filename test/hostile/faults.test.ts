/**
 * What can happen to a page while it is read, in real Chromium: after each the request has ended with a sentence, and the
 * next one works. And a soak: a thousand captures of a changing page leave the heap as it was.
 */
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import type { Capture } from '../../src/capture/capture.ts';
import { createProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import { createHeaps } from '../../src/capture/debugger/targets.ts';
import { defaultReadOptions } from '../../src/snapshot/read-options.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { textForm } from '../../src/snapshot/text-form.test-helper.ts';
import { sentence } from '../../src/transport/failure.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import type { Method, Parameters, ProtocolSession } from '../../src/transport/protocol.ts';
import { debuggerOf, sessionOf } from './protocol.ts';

let browser: Browser;
let page: Page;
let cdp: CDPSession;

const document = '<script>data = [{ a: 1 }, new Proxy({}, {}), Promise.resolve(2)]</script>';
const url = `data:text/html,${encodeURIComponent(document)}`;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
  browser = await puppeteer.launch({
    executablePath,
    headless: true,
    pipe: true,
    args: ['--no-sandbox', '--disable-quic', '--js-flags=--expose-gc'],
  });
});

afterAll(() => browser?.close());

beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(url);
  cdp = await page.createCDPSession();
});

afterEach(() => page.close());

const ask = (capture: Capture, expression: string, deadline = 10_000) =>
  capture.capture([{ type: 'expression', expression }], defaultReadOptions, { deadline });

async function read(capture: Capture, expression: string): Promise<Snapshot> {
  const outcome = await ask(capture, expression);
  if (!outcome.ok) throw new Error(sentence(outcome.failure));
  return outcome.value;
}

const works = async (capture: Capture): Promise<void> => {
  expect(textForm(await read(capture, 'data'))).toContain('Proxy {[[Handler]]: #5, [[Target]]: #6}');
};

/** A session that does something when its n-th command is sent, and counts them. */
function tampered(
  session: ProtocolSession,
  at: number,
  tamper: (send: () => ReturnType<ProtocolSession['send']>, method: Method) => ReturnType<ProtocolSession['send']>,
): { readonly session: ProtocolSession; count(): number } {
  let count = 0;
  const send = <M extends Method>(method: M, parameters: Parameters<M>, options: Parameters0) => {
    count += 1;
    const go = () => session.send(method, parameters, options);
    return (count === at ? tamper(go, method) : go()) as ReturnType<typeof session.send<M>>;
  };
  return { session: { ...session, send }, count: () => count };
}
type Parameters0 = globalThis.Parameters<ProtocolSession['send']>[2];

async function commandsOfACapture(): Promise<number> {
  const counted = tampered(sessionOf(cdp), 0, (send) => send());
  await works(createProtocolCapture(counted.session));
  return counted.count();
}

test('the page navigates at each point of a capture', async () => {
  const commands = await commandsOfACapture();
  for (let at = 1; at <= commands; at += 2) {
    const { session } = tampered(sessionOf(cdp), at, async (send) => {
      await page.goto(`${url}#${at}`).then(() => page.reload());
      return send();
    });
    const capture = createProtocolCapture(session);
    const outcome = await ask(capture, 'data');
    if (!outcome.ok) expect([at, sentence(outcome.failure)]).toEqual([at, sentence({ kind: 'navigated' })]);
    await works(capture);
    await capture.close();
  }
});

test('the debugger is taken away at each point of a capture', async () => {
  const commands = await commandsOfACapture();
  for (let at = 1; at <= commands; at += 2) {
    const own = await page.createCDPSession();
    const { session } = tampered(sessionOf(own), at, async (send) => {
      await own.detach();
      return send();
    });
    const capture = createProtocolCapture(session);
    const outcome = await ask(capture, 'data', 2000);
    // The last command only lets go of what was read.
    expect([at, outcome.ok]).toEqual([at, at === commands]);
    if (!outcome.ok) expect(sentence(outcome.failure)).toMatch(/: .+\.$/);
    await capture.close();
    await works(createProtocolCapture(sessionOf(cdp)));
  }
});

/** The capture waits for the answers of the Debugger domain no longer than it can do without, and for none to a release. */
const isOptional = (method: string) => method.startsWith('Debugger.') || method === 'Runtime.releaseObjectGroup';

test('answers that are lost end with the deadline', async () => {
  const commands = await commandsOfACapture();
  for (let at = 1; at <= commands; at += 1) {
    let lost = '';
    const { session } = tampered(sessionOf(cdp), at, async (_, method) => {
      lost = method;
      return { ok: false, failure: { kind: 'timeout', milliseconds: 1 } };
    });
    const capture = createProtocolCapture(session);
    const outcome = await ask(capture, 'data');
    const failure = outcome.ok ? null : outcome.failure;
    expect([lost, failure]).toEqual([lost, isOptional(lost) ? null : { kind: 'timeout', milliseconds: 10_000 }]);
    await works(capture);
  }
});

test('answers that come late', async () => {
  const session = sessionOf(cdp);
  const slow: ProtocolSession = {
    ...session,
    send: async (method, parameters, options) => {
      const answer = await session.send(method, parameters, options);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return answer;
    },
  };
  await works(createProtocolCapture(slow));
});

/** A session that answers backwards: all that is under capture is answered at once, what was asked for last first. */
function backwards(session: ProtocolSession): { readonly session: ProtocolSession; readonly most: () => number } {
  let underWay = 0;
  let most = 0;
  let held: (() => void)[] = [];
  const send: ProtocolSession['send'] = async (method, parameters, options) => {
    const position = underWay;
    underWay += 1;
    const answer = await session.send(method, parameters, options);
    await new Promise<void>((resolve) => {
      held[position] = resolve;
      if (Object.keys(held).length < underWay) return;
      most = Math.max(most, underWay);
      const ready = held.toReversed();
      held = [];
      underWay = 0;
      for (const deliver of ready) deliver();
    });
    return answer;
  };
  return { session: { ...session, send }, most: () => most };
}

test('answers that come in another order', async () => {
  const roots = ['data', '[data[0], data]', 'no', '[new Proxy(data[0], {}), Promise.resolve(data[2])]'].map(
    (expression) => ({ type: 'expression', expression }) as const,
  );
  const text = async (session: ProtocolSession): Promise<string> => {
    const capture = createProtocolCapture(session);
    // Requests of one capture wait for each other, whatever comes when.
    const outcomes = await Promise.all(
      [1, 2].map(() => capture.capture(roots, defaultReadOptions, { deadline: 10_000 })),
    );
    const texts = outcomes.map((outcome) => (outcome.ok ? textForm(outcome.value) : sentence(outcome.failure)));
    await capture.close();
    return texts.join('\n');
  };
  const reordered = backwards(sessionOf(cdp));
  const expected = await text(sessionOf(cdp));
  expect(expected).toContain('[[Target]]');
  expect(await text(reordered.session)).toBe(expected);
  expect(reordered.most()).toBeGreaterThan(3);
});

test('a page that loops for ever', async () => {
  const capture = createProtocolCapture(sessionOf(cdp));
  await works(capture);
  let loops = false;
  await page.exposeFunction('looping', () => {
    loops = true;
  });
  await page.evaluate('setTimeout(() => { looping(); const end = Date.now() + 1500; while (Date.now() < end); })');
  await expect.poll(() => loops).toBe(true);
  const outcome = await ask(capture, 'data', 500);
  expect(!outcome.ok && outcome.failure.kind).toBe('timeout');
  await works(capture);
});

test('a page that crashes', async () => {
  const session = sessionOf(cdp);
  await session.send('Inspector.enable', undefined, { deadline: 1000 });
  const capture = createProtocolCapture(session);
  await works(capture);
  const crashing = ask(capture, '(() => { for (;;); })()');
  void cdp.send('Page.crash').catch(() => {});
  const outcome = await crashing;
  expect(!outcome.ok && outcome.failure.kind).toBe('crashed');
  const next = await ask(capture, 'data', 1000);
  expect(!next.ok && next.failure.kind).toBe('crashed');
  await page.goto(url);
  await works(capture);
});

test('a person cancels', async () => {
  const capture = createProtocolCapture(sessionOf(cdp));
  const controller = new AbortController();
  const asked = capture.capture([{ type: 'expression', expression: 'data' }], defaultReadOptions, {
    deadline: 5000,
    signal: controller.signal,
  });
  controller.abort();
  const outcome = await asked;
  const failure: Failure = { kind: 'aborted' };
  expect(outcome).toEqual({ ok: false, failure });
  await works(capture);
});

describe('frames and workers', () => {
  test('frames of the same origin share numbers, workers have their own', async () => {
    await page.goto('about:blank');
    await page.setContent(
      `<iframe name="inner" srcdoc="<script>inner = { mine: 1, outer: top.shared }</script>"></iframe>`,
    );
    await page.evaluate(`shared = { s: 1 };
      frames.inner.outerOfInner = shared;
      worker = new Worker(URL.createObjectURL(new Blob(['self.inWorker = { w: 1 }'])), { name: 'counting' }); 0`);
    const heaps = createHeaps(debuggerOf(cdp));
    const listed = (): readonly string[] => heaps.list.map(({ kind, name }) => `${kind} ${name}`);
    await expect.poll(listed, { timeout: 5000 }).toEqual(['page ', 'frame inner', 'worker counting']);
    const [top, inner, worker] = heaps.list;
    if (!top || !inner || !worker) throw new Error('They are not listed.');
    expect(textForm(await read(heaps.capture(top), 'shared'))).toBe('shared = #1\n#1 Object {s: 1}');
    expect(textForm(await read(heaps.capture(inner), '[outerOfInner]'))).toContain('[#1]');
    expect(textForm(await read(heaps.capture(worker), 'inWorker'))).toBe('inWorker = #1\n#1 Object {w: 1}');
    await page.evaluate('worker.terminate(); document.querySelector("iframe").remove()');
    await expect.poll(listed, { timeout: 5000 }).toEqual(['page ']);
    const gone = await ask(heaps.capture(worker), 'inWorker');
    expect(!gone.ok && gone.failure).toEqual({ kind: 'closed' });
    await heaps.close();
  });
});

test('a thousand captures of a changing page leave its heap as it was', async () => {
  const capture = createProtocolCapture(sessionOf(cdp));
  const used = async (): Promise<number> => {
    await cdp.send('HeapProfiler.collectGarbage');
    return (await cdp.send('Runtime.getHeapUsage')).usedSize;
  };
  const change = `data = Array.from({ length: 200 }, (_, i) => (i % 20 ? { i } : new Proxy({ i }, {}))); data`;
  for (let round = 0; round < 50; round += 1) await read(capture, `(() => ${change.replace(/; data$/, '')})()`);
  const before = await used();
  const ownBefore = process.memoryUsage().heapUsed;
  for (let round = 0; round < 1000; round += 1)
    await read(
      capture,
      '(() => { data = Array.from({ length: 200 }, (_, i) => (i % 20 ? { i } : new Proxy({ i }, {}))); return data; })()',
    );
  const after = await used();
  const own = process.memoryUsage().heapUsed - ownBefore;
  console.log(
    `page heap ${Math.round(before / 1024)} kB before, ${Math.round(after / 1024)} kB after; here ${Math.round(own / 1024)} kB more, before garbage collection`,
  );
  // The numbers that were given are remembered by position: some bytes each.
  expect(after - before).toBeLessThan(8_000_000);
  await capture.close();
  const closed = await used();
  console.log(`${Math.round(closed / 1024)} kB after it was closed`);
  expect(closed).toBeLessThan(before + 500_000);
});
