import { expect, test } from 'vitest';
import type { HeapObject, Snapshot } from '../src/snapshot/snapshot.ts';
import { referrersSaid, type Search } from './referrers.ts';

/** Objects 2, 3, … that refer to object 1. */
function snapshotOf(referrers: number, { found = true, late = false } = {}): Snapshot {
  const object = (id: number, parts: HeapObject['parts']): [number, HeapObject] => [
    id,
    { id, kind: 'array', className: null, size: 1, primitive: null, frozen: false, cut: null, parts },
  ];
  const reference = { type: 'element', index: 0, value: { type: 'reference', id: 1 } } as const;
  const holders = Array.from({ length: referrers }, (_, index) => object(index + 2, [reference]));
  return {
    roots: [],
    objects: new Map(found ? [object(1, []), ...holders] : []),
    cuts: new Map(late ? [['time', 1]] : []),
    pageTime: 1,
    replacedBuiltins: [],
  };
}

const exact: Search = { place: 'globalThis', way: 'debugger', scopes: true };

test.each<[string, Snapshot, Search, string]>([
  ['found', snapshotOf(2), exact, 'The ways from globalThis to object #1.'],
  [
    'found in the time there was',
    snapshotOf(2, { late: true }),
    exact,
    'The ways from globalThis to object #1, as far as the time allowed.',
  ],
  [
    'found more than are shown',
    snapshotOf(20),
    exact,
    'The ways from globalThis to 20 references to object #1; there may be more.',
  ],
  ['not there', snapshotOf(0, { found: false }), exact, 'No way leads from globalThis to object #1.'],
  [
    'not found in time',
    snapshotOf(0, { found: false, late: true }),
    exact,
    'No way leads from globalThis to object #1, as far as the time allowed.',
  ],
  [
    'not found, closures left out',
    snapshotOf(0, { found: false }),
    { ...exact, scopes: false },
    'No way leads from globalThis to object #1; variables of closures are searched when Closures is on in the settings.',
  ],
  [
    'not found by a script',
    snapshotOf(0, { found: false }),
    { ...exact, way: 'eval' },
    'No way leads from globalThis to object #1; what only the debugger sees was not searched.',
  ],
])('%s', (_, snapshot, search, text) => {
  expect(referrersSaid(1, snapshot, search).text).toBe(text);
});
