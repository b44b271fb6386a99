/**
 * The variables that classic scripts declared with `var`: they are properties of the global object, among more than a
 * thousand that the browser put there. Asks the protocol, so that no getter runs.
 */
import type { RequestOptions } from '../capture/connection.ts';
import type { ProtocolSession } from '../capture/protocol.ts';

export interface DeclaredGlobals {
  /** The handle of an object that has the variables as they are now, or null when there are none. */
  read(): Promise<string | null>;
  /** A script came: it may have declared more. `hash` is of its text; one that came before declares nothing new. */
  scriptCame(hash: string): void;
  /** The page went elsewhere. */
  clear(): void;
  /** Lets go of the handles that `read` gave. */
  release(): void;
}

const options: RequestOptions = { deadline: 1000 };
const GROUP = 'memory-graph-globals';
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

export function createDeclaredGlobals(session: ProtocolSession): DeclaredGlobals {
  let names: readonly string[] | null = null;
  /** Whatever is evaluated, by anybody, is a script: the same few come many times a second. */
  const hashes = new Set<string>();

  async function list(): Promise<readonly string[]> {
    const evaluated = await session.send(
      'Runtime.evaluate',
      { expression: 'globalThis', objectGroup: GROUP, silent: true },
      options,
    );
    const objectId = evaluated.ok ? evaluated.value.result.objectId : undefined;
    if (objectId === undefined) return [];
    const properties = await session.send('Runtime.getProperties', { objectId, ownProperties: true }, options);
    if (!properties.ok) return [];
    return properties.value.result.flatMap(({ name, configurable, writable, value }) => {
      // `var` and `function` at the top level make properties that cannot be deleted; nothing else does on a window.
      const declared = !configurable && writable === true && value !== undefined && value.type !== 'function';
      return declared && identifier.test(name) ? [name] : [];
    });
  }

  return {
    async read() {
      names ??= await list();
      if (names.length === 0) return null;
      const expression = `({ __proto__: null, ${names.join(', ')} })`;
      const evaluated = await session.send(
        'Runtime.evaluate',
        { expression, objectGroup: GROUP, silent: true },
        options,
      );
      if (evaluated.ok && !evaluated.value.exceptionDetails) return evaluated.value.result.objectId ?? null;
      // The page went elsewhere, and other scripts with it.
      names = null;
      return null;
    },
    scriptCame(hash) {
      if (hashes.has(hash)) return;
      if (hash !== '') hashes.add(hash);
      names = null;
    },
    clear() {
      hashes.clear();
      names = null;
    },
    release() {
      void session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }, options);
    },
  };
}
