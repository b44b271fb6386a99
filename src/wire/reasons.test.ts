import { expect, test } from 'vitest';
import { reasonText } from './reasons.ts';

test.each([
  ['throws', 'reading it throws'],
  ['thrown\nTypeError: no', 'Thrown: TypeError: no'],
  ['thrown\ntwo\nlines', 'Thrown: two\nlines'],
  ['getters\n1\nCrypto', 'not read: a getter of Crypto may do more than tell a value'],
  ['getters\n3\nCrypto', 'not read: 3 getters of Crypto may do more than tell a value'],
  ['Said by the extension.', 'Said by the extension.'],
  ['constructor', 'constructor'],
  ['', ''],
])('%j is %j', (sent, text) => {
  expect(reasonText(sent)).toBe(text);
});
