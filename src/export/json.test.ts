import { describe, expect, test } from 'vitest';
import type { Excerpt, HeapObject, Part, Snapshot, Value } from '../snapshot/snapshot.ts';
import { fromJson, toJson } from './json.ts';

const text = (head: string): Excerpt => ({ head, tail: '', length: head.length });
const property = (name: string, value: Value): Part => ({
  type: 'property',
  key: { type: 'name', name: text(name) },
  enumerable: true,
  value,
});
const object = (id: number, kind: HeapObject['kind'], parts: readonly Part[]): HeapObject => ({
  id,
  kind,
  className: text('Object'),
  size: null,
  primitive: null,
  frozen: false,
  cut: null,
  parts,
});

const snapshot: Snapshot = {
  roots: [
    { label: 'data', result: { ok: true, value: { type: 'reference', id: 1 } } },
    { label: 'nope', result: { ok: false, reason: 'It threw.' } },
  ],
  objects: new Map([
    [
      1,
      object(1, 'object', [
        property('zero', { type: 'number', value: -0 }),
        property('none', { type: 'number', value: Number.NaN }),
        property('most', { type: 'number', value: Number.NEGATIVE_INFINITY }),
        property('__proto__', { type: 'string', text: { head: '\ud800', tail: '\u0000', length: 90 } }),
        property('self', { type: 'reference', id: 1 }),
        property('other', { type: 'reference', id: -2 }),
        { type: 'hidden', of: 'property', index: 6, count: 3 },
      ]),
    ],
    [
      -2,
      {
        ...object(-2, 'map', [
          {
            type: 'entry',
            index: 0,
            key: { type: 'symbol', symbol: { sort: 'own', id: 3, description: null } },
            value: { type: 'symbol', symbol: { sort: 'wellKnown', name: 'iterator' } },
          },
          {
            type: 'entry',
            index: 1,
            key: { type: 'symbol', symbol: { sort: 'registered', key: { head: 'k', tail: '', length: 1 } } },
            value: { type: 'undefined' },
          },
          { type: 'holes', index: 2, count: 2 },
        ]),
        cut: 'depth',
        primitive: { type: 'number', value: Number.NaN },
      },
    ],
  ]),
  cuts: new Map([['depth', 1]]),
  pageTime: 1.5,
  replacedBuiltins: ['Reflect.ownKeys'],
};

test('what was written comes back', () => {
  expect(fromJson(toJson(snapshot, 'data'))).toEqual({ ok: true, subject: 'data', snapshot });
});

describe('what is no graph is refused', () => {
  const written = (change: (file: { snapshot: { objects: Record<string, unknown>[] } }) => void): string => {
    const file = JSON.parse(toJson(snapshot, 'data'));
    change(file);
    return JSON.stringify(file);
  };
  test.each([
    ['no JSON', '{', 'Not a Memory Graph file'],
    ['another file', '{"a":1}', 'that this version can read'],
    [
      'a kind that is none',
      written(({ snapshot: { objects } }) => Object.assign(objects[0] ?? {}, { kind: 'x' })),
      'snapshot.objects.0.kind',
    ],
    ['a reference to nothing', written(({ snapshot: { objects } }) => objects.pop()), 'object #-2 is missing'],
  ])('%s', (_, content, reason) => {
    const opened = fromJson(content);
    expect(opened.ok ? '' : opened.reason).toContain(reason);
  });
});
