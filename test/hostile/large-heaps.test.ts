/**
 * What an exact capture asks in real Chromium, in small heaps and in large ones: a page must not stand still for long for
 * one question, and a capture that is given up must leave it free at once.
 */
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import type { Capture } from '../../src/capture/capture.ts';
import type { Method, ProtocolSession } from '../../src/capture/protocol.ts';
import { createProtocolCapture } from '../../src/capture/protocol-capture.ts';
import { defaultView, type View } from '../../src/snapshot/snapshot.ts';
import { sessionOf } from './protocol.ts';

let browser: Browser;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
  browser = await puppeteer.launch({ executablePath, headless: true, pipe: true, args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto('data:text/html,<title>A page of its own</title>');
  cdp = await page.createCDPSession();
});
afterEach(() => page.close());

const patience = 100_000;
/** Everything, however long it takes. */
const whole: View = {
  ...defaultView,
  slices: { begin: 1e9, middle: 0, end: 0 },
  depth: 1e9,
  objects: 1e9,
  time: patience,
};

interface Question {
  readonly method: Method;
  /** Objects in the answer, if it is a list that V8 looked through. */
  readonly objects: number;
}

/** A session that tells what was asked, when the answer is there. */
function told(session: ProtocolSession, tell: (question: Question) => void): ProtocolSession {
  const send: ProtocolSession['send'] = async (method, parameters, options) => {
    const outcome = await session.send(method, parameters, options);
    const value: unknown = outcome.ok ? outcome.value : null;
    tell({ method, objects: listedIn(value) });
    return outcome;
  };
  return { ...session, send };
}

function listedIn(answer: unknown): number {
  const result: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'result') : null;
  const deep: unknown =
    typeof result === 'object' && result !== null ? Reflect.get(result, 'deepSerializedValue') : null;
  const list: unknown = typeof deep === 'object' && deep !== null ? Reflect.get(deep, 'value') : null;
  return Array.isArray(list) ? list.length : 0;
}

async function read(capture: Capture, expression: string): Promise<number> {
  const outcome = await capture.capture([{ type: 'expression', expression }], whole, { deadline: patience });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  expect(outcome.value.cuts.size).toBe(0);
  return outcome.value.objects.size;
}

const fill = (objects: number) =>
  page.evaluate(`globalThis.filling = Array.from({ length: ${objects} }, (_, i) => ({ i, next: null })); 0`);

describe('a long list costs a question a node, or one for all objects of the heap', () => {
  test.each([
    { list: 20, heap: 0, all: 0 },
    { list: 2000, heap: 0, all: 1 },
    { list: 20, heap: 1_000_000, all: 0 },
    { list: 3000, heap: 1_000_000, all: 0 },
  ])('$list nodes beside $heap objects: asked for all $all times', async ({ list, heap, all }) => {
    await fill(heap);
    await page.evaluate(`globalThis.list = null; for (let i = 0; i < ${list}; i += 1) list = { next: list }; 0`);
    const questions: Question[] = [];
    const capture = createProtocolCapture(told(sessionOf(cdp), (question) => questions.push(question)));
    expect(await read(capture, 'list')).toBe(list);
    expect(questions.filter(({ method }) => method === 'Runtime.queryObjects')).toHaveLength(all);
    if (all > 0) expect(questions.length).toBeLessThan(list);
    await capture.close();
  });
});

describe('in a large heap', () => {
  beforeEach(() => fill(400_000));

  test('many objects are asked about in pieces, and those that are known are read in pieces', async () => {
    const questions: Question[] = [];
    const capture = createProtocolCapture(told(sessionOf(cdp), (question) => questions.push(question)));
    expect(await read(capture, 'filling')).toBe(400_001);
    expect(Math.max(...questions.map(({ objects }) => objects))).toBe(20_001);
    questions.length = 0;
    expect(await read(capture, 'filling')).toBe(400_001);
    const steps = questions.filter(({ method }) => method === 'Runtime.callFunctionOn');
    expect(steps.length).toBeGreaterThan(1);
    await capture.close();
  });

  test('a capture that is given up leaves the page free, and the next one works at once', async () => {
    const abort = new AbortController();
    const capture = createProtocolCapture(
      told(sessionOf(cdp), ({ objects }) => {
        if (objects > 20_000) abort.abort();
      }),
    );
    const roots = [{ type: 'expression', expression: 'filling' }] as const;
    const given = await capture.capture(roots, whole, { deadline: patience, signal: abort.signal });
    expect(given).toEqual({ ok: false, failure: { kind: 'aborted' } });
    const answer = page.evaluate('({}).toString()').then(() => 'the page');
    const next = read(capture, '[1]').then((objects) => objects);
    expect(await Promise.all([answer, next])).toEqual(['the page', 1]);
    await capture.close();
  });
});
