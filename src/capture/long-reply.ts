/**
 * Reads what the agent sent through DevTools (`Agent.send` in src/page/agent.ts). The pieces of a long reply are asked for
 * while the ones before are read. Must leave none of them waiting in the page.
 */
import { createReplyReader, type ReadResult } from '../snapshot/reader.ts';
import type { Connection, Outcome, RequestOptions } from './connection.ts';
import { dropPiecesScript, pieceScript } from './page-script.ts';

/** Pieces that are asked for at a time: more of them wait in DevTools for nothing. */
const ahead = 4;

/** @param sent What the page answered. */
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

/** Null for a reply that came whole. */
function deliveryIn(sent: unknown): Delivery | null {
  if (!Array.isArray(sent) || sent.length !== 3) return null;
  const [first, waiting, number]: unknown[] = sent;
  return Array.isArray(first) && typeof waiting === 'number' && typeof number === 'number'
    ? { first, waiting, number }
    : null;
}
