import { expect, test } from 'vitest';
import type { HeapObject, Snapshot } from '../../src/snapshot/snapshot.ts';
import { describeRetainers, type Search } from './retainers.ts';

/** Objects 2, 3, … that refer to object 1. */
function snapshotOf(retainers: number, { found = true, late = false } = {}): Snapshot {
  const object = (id: number, parts: HeapObject['parts']): [number, HeapObject] => [
    id,
    { id, kind: 'array', className: null, size: 1, primitive: null, frozen: false, cut: null, parts },
  ];
  const reference = { type: 'element', index: 0, value: { type: 'reference', id: 1 } } as const;
  const retaining = Array.from({ length: retainers }, (_, index) => object(index + 2, [reference]));
  return {
    roots: [],
    objects: new Map(found ? [object(1, []), ...retaining] : []),
    cuts: new Map(late ? [['time', 1]] : []),
    pageTime: 1,
    replacedBuiltins: [],
  };
}

const exact: Search = { origin: 'globals', transport: 'debugger', scopes: true };

test.each<[string, Snapshot, Search, string]>([
  ['found', snapshotOf(2), exact, 'Paths from globalThis to object #1.'],
  [
    'found in the time there was',
    snapshotOf(2, { late: true }),
    exact,
    'Paths from globalThis to object #1. The search stopped at the time limit.',
  ],
  [
    'found more than are shown',
    snapshotOf(20),
    exact,
    'Paths from globalThis to the first 20 references to object #1. There may be more.',
  ],
  ['not there', snapshotOf(0, { found: false }), exact, 'No path leads from globalThis to object #1.'],
  [
    'not found in time',
    snapshotOf(0, { found: false, late: true }),
    exact,
    'No path leads from globalThis to object #1. The search stopped at the time limit.',
  ],
  [
    'not found, closures left out',
    snapshotOf(0, { found: false }),
    { ...exact, scopes: false },
    'No path leads from globalThis to object #1. Closure variables were not searched. Turn on Closures in the settings to include them.',
  ],
  [
    'not found by a script',
    snapshotOf(0, { found: false }),
    { ...exact, transport: 'eval' },
    'No path leads from globalThis to object #1. What only the debugger can read was not searched.',
  ],
])('%s', (_, snapshot, search, text) => {
  expect(describeRetainers(1, snapshot, search).text).toBe(text);
});
