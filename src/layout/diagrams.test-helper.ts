/** Diagrams without a page, for tests of what becomes of them. */
import fc from 'fast-check';
import type { Box, Cell, Diagram, Reference } from '../diagram/diagram.ts';
import { type Arranged, arranged, arrangedTable } from '../diagram/lines.ts';

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
    ...arranged(
      ports.map((port) => ({ label: { ...value(String(port)), kind: 'index' }, value: referenceCell(port) })),
      'horizontal',
    ),
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
  const lines = fields.map((field, i): { readonly label: Cell | null; readonly value: Cell } => ({
    label: keyed ? { ...value(`key ${i}`), kind: 'key' } : null,
    value: typeof field === 'number' ? referenceCell(i) : value(field),
  }));
  return {
    key: `o${number}`,
    object: number,
    title,
    category: 'object',
    root: number === 0,
    ...arranged(lines, vertical ? 'vertical' : 'horizontal'),
  };
}

/** What `mixedDiagram` makes a graph from. */
interface Mixture {
  readonly count: number;
  readonly direction: Diagram['direction'];
  readonly seed: number;
  /** Of the references, how many lead to a box at random; the others lead to the next ones, as in a tree. */
  readonly wild: number;
}

/**
 * Boxes of every shape: references to themselves and several to one target, labels longer than others' whole boxes, tables
 * whose cells refer, dashed references from one cell to several targets. All are reached from the first one.
 */
export function mixedDiagram({ count, direction, seed, wild }: Mixture): Diagram {
  const random = randomNumbers(seed);
  const references: Reference[] = [];
  let next = 1;
  const boxes = Array.from({ length: count }, (_, number): Box => {
    let ports = 0;
    const target = (): number => {
      const kind = random();
      if (kind < wild / 4) return number;
      if (kind < wild) return Math.floor(random() * count);
      return next < count ? next++ : Math.floor(random() * count);
    };
    const refer = (hidden: boolean): number => {
      const port = ports++;
      references.push({ from: `o${number}`, port, to: `o${target()}`, ...(hidden ? { hidden: true } : {}) });
      return port;
    };
    const cell = (refers: boolean): Cell => {
      if (!refers) return value(random() < 0.1 ? 'a label that is longer than a whole box is wide' : String(number));
      if (random() < 0.05) return { ...value('…'), kind: 'hidden', hiddenPorts: [refer(true), refer(true)] };
      return referenceCell(refer(false));
    };
    const key = (index: number): Cell => ({ ...value(`key ${index}`), kind: 'key' });
    // The first ones always lead on, so that all boxes are reached.
    const refers = (): boolean => next < Math.min(count, number + 2) || random() < 0.35;
    const shape = Math.floor(random() * 4);
    const length = 1 + Math.floor(random() * 4);
    const cells = Array.from({ length }, () => cell(refers()));
    // As the product has it: in a table only the last column refers, so that no line crosses another cell.
    const table = (): Arranged => {
      const body = cells.map((last, index) => ({ label: key(index), values: [value('x'), last] }));
      return arrangedTable([key(0), key(1)], body);
    };
    const fields = cells.map((cell, index) => ({ label: shape === 3 ? null : key(index), value: cell }));
    return {
      key: `o${number}`,
      object: number,
      title: random() < 0.1 ? 'ATypeWithAVeryLongNameOfItsOwn(1000)' : 'Type',
      category: 'object',
      root: number === 0,
      ...(shape === 0 ? table() : arranged(fields, shape === 1 ? 'vertical' : 'horizontal')),
    };
  });
  return { boxes, references, direction };
}

/** Numbers from 0 to 1 that are the same for one seed: the minimal standard generator of Park and Miller, 1988. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
