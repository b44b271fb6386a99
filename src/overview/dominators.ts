/**
 * Immediate dominators: the object through which every way from the roots to another one leads, and that is nearest to it. By K. Cooper,
 * T. Harvey and K. Kennedy, A Simple, Fast Dominance Algorithm, 2001. Pure.
 */
import { type Compact, types } from './compact.ts';

export interface Dominators {
  /** The objects that the roots reach, each before what it dominates. */
  readonly order: Int32Array<ArrayBuffer>;
  /** By object: its immediate dominator; −1 for a root and for what is not reached. */
  readonly of: Int32Array<ArrayBuffer>;
}

export function dominatorsOf(compact: Compact): Dominators {
  const { count, roots } = compact;
  const postorder = postorderOf(compact);
  const place = new Int32Array(count).fill(-1);
  postorder.forEach((object, i) => {
    place[object] = i;
  });
  const retainers = retainersOf(compact, place);
  // Places in postorder. The one after the last is a root of all roots.
  const above = postorder.length;
  const dominator = new Int32Array(above + 1).fill(-1);
  dominator[above] = above;
  for (const root of roots) dominator[place[root] ?? 0] = above;
  const meet = (one: number, other: number): number => {
    let [a, b] = [one, other];
    while (a !== b) {
      while (a < b) a = dominator[a] ?? above;
      while (b < a) b = dominator[b] ?? above;
    }
    return a;
  };
  const isRoot = new Set(roots);
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = above - 1; i >= 0; i--) {
      const object = postorder[i] ?? 0;
      if (isRoot.has(object)) continue;
      let found = -1;
      for (let at = retainers.first[object] ?? 0; at < (retainers.first[object + 1] ?? 0); at++) {
        const from = place[retainers.list[at] ?? 0] ?? -1;
        if (from === -1 || dominator[from] === -1) continue;
        found = found === -1 ? from : meet(from, found);
      }
      if (found !== -1 && dominator[i] !== found) {
        dominator[i] = found;
        changed = true;
      }
    }
  }
  const of = new Int32Array(count).fill(-1);
  postorder.forEach((object, i) => {
    const found = dominator[i] ?? above;
    of[object] = found === above ? -1 : (postorder[found] ?? -1);
  });
  return { order: postorder.toReversed(), of };
}

function postorderOf({ count, firstPart, typeOf, values, roots }: Compact): Int32Array<ArrayBuffer> {
  const seen = new Uint8Array(count);
  const order = new Int32Array(count);
  let length = 0;
  /** The way from a root, and the next part of each object on it. */
  const way: number[] = [];
  const next = firstPart.slice(0, count);
  for (const root of roots) {
    if (seen[root]) continue;
    seen[root] = 1;
    way.push(root);
    for (let object = way.at(-1); object !== undefined; object = way.at(-1)) {
      const part = next[object] ?? 0;
      if (part >= (firstPart[object + 1] ?? 0)) {
        order[length++] = object;
        way.pop();
        continue;
      }
      next[object] = part + 1;
      const target = values[part] ?? 0;
      if (typeOf[part] !== types.reference || seen[target]) continue;
      seen[target] = 1;
      way.push(target);
    }
  }
  return order.slice(0, length);
}

interface Retainers {
  /** By object: where its retainers begin in `list`. */
  readonly first: Int32Array<ArrayBuffer>;
  readonly list: Int32Array<ArrayBuffer>;
}

function retainersOf({ count, firstPart, typeOf, values }: Compact, place: Int32Array): Retainers {
  const first = new Int32Array(count + 1);
  const each = (visit: (from: number, to: number) => void): void => {
    for (let from = 0; from < count; from++) {
      if (place[from] === -1) continue;
      for (let part = firstPart[from] ?? 0; part < (firstPart[from + 1] ?? 0); part++)
        if (typeOf[part] === types.reference) visit(from, values[part] ?? 0);
    }
  };
  each((_, to) => {
    first[to + 1] = (first[to + 1] ?? 0) + 1;
  });
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] ?? 0) + (first[i] ?? 0);
  const list = new Int32Array(first[count] ?? 0);
  const at = first.slice();
  each((from, to) => {
    const position = at[to] ?? 0;
    list[position] = from;
    at[to] = position + 1;
  });
  return { first, list };
}
