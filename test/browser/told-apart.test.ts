/** What looks alike and is not, and what must not be touched, in the panel of real DevTools. */
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let home = '';
beforeEach(async () => {
  home ||= tab.page.url();
  await tab.goTo(home);
  await tab.show('expression');
});

const titles = async (): Promise<readonly string[]> => (await tab.diagram()).boxes.map(({ title }) => title);
const hints = async (): Promise<readonly (string | undefined)[]> =>
  (await tab.diagram()).boxes.map(({ hint }) => hint).filter((hint) => hint !== undefined);
describe('two classes of one name', () => {
  const twice = `globalThis.tokens = [1, 2].map(() => new ((0, eval)('(class Token { a = [1] })'))()); 0`;

  test('have different titles and places, with the debugger', async () => {
    await tab.page.evaluate(twice);
    await tab.setDebugger(true);
    await tab.draw('tokens');
    expect((await titles()).filter((title) => title.startsWith('Token'))).toEqual([
      expect.stringMatching(/^Token( #\d+)?$/),
      expect.stringMatching(/^Token²/),
    ]);
    expect(await hints()).toEqual([
      expect.stringMatching(/^One of several classes named Token, defined at .*1:2$/),
      expect.stringMatching(/^One of several classes named Token, defined at .*1:2$/),
    ]);
    await tab.setDebugger(false);
  });

  test('keep their titles without it, where the hint says what is missing', async () => {
    await tab.page.evaluate(twice);
    await tab.draw('tokens');
    expect((await titles()).filter((title) => title.startsWith('Token²'))).toHaveLength(1);
    expect((await hints())[0]).toContain('Attach the debugger');
    await tab.draw('[tokens[1]]');
    expect((await titles()).some((title) => title.startsWith('Token²'))).toBe(false);
  });
});

describe.each([false, true])('document.open() keeps the graph and the numbers, debugger: %s', (on) => {
  test.each([
    ['open, write, close', 'document.open(); document.write("<p>new"); document.close(); 0'],
    ['write after loading', 'document.write("<p>new"); document.close(); 0'],
    [
      'open by a frame',
      'document.body.append(document.createElement("iframe")); frames[0].eval("const above = parent.document; above.open(); above.close()"); 0',
    ],
  ])('%s', async (_, script) => {
    await tab.page.evaluate('globalThis.kept = { a: [1] }; 0');
    await tab.setDebugger(on);
    await tab.draw('kept');
    const { objects } = await tab.snapshot();
    await tab.page.evaluate(script);
    await tab.draw('[kept]');
    await tab.draw('kept');
    expect((await tab.snapshot()).objects).toEqual(objects);
    expect(await tab.message()).toBe(null);
    await tab.setDebugger(false);
  });
});
