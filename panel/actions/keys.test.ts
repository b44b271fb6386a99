import { expect, test } from 'vitest';
import { isKey, type KeyPress, keyText } from './keys.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, ...modifiers: readonly (keyof KeyPress)[]): KeyPress => ({
  key,
  ...none,
  ...Object.fromEntries(modifiers.map((modifier) => [modifier, true])),
});

test.each<[key: string, event: KeyPress, asked: boolean]>([
  ['Ctrl+F', press('f', 'ctrlKey'), true],
  ['Ctrl+F', press('F', 'metaKey'), true],
  ['Ctrl+F', press('f'), false],
  ['Ctrl+F', press('f', 'ctrlKey', 'altKey'), false],
  ['Ctrl+Z', press('Z', 'ctrlKey', 'shiftKey'), false],
  ['Ctrl+Shift+Z', press('Z', 'metaKey', 'shiftKey'), true],
  ['Ctrl+Shift+Z', press('z', 'ctrlKey'), false],
  ['F', press('f'), true],
  ['F', press('f', 'ctrlKey'), false],
  ['+', press('+', 'shiftKey'), true],
  ['Enter', press('Enter'), true],
  ['Enter', press('Enter', 'shiftKey'), false],
  ['Shift+Enter', press('Enter', 'shiftKey'), true],
  ['Shift+Enter', press('Enter'), false],
  ['Shift+F11', press('F11', 'shiftKey'), true],
  ['Alt+ArrowLeft', press('ArrowLeft', 'altKey'), true],
  ['Alt+ArrowLeft', press('ArrowRight', 'altKey'), false],
])('%s: %o %s', (key, event, asked) => {
  expect(isKey(key, event)).toBe(asked);
});

test('keys as they are printed', () => {
  expect(['F', '-', '+', 'Ctrl+F', 'Ctrl++', 'Alt+ArrowLeft', 'Shift+ArrowUp', 'Escape'].map(keyText)).toEqual([
    'F',
    '−',
    '+',
    'Ctrl+F',
    'Ctrl++',
    'Alt+←',
    'Shift+↑',
    'Esc',
  ]);
});
