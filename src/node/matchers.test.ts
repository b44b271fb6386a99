/** What two values share, as `sharing` answers it and as the matchers of three test runners judge it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as jestExpect } from 'expect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchers, toShareNothingWith, toShareOnly } from './matchers.ts';
import { sharing } from './sharing.ts';

declare module 'vitest' {
  interface Matchers<T> {
    toShareNothingWith(other: unknown): Promise<T>;
    toShareOnly(other: unknown, allowed: readonly unknown[]): Promise<T>;
  }
}
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    toShareNothingWith(other: unknown): R;
    toShareOnly(other: unknown, allowed: readonly unknown[]): R;
  }
}

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-matchers-'));
beforeAll(() => {
  process.chdir(folder);
  expect.extend(matchers);
  jestExpect.extend(matchers);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

class Account {
  #owner: object;
  constructor(owner: object) {
    this.#owner = owner;
  }
  get owner() {
    throw new Error(`A getter ran for ${String(this.#owner)}.`);
  }
}

const owner = { name: 'Ada' };
const config = { retries: 3, hosts: ['a', 'b'] };
const paths = async (...values: Parameters<typeof sharing>) =>
  (await sharing(...values)).objects.map(({ type, paths: [a, b] }) => `${type}: ${a} = ${b}`);

describe('sharing', () => {
  test.each<[name: string, a: unknown, b: unknown, expected: readonly string[]]>([
    ['a deep copy', config, structuredClone(config), []],
    ['a shallow copy', config, { ...config }, ['Array: a.hosts = b.hosts']],
    ['private fields', new Account(owner), [new Account(owner)], ['Object: a.#owner = b[0].#owner']],
    ['a proxy', config.hosts, new Proxy(config.hosts, {}), ['Array: a = b.[[Target]]']],
    ['what a promise holds', Promise.resolve(owner), { owner }, ['Object: a.[[PromiseResult]] = b.owner']],
    ['primitives', 'text', 'text', []],
    ['functions', { run: paths }, { run: paths }, []],
  ])('%s', async (_, a, b, expected) => {
    expect(await paths(a, b)).toEqual(expected);
  });
  test('all objects are counted, those at which it begins are listed', async () => {
    const deep = { list: [{}, {}, [{}]] };
    expect(await sharing({ x: deep }, [deep])).toEqual({
      count: 6,
      objects: [{ type: 'Object', paths: ['a.x', 'b[0]'] }],
    });
  });
  test('functions on request, and without what is allowed', async () => {
    const run = () => {};
    const values = [
      { run, config, owner },
      { run, config, owner },
    ] as const;
    expect(await paths(...values, { functions: true, except: [config] })).toEqual([
      'ƒ run: a.run = b.run',
      'Object: a.owner = b.owner',
    ]);
  });
});

const failing = [
  'Expected the two values to share nothing, but they share 1 object:',
  '  received.hosts is other.hosts: Array',
].join('\n');

describe.each([
  ['Vitest', expect],
  ['Jest', jestExpect as unknown as typeof expect],
])('matchers of %s', (runner, expecting) => {
  test('pass where nothing is shared, or only what is allowed', async () => {
    await expecting(structuredClone(config)).toShareNothingWith(config);
    await expecting({ ...config }).not.toShareNothingWith(config);
    await expecting({ ...config }).toShareOnly(config, [config.hosts]);
  });
  test('fail with the paths of both sides, and leave a picture', async () => {
    const thrown = await expecting({ ...config })
      .toShareNothingWith(config)
      .then(String, String);
    expect(thrown).toContain(failing);
    const file = /memory-graph-results\S+\.svg/.exec(thrown)?.[0] ?? '';
    if (runner === 'Vitest') expect(file).toContain('leave-a-picture');
    expect(readFileSync(file, 'utf8')).toMatch(/^<\?xml.*hosts.*<\/svg>\n$/s);
  });
  test('what is allowed covers what it leads to, and nothing else', async () => {
    const thrown = await expecting({ config, owner }).toShareOnly({ config, owner }, [config]).then(String, String);
    expect(thrown).toContain('received.owner is other.owner: Object');
    expect(thrown).not.toContain('hosts');
  });
});

test('assertions of node:test reject with an AssertionError', async () => {
  await toShareNothingWith([], []);
  await toShareOnly({ config }, { config }, [config]);
  await expect(toShareNothingWith({ ...config }, config)).rejects.toMatchObject({
    name: 'AssertionError',
    message: expect.stringContaining(failing),
  });
});
