/** Diagrams without a page, for tests of what becomes of them. */
import fc from 'fast-check';
import type { Box, Cell, Diagram, Reference } from '../diagram/diagram.ts';

const value = (text: string): Cell => ({ kind: 'value', text, hint: null, port: null, target: null });
const referenceCell = (port: number): Cell => ({ kind: 'reference', text: '', hint: null, port, target: 1 });

/** A horizontal box of `references` reference cells with their indices, ports from 0. */
export function arrayBox(number: number, references: number): Box {
  const ports = Array.from({ length: references }, (_, port) => port);
  return {
    key: `o${number}`,
    object: number,
    title: 'Array',
    category: 'array',
    root: number === 0,
    orientation: 'horizontal',
    rows:
      references === 0
        ? []
        : [
            ports.map((port): Cell => ({ ...value(String(port)), kind: 'index' })),
            ports.map((port) => referenceCell(port)),
          ],
  };
}

interface Sketch {
  readonly title: string;
  readonly vertical: boolean;
  readonly keyed: boolean;
  /** A number refers to that box, a text is a value. */
  readonly fields: readonly (number | string)[];
}

/** Any graph: cycles, parallel references, references of a box to itself, boxes that nothing leads to. */
export const anyDiagram: fc.Arbitrary<Diagram> = fc
  .integer({ min: 1, max: 14 })
  .chain((count) =>
    fc.tuple(
      fc.constantFrom<Diagram['direction']>('down', 'right'),
      fc.array(
        fc.record<Sketch>({
          title: fc.string({ maxLength: 20 }),
          vertical: fc.boolean(),
          keyed: fc.boolean(),
          fields: fc.array(fc.oneof(fc.nat(count - 1), fc.string({ maxLength: 12 })), { maxLength: 5 }),
        }),
        { minLength: count, maxLength: count },
      ),
    ),
  )
  .map(([direction, sketches]) => ({
    direction,
    boxes: sketches.map((sketch, number) => sketchedBox(sketch, number)),
    references: sketches.flatMap(({ fields }, from) =>
      fields.flatMap((to, port): Reference[] =>
        typeof to === 'number' ? [{ from: `o${from}`, port, to: `o${to}` }] : [],
      ),
    ),
  }));

function sketchedBox({ title, vertical, keyed, fields }: Sketch, number: number): Box {
  const cells = fields.map((field, port) => (typeof field === 'number' ? referenceCell(port) : value(field)));
  const keys = fields.map((_, i): Cell => ({ ...value(`key ${i}`), kind: 'key' }));
  const columns = keyed ? [keys, cells] : [cells];
  return {
    key: `o${number}`,
    object: number,
    title,
    category: 'object',
    root: number === 0,
    orientation: vertical ? 'vertical' : 'horizontal',
    rows:
      fields.length === 0
        ? []
        : vertical
          ? cells.map((cell, i) => (keyed ? [keys[i] ?? null, cell] : [cell]))
          : columns,
  };
}
