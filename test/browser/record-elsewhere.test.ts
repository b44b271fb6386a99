/** Recordings of code that is not what the person wrote, or not in the page itself, in real DevTools. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../scripts/lib/serve.mjs';
import { MemoryGraphPage } from './memory-graph-page.ts';
import { recordView } from './record-view.ts';

const tab = new MemoryGraphPage();
const view = recordView(tab);
let folder: string;
let pages: Awaited<ReturnType<typeof serve>>;

const source = `
function insertSorted(values, wanted) {
  let position = values.length;
  while (position > 0 && values[position - 1] > wanted) position--;
  values.splice(position, 0, wanted);
  return values;
}
globalThis.start = () => [3, 1, 2].reduce(insertSorted, []);
`;
const worker = `
function double(list) {
  const made = [];
  for (const one of list) made.push(one * 2);
  return made;
}
onmessage = ({ data }) => postMessage(double(data));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memory-graph-'));
  const build = await rolldown({
    input: '/src/main.js',
    plugins: [{ name: 'files', resolveId: (id) => id, load: (id) => (id === '/src/main.js' ? source : null) }],
  });
  await build.write({
    dir: folder,
    entryFileNames: 'bundle.js',
    format: 'iife',
    sourcemap: true,
    minify: { compress: false, mangle: { toplevel: true }, codegen: true },
  });
  await writeFile(join(folder, 'worker.js'), worker);
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><title>elsewhere</title><script src="bundle.js"></script><script>
      const worker = new Worker('worker.js');
      worker.onmessage = ({ data }) => { document.title = data.join(); };
      function ask() { worker.postMessage([1, 2, 3]); }
      const many = { a() {}, b() {}, c() {}, d() {}, e() {} };
    </script>`,
  );
  pages = await serve(folder);
  await tab.open({ url: `${pages.url}index.html` });
});
afterAll(async () => {
  await tab.close();
  await pages.close();
  await rm(folder, { recursive: true });
});

test('with a source map, lines, functions and variables are those that were written', async () => {
  await view.form();
  await view.choose('This file');
  await tab.select('[aria-label="This file"]', 'bundle.js');
  await view.start();
  await tab.page.evaluate('start()');
  await view.end();
  const { calls, steps } = await view.recording();
  expect(calls.map((call) => call.function).slice(1)).toEqual(['insertSorted', 'insertSorted', 'insertSorted']);
  expect(steps[2]?.script).toMatch(/main\.js$/);
  expect(new Set(steps.map(({ line }) => line)).has(4)).toBe(true);
  await tab.click('[aria-label^="Last step"]');
  await tab.until("document.querySelector('.record-code').textContent.includes('let position = values.length;')");
  const variables = (await view.moments()).flatMap(({ objects }) =>
    objects
      .filter(({ kind }) => kind === 'scope')
      .flatMap(({ parts }) =>
        parts.flatMap((part) => (part.type === 'property' && part.key.type === 'name' ? [part.key.name.head] : [])),
      ),
  );
  expect([...new Set(variables)].sort()).toEqual(expect.arrayContaining(['position', 'values', 'wanted']));
});

test('a worker is recorded by itself', async () => {
  await view.form();
  await tab.until("document.querySelectorAll('.record-form .choice option').length === 2");
  await tab.panel.evaluate(() => {
    const select = document.querySelector('.record-form .choice select');
    const [, worker] = document.querySelectorAll('.record-form .choice option');
    if (!(select instanceof HTMLSelectElement) || !(worker instanceof HTMLOptionElement)) throw new Error('No choice.');
    select.value = worker.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await tab.until("[...document.querySelectorAll('datalist option')].some(({ value }) => value === 'double')");
  await tab.fill('Name of a function', 'double');
  await view.start();
  await tab.page.evaluate('ask()');
  await view.end();
  await tab.page.waitForFunction("document.title === '2,4,6'", { polling: 20 });
  const { calls } = await view.recording();
  expect(calls).toMatchObject([{ function: 'double', end: 'returned' }]);
  expect(calls[0]?.arguments[0]).toMatch(/^\[3\] #\d+$/);
});
