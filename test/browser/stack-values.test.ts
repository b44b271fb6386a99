/** What the frames of a paused page hold, in real DevTools: `null`, `this`, what is thrown and returned. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

/** Runs a script of the page that pauses. */
const pauseIn = (script: string) =>
  stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));

const innermost = async () => stack.frame((await stack.frameLabels()).length - 1);

async function reason(): Promise<string | undefined> {
  return (await stack.state()).pauses.at(-1)?.reason;
}

describe('null', () => {
  test('as `this`, a local, a parameter and a closed-over variable', async () => {
    await pauseIn(`(() => {
      const outer = null;
      return function f(given) { 'use strict'; const own = null; outer; debugger; };
    })().call(null, null)`);
    expect(await innermost()).toMatchObject({ this: 'null', given: 'null', own: 'null', outer: 'null' });
  });

  test('as a return value', async () => {
    await pauseIn('(() => { const find = () => null; debugger; find(); })()');
    await stack.press('F11');
    await stack.press('F11');
    await stack.press('F10');
    expect(await innermost()).toMatchObject({ 'return value': 'null' });
  });

  test('inside of what only the debugger sees: a promise, a bound function, a private field', async () => {
    await pauseIn(`(() => {
      class Box { #content = null; }
      const all = [Promise.resolve(null), (function () {}).bind(null, null), new Box(), new Proxy({ a: null }, {})];
      debugger;
    })()`);
    const parts = [...(await stack.objects()).values()].flatMap(({ parts }) =>
      parts.flatMap((part) =>
        part.type === 'property' && (part.key.type === 'internal' || part.key.type === 'private') ? [part] : [],
      ),
    );
    const byName = Object.fromEntries(
      parts.map(({ key, value }) => [key.type === 'internal' ? key.name : 'private', value.type]),
    );
    expect(byName).toMatchObject({ '[[PromiseResult]]': 'unreadable', private: 'null' });
  });
});

describe('a text of millions of characters', () => {
  const innermostValue = async (name: string) => {
    const line = (await stack.frameLabels()).length - 1;
    return (await stack.objects())
      .get(-2 - line)
      ?.parts.flatMap((part) =>
        part.type === 'property' && part.key.type === 'name' && part.key.name.head === name ? [part.value] : [],
      )[0];
  };
  const text = { type: 'string', text: { length: 3_000_000 } };
  const unread = { type: 'unreadable', reason: expect.stringContaining('a text of 3,000,000 characters') };

  test('as a parameter and as `this`', async () => {
    await pauseIn(`(function f(given) { 'use strict'; debugger; }).call('x'.repeat(3e6), 'y'.repeat(3e6))`);
    expect(await innermostValue('given')).toMatchObject(text);
    expect(await innermostValue('this')).toMatchObject(text);
  });

  test('as a return value, which is not sent back to the page', async () => {
    await pauseIn(`(() => { const find = () => 'x'.repeat(3e6); debugger; find(); })()`);
    await stack.press('F11');
    await stack.press('F11');
    await stack.press('F10');
    expect(await innermostValue('return value')).toMatchObject(unread);
  });

  test('as what is thrown', async () => {
    await tab.frontEnd.set('pause-on-caught-exception', true);
    try {
      await pauseIn(`try { (() => { throw 'x'.repeat(3e6); })(); } catch {}`);
      expect(await reason()).toBe(`threw "${'x'.repeat(100)}…"`);
      expect(await innermostValue('exception')).toMatchObject(unread);
    } finally {
      await tab.frontEnd.set('pause-on-caught-exception', false);
    }
  });
});

