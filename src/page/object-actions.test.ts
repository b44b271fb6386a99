import { describe, expect, test } from 'vitest';
import { openPage } from './page.test-helper.ts';

describe('an object is found by its number', () => {
  test('as long as it lives', () => {
    const page = openPage('var list = [{ name: "first" }, () => 1]');
    page.capture(['list']);
    expect(page.ask('[agent.find(1) === list, agent.find(2) === list[0], agent.find(3) === list[1]].join()')).toBe(
      'true,true,true',
    );
    expect(page.ask('agent.find(4)')).toBe(undefined);
    expect(page.ask('agent.find(-1)')).toBe(undefined);
  });

  test('among the first of a large capture, and later once a capture shows it', () => {
    const page = openPage('var many = Array.from({ length: 6000 }, (_, index) => ({ index }))');
    page.capture(['many'], { slices: { begin: 6000, middle: 0, end: 0 }, objects: 10_000 });
    expect(page.ask('agent.find(5001)')).toBe(undefined);
    page.capture(['many[4999]']);
    expect(page.ask('agent.find(5001) === many[4999]')).toBe(true);
  });

  test('and not where the page replaced WeakRef', () => {
    const page = openPage('var ran = 0; WeakRef = class { constructor() { ran += 1; } }; var list = [];');
    page.capture(['list']);
    expect(page.ask('agent.find(1)')).toBe(undefined);
    expect(page.run('ran')).toBe(0);
  });
});

describe('what is stored', () => {
  test('takes the first name that is free, whatever stands in the way', () => {
    const page = openPage(
      `var ran = 0;
       var temp1 = 'kept';
       Object.defineProperty(Object.prototype, 'temp2', { set() { ran += 1; }, configurable: true });
       var list = [];`,
    );
    page.capture(['list']);
    expect(page.ask('agent.tools.store(agent.find(1))')).toBe('temp3');
    expect(page.run('[temp1, temp3 === list, ran, Object.keys(globalThis).includes("temp3")].join()')).toBe(
      'kept,true,0,true',
    );
  });

  test('is nothing where the page replaced what defines it', () => {
    const page = openPage('var ran = 0; Reflect.defineProperty = function () { ran += 1; }; var list = []');
    page.capture(['list']);
    expect(page.ask('agent.tools.store(agent.find(1))')).toBe(null);
    expect(page.run('ran')).toBe(0);
  });
});

test.each([
  ['function f() {}', false],
  ['class A {}', false],
  ['Array.prototype.map', true],
  ['Map', true],
  ['(function f() {}).bind()', false],
  ['(function f() { /* [native code] */ })', false],
])('%s is without source: %s', (expression, sourceless) => {
  const page = openPage();
  expect(page.ask(`agent.tools.isSourceless(${expression})`)).toBe(sourceless);
});

describe('logging', () => {
  const logs = (script: string): unknown => {
    const page = openPage(`var ran = 0; var console; ${script}`);
    const logged = page.ask('agent.tools.log("#1", {})');
    expect(page.run('ran')).toBe(0);
    return logged;
  };

  test("goes through the console's own function", () => {
    expect(logs('')).toBe(true);
  });

  test.each([
    ['anything', '() => { ran += 1; }'],
    ['a method of that name', '({ log() { ran += 1; } }).log'],
    ['a proxy', 'new Proxy(console.log, { apply() { ran += 1; } })'],
    ['another builtin', "Object.defineProperty(Object.isFrozen, 'name', { value: 'log' })"],
  ])('but not through %s that the page has put there', (_, replacement) => {
    expect(logs(`console = { log: ${replacement} };`)).toBe(false);
  });
});
