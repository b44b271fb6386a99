/** A paused WebAssembly function in real DevTools: its variables, its stack and its position. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
// Also after a failure, because a page that stands still answers no second try.
afterEach(() => stack.resumeAll());

/** `f(i32, i64, f32, f64, externref, funcref) → i32` adds 1 to its first parameter. */
const module = `(() => {
  const section = (id, content) => [id, content.length, ...content];
  const type = [0x60, 6, 0x7f, 0x7e, 0x7d, 0x7c, 0x6f, 0x70, 1, 0x7f];
  const body = [0, 0x20, 0, 0x41, 1, 0x6a, 0x0b];
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, [1, ...type]), ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0, 0]), ...section(10, [1, body.length, ...body])];
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
})()`;

/** `g()` sets a variable of the type v128, and has it on the stack. */
const vectors = `(() => {
  const section = (id, content) => [id, content.length, ...content];
  const lanes = [1, 2, 3, 4, 0x78, 0x56, 0x34, 0x12, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x80];
  const body = [1, 1, 0x7b, 0xfd, 0x0c, ...lanes, 0x21, 0, 1, 0x20, 0, 1, 0x1a, 1, 0x0b];
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, [1, 0x60, 0, 0]), ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x67, 0, 0]), ...section(10, [1, body.length, ...body])];
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
})()`;

test('a vector is a value, as the text format writes it, and no object of its own', async () => {
  const script = `(function call() { const { g } = ${vectors}.exports; debugger; g(); })()`;
  await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
  const inside = async () => stack.frame((await stack.frameLabels()).length - 1);
  await stack.press('F11');
  await stack.press('F11');
  const zero = 'i32x4 0x00000000 0x00000000 0x00000000 0x00000000';
  expect(await inside()).toEqual({ $var0: zero });
  const vector = 'i32x4 0x04030201 0x12345678 0xFFFFFFFF 0x80000000';
  const seen: Record<string, string>[] = [];
  for (let steps = 0; steps < 6; steps += 1) {
    await stack.press('F10');
    seen.push(await inside());
    const { marks } = await stack.state();
    // V8 makes another list for it at each pause.
    if ('$var0' in (seen[steps] ?? {})) expect(marks?.counts).toMatchObject({ new: 0, gone: 0 });
  }
  expect(seen).toContainEqual({ $var0: zero, 0: vector });
  expect(seen).toContainEqual({ $var0: vector });
  expect(seen).toContainEqual({ $var0: vector, 0: vector });
});

test('values of every type are values, the stack is there, and a step marks what it changes', async () => {
  const script = `(function call() {
    const { f } = ${module}.exports;
    const shared = { a: 1 };
    debugger;
    f(20, 5n, 1.5, -0, shared, f);
  })()`;
  await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
  const { shared, f } = await stack.frame(await stack.frameOf('call'));
  await stack.press('F11');
  await stack.press('F11');
  const inside = async () => stack.frame((await stack.frameLabels()).length - 1);
  expect(await inside()).toEqual({
    $var0: '20',
    $var1: 'bigint',
    $var2: '1.5',
    $var3: '0',
    $var4: shared,
    $var5: f,
  });
  const objects = [...(await stack.objects()).values()];
  expect(objects.filter(({ className }) => className === null)).toEqual([]);
  await stack.press('F10');
  await stack.press('F10');
  expect(await inside()).toMatchObject({ 0: '20', 1: '1', $var0: '20' });
  const { marks, picture } = await stack.state();
  const box = picture?.diagram.boxes.find(
    ({ key }) => key === `o${-1 - (picture?.diagram.boxes[0]?.lines.length ?? 0)}`,
  );
  expect(box?.rows.flat().map((cell) => cell?.text)).toEqual(
    expect.arrayContaining(['stack[0]', 'stack[1]', 'module (3)']),
  );
  expect(marks?.counts).toMatchObject({ new: 0, gone: 0 });
  expect(await tab.panel.evaluate(() => document.body.textContent)).toMatch(/:0x[0-9a-f]+ /);
});
