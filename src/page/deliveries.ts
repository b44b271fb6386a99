/**
 * Replies that are too long for one answer: their pieces wait here until they are fetched. Several answers of some 100 kB
 * take less time than one of some MB, and the first are read while the next are on their way. Must not keep a piece that
 * was fetched.
 */
import type { Reply } from '../snapshot/format.ts';
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';

export interface Deliveries {
  send(reply: Reply): readonly unknown[];
  fetch(delivery: number, index: number): readonly unknown[] | null;
  drop(delivery: number): void;
}

interface Piece {
  readonly stream: unknown;
  readonly texts: unknown;
}

interface Delivery {
  readonly pieces: List<Piece>;
  waiting: number;
}

/** Fields of a reply up to the end of its first piece. */
const firstFields = 5;

export function createDeliveries({ arrayOf }: Builtins): Deliveries {
  const deliveries: List<Delivery> = { __proto__: null };
  let count = 0;

  return {
    send(reply) {
      if (reply.length <= firstFields) return reply;
      const pieces: List<Piece> = { __proto__: null };
      let waiting = 0;
      for (let field = firstFields; field < reply.length; field += 2) {
        pieces[waiting] = { stream: reply[field], texts: reply[field + 1] };
        waiting += 1;
      }
      const delivery = count;
      count += 1;
      deliveries[delivery] = { pieces, waiting };
      return [arrayOf(firstFields, (index) => reply[index]), waiting, delivery];
    },
    fetch(delivery, index) {
      const kept = deliveries[delivery];
      const piece = kept?.pieces[index];
      if (kept === undefined || piece === undefined) return null;
      delete kept.pieces[index];
      kept.waiting -= 1;
      if (kept.waiting === 0) delete deliveries[delivery];
      return [piece.stream, piece.texts];
    },
    drop(delivery) {
      delete deliveries[delivery];
    },
  };
}
