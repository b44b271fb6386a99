import { expect, test } from 'vitest';
import { callbackName, readableName } from './readable-names.ts';

test.each([
  ['add', 'add'],
  ['get size', 'get size'],
  ['#priv', '#priv'],
  ['[Symbol.iterator]', '[Symbol.iterator]'],
  ['document.getElementById.onclick', 'onclick'],
  ['Qe.l.$$click', '$$click'],
  ['globalThis.start', 'globalThis.start'],
  ['Object.assign.x', 'x'],
  ['_createElementVNode.onClick._cache.<computed>._cache.<computed>', 'onClick'],
  ['list.<computed>', ''],
  ['<static_initializer>', 'static block'],
  ['<instance_members_initializer>', 'field initializers'],
  ['', ''],
])('%s is read as %s', (name, readable) => {
  expect(readableName(name)).toBe(readable);
});

test.each([
  ['items.map(', 'callback of items.map'],
  ['const sum = items.filter(Boolean).reduce(async ', 'callback of reduce'],
  ['setTimeout(function', 'callback of setTimeout'],
  [`button.addEventListener('click', `, 'callback of button.addEventListener'],
  ['new Promise(', 'callback of Promise'],
  ['call(one(2), [3], ', 'callback of call'],
  ['app.use({ handler: ', null],
  ['const handler = [', null],
  ['if (', null],
  ['x = y; ', null],
  ['(', null],
  ['', null],
])('after %s it is %s', (before, name) => {
  expect(callbackName(before)).toBe(name);
});