test.each([
  ['null', 'threw null', 'null'],
  ['undefined', 'threw undefined', 'undefined'],
  [`'a text'`, 'threw "a text"', 'a text'],
  ['42', 'threw 42', '42'],
  ['12n', 'threw 12n', 'bigint'],
  [`Symbol('s')`, 'threw Symbol(s)', 'symbol'],
  [`new RangeError('too far')`, 'RangeError: too far', expect.stringMatching(/^#/)],
  ['{ code: 1 }', 'Object', expect.stringMatching(/^#/)],
])('what is thrown is named: %s', async (thrown, words, value) => {
  await tab.frontEnd.set('pause-on-caught-exception', false);
  await tab.frontEnd.set('pause-on-caught-exception', true);
  try {
    await pauseIn(`try { (() => { throw ${thrown}; })(); } catch {}`);
    expect(await reason()).toBe(words);
    expect(await innermost()).toMatchObject({ exception: value });
  } finally {
    await tab.frontEnd.set('pause-on-caught-exception', false);
  }
});

describe('`this` of a constructor whose `this` something else uses, too', () => {
  const kinds = [
    ['an arrow function', 'this.own = () => this;'],
    ['an eval', `eval('1');`],
    ['an arrow function in an arrow function', 'this.own = () => () => this;'],
    ['a default of a parameter', '((a = () => this) => a)();'],
  ] as const;

  test.each(kinds)('%s', async (_name, use) => {
    await pauseIn(`(() => {
      class Base {}
      class Derived extends Base { constructor() { super(); ${use} debugger; } }
      const made = new Derived();
      debugger;
    })()`);
    const { this: receiver } = await innermost();
    expect(receiver).toMatch(/^#/);
    await stack.press('F8');
    expect((await innermost()).made).toBe(receiver);
  });

  test.each(kinds)('not yet before super(): %s', async (_name, use) => {
    await pauseIn(`(() => {
      class Base {}
      class Derived extends Base { constructor() { debugger; super(); ${use} } }
      new Derived();
    })()`);
    expect(await innermost()).toMatchObject({ this: 'uninitialised' });
  });

  test('where the function has a variable called undefined', async () => {
    await pauseIn(`(() => {
      class Derived extends class {} { constructor(undefined) { super(); (() => this)(); debugger; } }
      new Derived(5);
    })()`);
    expect((await innermost()).this).toMatch(/^#/);
    await stack.resumeAll();
    await pauseIn(`(function f(undefined) { 'use strict'; debugger; })(5)`);
    expect(await innermost()).not.toHaveProperty('this');
  });

  test('a strict function has none, and says nothing', async () => {
    await pauseIn(`(function f() { 'use strict'; debugger; debugger; })()`);
    expect(await innermost()).not.toHaveProperty('this');
    await stack.press('F8');
    expect(await innermost()).not.toHaveProperty('this');
  });
});

describe('`this` of other programs of the kind', () => {
  test.each<[string, string, string]>([
    [
      'each constructor of a chain of derived classes',
      'class A { constructor() { debugger; } } class B extends A { constructor() { super(); (() => this)(); } } class C extends B { constructor() { super(); eval("1"); } } new C();',
      'not yet, not yet, an object',
    ],
    [
      'an arrow function that calls super()',
      'class A {} class B extends A { constructor() { const call = () => { super(); debugger; }; call(); } } new B();',
      'an object, an object',
    ],
    [
      'an eval that calls super()',
      'class A {} class B extends A { constructor() { eval("super()"); debugger; } } new B();',
      'an object',
    ],
    [
      'an arrow function in an arrow function',
      'class A {} class B extends A { constructor() { super(); const call = () => () => { debugger; return this; }; call()(); } } new B();',
      'an object',
    ],
    [
      'an asynchronous arrow function before super()',
      'class A {} class B extends A { constructor() { const early = async () => { debugger; this; }; early().catch(() => {}); super(); } } new B();',
      'not yet, not yet',
    ],
    [
      'an asynchronous arrow function after its constructor has ended',
      'class A {} class B extends A { constructor() { super(); const call = async () => { await 0; this; debugger; }; call(); } } new B();',
      'an object',
    ],
    [
      'an arrow function in the initializer of a field',
      'class A {} class B extends A { own = (() => { const call = () => { debugger; return this; }; return call(); })(); constructor() { super(); (() => this)(); } } new B();',
      'an object, an object, an object',
    ],
    [
      'an eval in the initializer of a field',
      'class A {} class B extends A { own = eval("debugger; 1"); constructor() { super(); (() => this)(); } } new B();',
      'an object, an object',
    ],
    [
      'an arrow function in a static block',
      'class A {} class B extends A { static { const call = () => { debugger; return this; }; call(); } }',
      'an object, an object',
    ],
    [
      'before super() in a try',
      'class A {} class B extends A { constructor() { try { this.x; } catch { debugger; } super(); (() => this)(); } } new B();',
      'not yet',
    ],
    [
      'super() that gives another object',
      'class A { constructor() { return { other: 1 }; } } class B extends A { constructor() { super(); (() => this)(); debugger; } } new B();',
      'an object',
    ],
    [
      'an arrow function of which only an eval uses it: V8 does not know it there, so nothing is said',
      'class A {} class B extends A { constructor() { super(); const call = () => eval("debugger; this"); call(); } } new B();',
      'an object, -',
    ],
    [
      'an arrow function before super()',
      'class A {} class B extends A { constructor() { const early = () => { debugger; }; early(); super(); this.use = () => this; } } new B();',
      'not yet, -',
    ],
    [
      'a class that derives one of a mixin, whose constructor calls super()',
      'const mixin = (Base) => class extends Base { constructor(...all) { super(...all); this.own = () => this; debugger; } }; class A {} class B extends mixin(A) {} new B();',
      'not yet',
    ],
  ])('%s', async (_name, script, receivers) => {
    await pauseIn(`(() => { ${script} })()`);
    const labels = await stack.frameLabels();
    const own = labels.flatMap((label, line) => (/\b(?:[ABC]|call|early)$/.test(label) ? [line] : []));
    const told = await Promise.all(
      own.map(async (line) => {
        const { this: receiver } = await stack.frame(line);
        return receiver === undefined ? '-' : receiver === 'uninitialised' ? 'not yet' : 'an object';
      }),
    );
    expect(`${labels.join()}: ${told.join(', ')}`).toMatch(new RegExp(`: ${receivers}$`));
    if (receivers.endsWith('an object, an object')) {
      const [one, other] = await Promise.all(own.map(async (line) => (await stack.frame(line)).this));
      expect(one).toBe(other);
    }
  });
});
