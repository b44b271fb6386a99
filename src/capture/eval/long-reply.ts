/**
 * Reads replies of the agent that came through DevTools (src/page/deliveries.ts). The pieces of a long reply are requested while
 * earlier ones are read. Must leave none of them waiting in the page.
 */

import type { Connection } from '../../transport/devtools-session.ts';
import type { Outcome, RequestOptions } from '../../transport/outcome.ts';
import { createReplyReader, type ReadResult } from '../../wire/reader.ts';
import { dropPiecesScript, pieceScript } from '../scripts/page-script.ts';

/** The number of pieces that are requested at a time. More would only wait in DevTools. */
const ahead = 4;

/** @param sent The page's answer. */
export async function readSent(
  connection: Connection,
  token: string,
  sent: unknown,
  labels: readonly string[],
  options: RequestOptions,
): Promise<ReadResult | Failed> {
  const reader = createReplyReader(labels);
  const delivery = deliveryIn(sent);
  if (!delivery) return reader.take(sent) ?? reader.end();
  const { waiting, number } = delivery;
  const asked: Promise<Outcome<unknown>>[] = [];
  let failed: Failed | null = reader.take(delivery.first);
  for (let index = 0; index < waiting && !failed; index += 1) {
    while (asked.length < ahead && index + asked.length < waiting)
      asked.push(connection.evaluate(pieceScript(token, number, index + asked.length), options));
    const piece = await asked.shift();
    failed = piece?.ok === false ? piece : reader.take(piece?.value);
  }
  if (!failed) return reader.end();
  void connection.evaluate(dropPiecesScript(token, number), { deadline: 1000 });
  return failed;
}

type Failed = Extract<Outcome<never>, { readonly ok: false }>;

interface Delivery {
  readonly first: unknown;
  readonly waiting: number;
  readonly number: number;
}

/** Null for a reply that arrived whole. */
function deliveryIn(sent: unknown): Delivery | null {
  if (!Array.isArray(sent) || sent.length !== 3) return null;
  const [first, waiting, number]: unknown[] = sent;
  return Array.isArray(first) && typeof waiting === 'number' && typeof number === 'number'
    ? { first, waiting, number }
    : null;
}
