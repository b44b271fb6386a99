/**
 * Keeps the places of missing children free: lays them out as boxes that nobody sees. They are added before a layout and removed
 * from its picture.
 */
import type { Box, Diagram, Reference } from '../../diagram/diagram.ts';
import type { MeasuredFrame } from '../measure.ts';
import { aligned } from '../place.ts';
import type { Placed } from '../placed.ts';

/** A diagram with a box for each free place. */
export interface WithPlaces {
  readonly diagram: Diagram;
  /** For each of these boxes, after all others, the number of the box that it belongs to. */
  readonly owners: readonly number[];
}

export function withFreePlaces(diagram: Diagram): WithPlaces {
  const owners: number[] = [];
  const places: Box[] = [];
  const added: Reference[] = [];
  const boxes = diagram.boxes.map((box, number): Box => {
    if (!box.rows.some((row) => row.some((cell) => cell?.free))) return box;
    let port = Math.max(
      -1,
      ...box.rows.flat().flatMap((cell) => (cell ? [cell.port ?? -1, ...(cell.hiddenPorts ?? [])] : [])),
    );
    const rows = box.rows.map((row) =>
      row.map((cell) => {
        if (!cell?.free) return cell;
        port += 1;
        const key = `${box.key} without ${port}`;
        owners.push(number);
        places.push({
          key,
          object: null,
          title: '',
          category: box.category,
          root: false,
          orientation: 'vertical',
          rows: [],
          lines: [],
        });
        added.push({ from: box.key, port, to: key, free: true });
        return { ...cell, port };
      }),
    );
    return { ...box, rows };
  });
  if (places.length === 0) return { diagram, owners };
  return {
    diagram: {
      ...diagram,
      boxes: [...boxes, ...places],
      references: inOrder(boxes, [...diagram.references, ...added]),
    },
    owners,
  };
}

/** In the order of the cells that they leave from, which is that of the children. */
function inOrder(boxes: readonly Box[], references: readonly Reference[]): readonly Reference[] {
  const places = new Map<string, number>();
  for (const { key, rows } of boxes)
    for (const row of rows)
      for (const cell of row)
        for (const port of cell ? [cell.port, ...(cell.hiddenPorts ?? [])] : [])
          places.set(`${key} ${port}`, places.size);
  const numbers = new Map(boxes.map(({ key }, number) => [key, number]));
  const numberOf = (key: string): number => numbers.get(key) ?? boxes.length;
  const forward = new Map(references.map((reference) => [`${reference.from} ${reference.to}`, reference]));
  const placeOf = (reference: Reference): number => {
    const { from, port, to } = reference;
    // Where a child refers to its parent, Graphviz is told of a second reference from the parent. It must not come last.
    const other = numberOf(from) > numberOf(to) ? forward.get(`${to} ${from}`) : undefined;
    return other ? placeOf(other) + 0.5 : (places.get(`${from} ${port}`) ?? places.size);
  };
  return references.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A place is as wide and as high as the box that it belongs to, because the child would be of the same class. */
export function placeSizes(frames: readonly MeasuredFrame[], owners: WithPlaces['owners']): readonly MeasuredFrame[] {
  const first = frames.length - owners.length;
  return frames.map((frame, number) => {
    const owner = frames[owners[number - first] ?? -1];
    return owner ? { ...frame, width: owner.width, height: owner.height } : frame;
  });
}

/** The picture of the diagram itself, aligned with the `previous` one. */
export function withoutFreePlaces(placed: Placed, diagram: Diagram, previous: Placed | null): Placed {
  if (placed.diagram.boxes.length === diagram.boxes.length) return placed;
  const own = new Map(diagram.boxes.map((box) => [box.key, box]));
  const seen = {
    ...placed,
    diagram,
    boxes: placed.boxes.flatMap((each) => {
      const box = own.get(each.box.key);
      return box ? [{ ...each, box }] : [];
    }),
    references: placed.references.filter(({ reference }) => own.has(reference.to)),
  };
  return aligned(seen, previous);
}

interface Wishes {
  readonly previous?: Placed | null;
  readonly onRough?: (placed: Placed) => void;
}

/** What is laid out in place of a diagram, and what is then seen of it. */
export function keepingPlaces(diagram: Diagram, { previous = null, onRough }: Wishes) {
  const seen = (placed: Placed): Placed => withoutFreePlaces(placed, diagram, previous);
  const changed: Wishes = onRough ? { onRough: (placed) => onRough(seen(placed)) } : {};
  return { kept: withFreePlaces(diagram), seen, changed };
}
