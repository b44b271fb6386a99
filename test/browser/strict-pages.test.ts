/**
 * What the Console takes, the expression field takes: on a plain page and on one with the strictest Content Security Policy and
 * Trusted Types, with and without the debugger, in real DevTools.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let server: Server;
const policy =
  "default-src 'none'; script-src 'none'; sandbox allow-same-origin allow-scripts; require-trusted-types-for 'script'; trusted-types 'none'";

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    if (request.url === '/strict') response.setHeader('content-security-policy', policy);
    response.end('<!doctype html><title>page</title><ul><li>one<li>two</ul>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server?.close());

const open = async (path: string, attached: boolean) => {
  const { port } = server.address() as AddressInfo;
  await tab.setDebugger(attached);
  await tab.goTo(`http://127.0.0.1:${port}${path}`);
  await tab.page.evaluate(() => {
    Object.assign(globalThis, { data: { a: [1, 2], list: [{ n: 3 }] }, x: 1 });
  });
};

/** The value that was drawn: a primitive, or the name of the object's class. */
const drawn = () =>
  tab.panel.evaluate(() => {
    const { roots, objects } = memoryGraph.snapshot();
    const result = roots[0]?.result;
    if (!result?.ok) return 'failed';
    const { value } = result;
    if (value.type === 'reference') {
      const object = objects.find(({ id }) => id === value.id);
      return object?.className?.head ?? object?.kind ?? '';
    }
    return 'value' in value ? String(value.value) : value.type;
  });

describe.each([
  ['/plain', false],
  ['/plain', true],
  ['/strict', false],
  ['/strict', true],
] as const)('%s, with the debugger: %s', (path, attached) => {
  test('all that was refused once is drawn', async () => {
    await open(path, attached);
    const texts: readonly (readonly [text: string, value: string])[] = [
      ...(path === '/plain' ? ([["await fetch('/x')", 'Response']] as const) : []),
      ['await Promise.resolve([1])', 'Array'],
      ['let z = 3', 'undefined'],
      ['z', '3'],
      ['var q = 1', 'undefined'],
      ['1; 2', '2'],
      ['"use strict"; x', '1'],
      ['x = 1 // why', '1'],
      ['const {a} = data; a', 'Array'],
      ['class A {}', 'undefined'],
      ['new A', 'A'],
      ['for (const one of data.list) one.n * 2', '6'],
      ['data.missing?.b', 'undefined'],
      ["$$('li')", 'Array'],
      ["$x('//li')", 'Array'],
      ['keys(data)', 'Array'],
      ['copy(data)', 'undefined'],
    ];
    for (const [text, value] of texts) {
      expect(await tab.tryToDraw(text), text).toBeNull();
      expect([text, await drawn()]).toEqual([text, value]);
    }
    await tab.frontEnd.selectElement('li');
    expect(await tab.tryToDraw('$0')).toBeNull();
    expect(await drawn()).toBe('HTMLLIElement');
    expect(await tab.tryToDraw('$0.parentNode')).toBeNull();
    expect(await drawn()).toBe('HTMLUListElement');
    // The last five, the latest first.
    for (const selector of ['body', 'html', 'head', 'title', 'ul']) await tab.frontEnd.selectElement(selector);
    for (const [number, name] of ['UList', 'Title', 'Head', 'Html', 'Body'].entries()) {
      expect(await tab.tryToDraw(`$${number}`)).toBeNull();
      expect(await drawn()).toBe(`HTML${name}Element`);
    }
    expect(await tab.count('[$0, $4]')).toBe('3 / 2 / 0');
    expect(await tab.tryToDraw('$5')).toContain('$5 is not defined');
    expect(await tab.tryToDraw('inspect($$("li")[1])')).toBeNull();
    await tab.frontEnd.enter('data.list');
    expect(await tab.tryToDraw('$_')).toBeNull();
    expect(await drawn()).toBe('Array');
    // What is missing is said as the Console says it.
    expect(await tab.tryToDraw('missing?.b')).toContain('missing is not defined');
  });

  test('a name that is declared can be declared again as in the Console, or V8 says why not', async () => {
    const again = await tab.tryToDraw('let z = 4; z');
    if (attached) expect([again, await drawn()]).toEqual([null, '4']);
    else expect(again).toContain("Identifier 'z' has already been declared");
  });
});
