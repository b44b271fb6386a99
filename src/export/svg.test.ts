import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { buildDiagram } from '../diagram/build.ts';
import { layoutInProcess } from '../layout/in-process.ts';
import { tableMeasure } from '../layout/measure.ts';
import type { Placed } from '../layout/placed.ts';
import { openPage } from '../page/page.test-helper.ts';
import { toSvg } from './svg.ts';

async function place(expression: string): Promise<Placed> {
  const outcome = await layoutInProcess(buildDiagram(openPage().capture([expression])), tableMeasure);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.placed;
}

const hostile = String.raw`({
  '<img src=x onerror=alert(1)>': '</text><script>alert(1)</script>',
  '&amp;': ']]>&#0;"\'',
  '\u0000\u001b\ufffe\uffff': '\ud800\udfff x \udc00',
  'javascript:alert(1)': '\u202e\u2028',
  '__proto__ ': new (class extends Map { static name = '<b>' })([[{}, '🙂'.repeat(200)]]),
  long: 'x'.repeat(100000),
})`;

/** Names of the elements in a text that is well-formed XML; throws where it is not. */
function elements(xml: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  const token = /<\?xml[^>]*\?>|<\/([\w:-]+)>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|[^<]+/gy;
  let read = 0;
  for (let match = token.exec(xml); match !== null; match = token.exec(xml)) {
    const [text, closed, opened, , selfClosed] = match;
    read += text.length;
    if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(text)) throw new Error(`A raw & in ${text}`);
    if (opened !== undefined) {
      names.push(opened);
      if (selfClosed === '') open.push(opened);
    } else if (closed !== undefined && open.pop() !== closed) throw new Error(`${closed} closes nothing.`);
  }
  if (read !== xml.length || open.length > 0) throw new Error(`It breaks at ${xml.slice(read, read + 40)}`);
  return names;
}

test('the file stands alone and is well-formed, whatever the page holds', async () => {
  const svg = toSvg(await place(hostile), 'light');
  expect(new Set(elements(svg))).toEqual(new Set(['svg', 'style', 'rect', 'g', 'text', 'title', 'path']));
  expect(await validateXML({ xml: svg, normalization: 'c14n' })).toMatchObject({ valid: true, errors: [] });
  expect(svg).not.toMatch(/\p{Cs}/u);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(svg).not.toMatch(/\s(on\w+|href|src)="/);
});

test('boxes, references and hints are in it', async () => {
  const svg = toSvg(await place('[[1], [2], "a".repeat(100)]'), 'light');
  expect(svg.match(/data-box="o\d"/g)).toEqual(['data-box="o1"', 'data-box="o2"', 'data-box="o3"']);
  expect(svg.match(/data-reference="[^"]*"/g)).toEqual(['data-reference="o1:0"', 'data-reference="o1:1"']);
  expect(svg).toContain(`<title>&quot;${'a'.repeat(100)}&quot;\n100 characters</title>`);
});

test('no text can be wider than it was measured, whatever font is there', async () => {
  const svg = toSvg(await place('["some text"]'), 'light');
  const texts = svg.match(/<text[^>]*>/g) ?? [];
  expect(texts).toHaveLength(3);
  for (const text of texts) expect(text).toMatch(/ textLength="\d+"/);
});

test('the background is the theme, or none', async () => {
  const placed = await place('[1]');
  expect(toSvg(placed, 'dark')).toContain('fill="#1d1d1d"');
  expect(toSvg(placed, 'dark', { background: 'none' })).not.toContain('fill="#1d1d1d"');
});

test('a picture without boxes is still a picture', async () => {
  const outcome = await layoutInProcess({ boxes: [], references: [], direction: 'down' }, tableMeasure);
  expect(outcome.ok && elements(toSvg(outcome.placed, 'light')).slice(0, 2)).toEqual(['svg', 'style']);
});

test('a file says what it shows, and that it is a part', async () => {
  const placed = await place('[1]');
  const about = { title: 'Graph of a & b', description: 'Read at noon.', note: '2 objects not loaded' };
  const part = toSvg(placed, 'light', { about });
  expect(part).toContain('<title>Graph of a &amp; b</title><desc>Read at noon.</desc>');
  expect(part).toMatch(/<text class="mg-title"[^>]*>2 objects not loaded<\/text>/);
  const height = (svg: string): number => Number(/ height="([\d.]+)"/.exec(svg)?.[1]);
  const whole = toSvg(placed, 'light', { about: { ...about, note: null } });
  expect(height(part)).toBeGreaterThan(height(whole));
  expect(height(whole)).toBe(height(toSvg(placed, 'light')));
});
