/**
 * Fetches a source map as DevTools does: from a data URL, or through the browser with the page's credentials. Must never use
 * the page's own code. A map that cannot be fetched is null.
 */
import type { RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';

/** Milliseconds. A server may be slow, and nothing waits for it. */
const options: RequestOptions = { deadline: 30_000 };
/** Bytes. A larger map would not fit into a worker's memory when it is decoded. */
const LIMIT = 100_000_000;
/** Bytes of one piece of a stream. */
const PIECE = 1_000_000;

/** @param url Absolute. */
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
