/** What the panel's states say to assistive technology, checked by axe in real DevTools, in both themes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html', width: 700 });
  await tools.panel.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
});
afterAll(() => tools.close());

async function clear(): Promise<void> {
  for (const button of await tools.panel.$$('.pinned button')) await button.click();
}

/** Rule and place of each violation. */
async function violations(): Promise<readonly string[]> {
  // A tool's panel is no page of its own: it begins with its tools, not with a heading.
  const options = '{ resultTypes: ["violations"], rules: { "page-has-heading-one": { enabled: false } } }';
  const results = (await tools.panel.evaluate(`axe.run(document, ${options})`)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  beforeAll(() => tools.setTheme(theme));

  test('the first screen', async () => {
    await clear();
    expect(await violations()).toEqual([]);
  });
  test('a picture with pinned expressions', async () => {
    await tools.panel.evaluate(() => memoryGraph.draw('[1, [2]]', '({ a: [3] })'));
    expect(await violations()).toEqual([]);
  });
  test('a selected box, and its menu', async () => {
    await tools.panel.evaluate(() => memoryGraph.draw('({ a: [1, [2]] })'));
    await tools.panel.focus('.canvas');
    await tools.devtools.keyboard.press('ArrowDown');
    expect(await tools.panel.$eval('.canvas', (canvas) => canvas.getAttribute('aria-activedescendant'))).not.toBeNull();
    expect(await violations()).toEqual([]);
    await tools.devtools.keyboard.press('Enter');
    await tools.panel.waitForSelector('[role="menu"]');
    expect(await violations()).toEqual([]);
    await tools.devtools.keyboard.press('Escape');
  });
  test('an error', async () => {
    await tools.panel.evaluate(() => memoryGraph.draw('nowhere').catch(() => {}));
    expect(await tools.panel.$('.notice.error')).not.toBeNull();
    expect(await violations()).toEqual([]);
  });
  test('the settings', async () => {
    await tools.panel.click('[aria-label^="Settings"]');
    expect(await violations()).toEqual([]);
    await tools.panel.click('[aria-label^="Settings"]');
  });
  test('the stack, before the debugger is attached', async () => {
    await tools.panel.click('::-p-text(Stack)');
    expect(await violations()).toEqual([]);
    await tools.panel.click('::-p-text(Expression)');
  });
});
