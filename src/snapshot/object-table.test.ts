import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObjectTable } from './object-table.ts';
import type { HeapObject, ObjectId } from './snapshot.ts';

const object = (id: ObjectId, size = 0): HeapObject => ({
  id,
  kind: 'object',
  className: null,
  size,
  primitive: null,
  frozen: false,
  cut: null,
  parts: [],
});

const identity = fc.oneof(
  fc.integer({ min: -600, max: 1200 }),
  fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
);

test('it holds what a Map would hold, in the same order', () => {
  fc.assert(
    fc.property(fc.array(identity), fc.array(identity), (added, replaced) => {
      const table = new ObjectTable();
      const map = new Map<ObjectId, HeapObject>();
      for (const id of added) {
        expect(table.add(object(id))).toBe(!map.has(id));
        if (!map.has(id)) map.set(id, object(id));
      }
      for (const id of replaced) {
        table.replace(object(id, 1));
        if (map.has(id)) map.set(id, object(id, 1));
      }
      expect(table.size).toBe(map.size);
      expect([...table]).toEqual([...map]);
      expect([...table.entries()]).toEqual([...map.entries()]);
      expect([...table.keys()]).toEqual([...map.keys()]);
      expect([...table.values()]).toEqual([...map.values()]);
      const seen: ObjectId[] = [];
      table.forEach(({ id }, key, whole) => {
        expect(whole.get(key)?.id).toBe(id);
        seen.push(id);
      });
      expect(seen).toEqual([...map.keys()]);
      for (const id of [...added, ...replaced]) {
        expect(table.has(id)).toBe(map.has(id));
        expect(table.get(id)).toEqual(map.get(id));
      }
    }),
  );
});
