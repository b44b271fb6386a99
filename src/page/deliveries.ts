/**
 * Replies that are too long for one answer. Their pieces wait here until they are fetched. Several answers of some 100 kB take less
 * time than one of some MB, and the first are read while the next are transferred. Must not keep a fetched piece.
 */
import type { Reply } from '../wire/format.ts';
import type { ReplyPiece, SentReply } from '../wire/requests.ts';
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';

export interface Deliveries {
  send(reply: Reply): SentReply;
  fetch(delivery: number, index: number): ReplyPiece | null;
  drop(delivery: number): void;
}

interface Delivery {
  readonly pieces: List<ReplyPiece>;
  waiting: number;
}

/** The number of fields of a reply up to the end of its first piece. */
const firstFields = 5;

export function createDeliveries({ arrayOf }: Builtins): Deliveries {
  const deliveries: List<Delivery> = { __proto__: null };
  let count = 0;

  return {
    send(reply) {
      if (reply.length <= firstFields) return reply;
      const pieces: List<ReplyPiece> = { __proto__: null };
      let waiting = 0;
      for (let field = firstFields; field < reply.length; field += 2) {
        pieces[waiting] = [reply[field] ?? '', reply[field + 1] ?? ''];
        waiting += 1;
      }
      const delivery = count;
      count += 1;
      deliveries[delivery] = { pieces, waiting };
      return [arrayOf(firstFields, (index) => reply[index] ?? ''), waiting, delivery];
    },
    fetch(delivery, index) {
      const kept = deliveries[delivery];
      const piece = kept?.pieces[index];
      if (kept === undefined || piece === undefined) return null;
      delete kept.pieces[index];
      kept.waiting -= 1;
      if (kept.waiting === 0) delete deliveries[delivery];
      return piece;
    },
    drop(delivery) {
      delete deliveries[delivery];
    },
  };
}
