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

/** `g()` has a struct that has another one in a field, an array and an i31 in variables and on the stack. */
const managed = `(() => {
  const section = (id, content) => [id, content.length, ...content];
  const types = [0x5f, 3, 0x7f, 1, 0x7e, 1, 0x6e, 1, 0x5e, 0x7f, 1, 0x60, 0, 0];
  const locals = [4, 1, 0x63, 0, 1, 0x63, 1, 1, 0x6c, 1, 0x6e];
  const code = [0x41, 1, 0x42, 2, 0x41, 6, 0xfb, 28, 0xfb, 0, 0, 0x21, 3, 0x41, 7, 0x42, 9, 0x20, 3, 0xfb, 0, 0, 0x21, 0,
    0x41, 5, 0x41, 10, 0xfb, 6, 1, 0x21, 1, 0x41, 42, 0xfb, 28, 0x21, 2,
    0x20, 0, 0x20, 1, 0x20, 2, 1, 0x1a, 0x1a, 0x1a, 0x0b];
  const body = [...locals, ...code];
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, [3, ...types]), ...section(3, [1, 2]),
    ...section(7, [1, 1, 0x67, 0, 0]), ...section(10, [1, body.length, ...body])];
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
})()`;

test('structs and arrays are values, too, of which a step marks none', async () => {
  const script = `(function call() { const { g } = ${managed}.exports; debugger; g(); })()`;
  await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
  const inside = async () => stack.frame((await stack.frameLabels()).length - 1);
  await stack.press('F11');
  await stack.press('F11');
  expect(await inside()).toEqual({ $var0: 'null', $var1: 'null', $var2: 'null', $var3: 'null' });
  // The last instructions have all of them in variables, and three on the stack.
  const isThere = async () => {
    const frame = await inside();
    return '2' in frame && frame.$var2 !== 'null';
  };
  for (let steps = 0; steps < 25 && !(await isThere()); steps += 1) await stack.press('F10');
  const inner = '{$field0: 1, $field1: 2, $field2: 6}';
  const struct = `{$field0: 7, $field1: 9, $field2: ${inner}}`;
  const array = '[5, 5, 5, 5, 5, 5, 5, 5, … 2 more]';
  const all = { $var0: struct, $var1: array, $var2: '42', $var3: inner };
  expect(await inside()).toEqual({ 0: struct, 1: array, 2: '42', ...all });
  expect([...(await stack.objects()).values()].filter(({ className }) => className === null)).toEqual([]);
  await stack.press('F10');
  await stack.press('F10');
  expect(await inside()).toMatchObject(all);
  expect((await stack.state()).marks?.counts).toMatchObject({ new: 0, gone: 0 });
});

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
