import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPage } from '../page/page.test-helper.ts';
import { defaultReadOptions } from '../snapshot/read-options.ts';
import { formatVersion } from './format.ts';
import { readReply } from './reader.ts';

const sample = `(() => {
  const shared = [1, , 2.5, -7, 'text', '\\ud800', 10n, Symbol('s')];
  return { shared, map: new Map([[shared, null], ['long'.repeat(20), { get g() {} }]]), date: new Date(1), f() {},
    symbols: [Symbol.for('key'), Symbol(), Symbol.iterator], [Symbol('own')]: 1,
    many: Array.from({ length: 40 }, (_, i) => i * 1e6), [Symbol.iterator]: undefined, typed: new Float32Array(3) };
})()`;

const parts = openPage().reply([sample, 'missing'], { ...defaultReadOptions, text: 10 });
const labels = ['sample', 'missing'];

describe('what is no reply', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'reply'],
    ['an object', {}],
    ['too short', [formatVersion, '', '', '']],
    ['too long', [formatVersion, '', '', 'AAAA', '', '']],
    ['another version', [0, '', '', 'AAAA', '']],
    ['a number for a text', [formatVersion, '', '', 5, '']],
    ['no end', [formatVersion, '', '', '', '']],
    ['another number of roots', [formatVersion, '', '', 'AAAA', '']],
    ['an object without shape', [formatVersion, '', '', 'CASBBx', '']],
    ['a number without end', [formatVersion, '', '', '_'.repeat(1000), '']],
  ])('%s', (_name, reply) => {
    const result = readReply(reply, labels);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.failure).toEqual({ kind: 'corrupt', message: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  test('counts that nothing pays for are refused at once', () => {
    const huge = '________P';
    for (const shapes of [`AA${huge}`, `AQB${huge}`, `AQA${huge}`]) {
      expect(readReply([formatVersion, shapes, '', 'AAAA', ''], []).ok).toBe(false);
    }
    expect(readReply([formatVersion, '', '', `BB${huge}`, ''], ['x']).ok).toBe(false);
    expect(readReply([formatVersion, '', '', `AAA${huge}`, ''], []).ok).toBe(false);
  });
});

describe('a damaged reply is refused or read, and never more', () => {
  const texts = Array.isArray(parts) ? parts.slice(1).map(String) : [];

  test('the reply itself is read', () => {
    expect(readReply(parts, labels).ok).toBe(true);
  });

  test('cut off anywhere', () => {
    for (const [index, text] of texts.entries()) {
      for (let end = 0; end < text.length; end += 1) {
        const damaged = texts.with(index, text.slice(0, end));
        expect(readReply([formatVersion, ...damaged], labels).ok).toBe(false);
      }
    }
  });

  test('with something after its end', () => {
    for (const index of texts.keys()) {
      expect(readReply([formatVersion, ...texts.with(index, `${texts[index]}A`)], labels).ok).toBe(false);
    }
  });

  test('changed anywhere', () => {
    const position = fc.nat(texts.join('').length - 1);
    const character = fc.constantFrom(...'ABCabcXYZ019-_ ."\ufffd\u0000é');
    fc.assert(
      fc.property(fc.array(fc.tuple(position, character), { minLength: 1, maxLength: 5 }), (changes) => {
        const whole = [...texts.join('')];
        for (const [at, unit] of changes) whole[at] = unit;
        let start = 0;
        const damaged = texts.map((text) => {
          start += text.length;
          return whole.slice(start - text.length, start).join('');
        });
        const result = readReply([formatVersion, ...damaged], labels);
        if (!result.ok) return;
        for (const object of result.value.objects.values()) {
          for (const part of object.parts) {
            if ('value' in part && part.value.type === 'reference') {
              expect(result.value.objects.has(part.value.id)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('random texts', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIQRTUVWXYZabc019-_'), maxLength: 60 });
    fc.assert(
      fc.property(digits, digits, digits, digits, (shapes, names, stream, pool) => {
        readReply([formatVersion, shapes, names, stream, pool], []);
      }),
      { numRuns: 2000 },
    );
  });
});
