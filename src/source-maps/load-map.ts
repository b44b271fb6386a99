/**
 * Fetches a source map as DevTools does: what stands in its address itself, or through the browser with the page's
 * credentials. Never through the page's own code. A map that is not to be had is none.
 */
import type { RequestOptions } from '../capture/connection.ts';
import type { ProtocolSession } from '../capture/protocol.ts';

/** Milliseconds: a server may be slow, and nobody waits for it. */
const options: RequestOptions = { deadline: 30_000 };
/** Bytes; the texts of more would not fit into a worker's memory when they are taken apart. */
const LIMIT = 100_000_000;
/** Bytes of one piece of a stream. */
const PIECE = 1_000_000;

/** @param url Whole, not relative. */
export async function loadMap(session: ProtocolSession, url: string): Promise<string | null> {
  if (url.startsWith('data:')) {
    try {
      return await (await fetch(url)).text();
    } catch {
      return null;
    }
  }
  if (!/^(https?|file):/.test(url)) return null;
  const tree = await session.send('Page.getFrameTree', undefined, options);
  const loaded = await session.send(
    'Network.loadNetworkResource',
    {
      // Workers have no frames.
      ...(tree.ok ? { frameId: tree.value.frameTree.frame.id } : {}),
      url,
      options: { disableCache: false, includeCredentials: true },
    },
    options,
  );
  const handle = loaded.ok && loaded.value.resource.success ? loaded.value.resource.stream : undefined;
  if (handle === undefined) return null;
  try {
    return await textOf(session, handle);
  } finally {
    void session.send('IO.close', { handle }, options);
  }
}

async function textOf(session: ProtocolSession, handle: string): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < LIMIT) {
    const read = await session.send('IO.read', { handle, size: PIECE }, options);
    if (!read.ok) return null;
    const { data, base64Encoded, eof } = read.value;
    const bytes = base64Encoded ? Uint8Array.from(atob(data), (character) => character.charCodeAt(0)) : null;
    text += bytes ? decoder.decode(bytes, { stream: true }) : data;
    if (eof) return text;
  }
  return null;
}
