/**
 * What a page, a frame of another process or a worker logged, as far as there are objects in it: the protocol tells again of
 * the last 1,000 messages when it is enabled, with handles of the objects that were logged. Must never run the page's code.
 */
import type { EventParameters, ProtocolSession } from '../capture/protocol.ts';

type Message = EventParameters<'Runtime.consoleAPICalled'>;
type RemoteObject = Message['args'][number];

export interface LoggedObject {
  readonly objectId: string;
  /** `Array(3) [1, 2, …]`; `Array(3)` until it was asked for. */
  readonly preview: string;
  /** V8 runs code of the page to describe an error, so it is not asked again. */
  readonly isError: boolean;
}

export interface LogEntry {
  /** Counts the entries of one log. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The method of `console`: `log`, `warning`, `error`, `table`, … */
  readonly level: string;
  /** The texts and numbers that were logged beside the objects. */
  readonly text: string;
  readonly objects: readonly LoggedObject[];
  /** Where it was logged; null for what the console itself logged. Lines and columns count from 0. */
  readonly location: {
    readonly scriptId: string;
    readonly url: string;
    readonly line: number;
    readonly column: number;
  } | null;
}

export interface ConsoleLog {
  /** Whether entries are wanted with previews, which have to be asked for. */
  describe(on: boolean): void;
  /** Stops listening. The handles are void once the debugger is detached. */
  close(): void;
  /** Stores it as `temp1`, `temp2`, … as DevTools does; answers the name, null when the object is gone. */
  store(objectId: string): Promise<string | null>;
}

/** As many as Chrome itself keeps. */
const LIMIT = 1000;
/** The protocol's names for methods of `console` that are called otherwise. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['startGroup', 'group'],
  ['startGroupCollapsed', 'group'],
]);
/** Milliseconds in which entries are gathered, so that a thousand of them do not make a thousand lists. */
const GATHER = 30;
const PREVIEW_LENGTH = 200;
const options = { deadline: 2000 };

/**
 * @param told Called with all entries, oldest first, soon after there are others.
 * @param cleared Called when the handles of all entries so far are void.
 */
export function followConsole(
  session: ProtocolSession,
  told: (entries: readonly LogEntry[]) => void,
  cleared: () => void,
): ConsoleLog {
  const entries = new Map<number, LogEntry>();
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let describing = false;
  let undescribed: LogEntry[] = [];
  const tell = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      told([...entries.values()]);
    }, GATHER);
  };
  /** What V8 makes of an object for a person, without getters or traps. */
  const previewAfresh = async (object: LoggedObject): Promise<LoggedObject> => {
    const { objectId } = object;
    const parameters = {
      objectId,
      // Strict, so that a symbol stays one.
      functionDeclaration: 'function() { "use strict"; return this; }',
      generatePreview: true,
      silent: true,
    };
    const answer = await session.send('Runtime.callFunctionOn', parameters, options);
    if (!answer.ok) return object;
    const { result } = answer.value;
    if (result.objectId !== undefined)
      void session.send('Runtime.releaseObject', { objectId: result.objectId }, options);
    return { ...object, preview: previewOf(result) };
  };
  const describe = (): void => {
    if (!describing) return;
    for (const entry of undescribed) {
      void Promise.all(entry.objects.map((object) => (object.isError ? object : previewAfresh(object)))).then(
        (objects) => {
          // It may have been cleared meanwhile.
          if (!entries.has(entry.number)) return;
          entries.set(entry.number, { ...entry, objects });
          tell();
        },
      );
    }
    undescribed = [];
  };
  const clear = (): void => {
    entries.clear();
    undescribed = [];
    cleared();
    tell();
  };
  const stop = [
    session.on('Runtime.consoleAPICalled', (message) => {
      if (message.type === 'clear') return clear();
      const objects = message.args.flatMap((value) =>
        value.objectId === undefined
          ? []
          : [{ objectId: value.objectId, preview: previewOf(value), isError: value.subtype === 'error' }],
      );
      if (objects.length === 0) return;
      last += 1;
      const entry = toEntry(message, objects, last);
      entries.set(last, entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= LIMIT) break;
        entries.delete(oldest);
      }
      undescribed.push(entry);
      tell();
      describe();
    }),
    session.on('Runtime.executionContextsCleared', clear),
  ];
  void session.send('Runtime.enable', undefined, options);

  return {
    describe(on) {
      describing = on;
      describe();
    },
    close() {
      for (const unsubscribe of stop) unsubscribe();
      if (timer !== null) clearTimeout(timer);
    },
    async store(objectId) {
      const stored = await session.send(
        'Runtime.callFunctionOn',
        {
          objectId,
          functionDeclaration: `function() {
            let number = 1;
            while ('temp' + number in globalThis) number += 1;
            globalThis['temp' + number] = this;
            return 'temp' + number;
          }`,
          silent: true,
          returnByValue: true,
        },
        options,
      );
      const name: unknown = stored.ok ? stored.value.result.value : null;
      return typeof name === 'string' ? name : null;
    },
  };
}

function toEntry(
  { type, timestamp, args, stackTrace }: Message,
  objects: readonly LoggedObject[],
  number: number,
): LogEntry {
  const frame = stackTrace?.callFrames[0];
  return {
    number,
    time: timestamp,
    level: LEVELS.get(type) ?? type,
    text: textOf(args),
    objects,
    location: frame
      ? { scriptId: frame.scriptId, url: frame.url, line: frame.lineNumber, column: frame.columnNumber }
      : null,
  };
}

/** What was logged beside the objects, with what a format string asks for in its place. */
function textOf(args: readonly RemoteObject[]): string {
  const rest = [...args];
  const plain = ({ value, unserializableValue, description }: RemoteObject): string =>
    String(value ?? unserializableValue ?? description);
  const [first] = rest;
  const parts: string[] = [];
  if (first?.type === 'string' && rest.length > 1) {
    rest.shift();
    const formatted = plain(first).replace(/%([csdifoO%])/g, (found, directive: string) => {
      if (directive === '%') return '%';
      const [next] = rest;
      if (!next) return found;
      if (next.objectId !== undefined) {
        // It stands in the list of objects.
        if (directive !== 'c') rest.push(...rest.splice(0, 1));
        return '';
      }
      rest.shift();
      return directive === 'c' ? '' : plain(next);
    });
    parts.push(formatted.trim());
  }
  for (const value of rest) if (value.objectId === undefined) parts.push(plain(value));
  return parts.join(' ');
}

/** From what V8 sent along, without asking the page. */
function previewOf({ type, description = 'Object', subtype, preview }: RemoteObject): string {
  // V8 wraps a symbol that it previews.
  if (type === 'symbol') return description.slice(0, PREVIEW_LENGTH);
  // An error's description goes on with its stack.
  if (subtype === 'error') return description.split('\n', 1).join('').slice(0, PREVIEW_LENGTH);
  // V8's preview of an element is a list of empty attributes.
  if (!preview || subtype === 'node') return description.slice(0, PREVIEW_LENGTH);
  const entries = (preview.entries ?? []).map(({ key, value }) =>
    key ? `${key.description} => ${value.description}` : value.description,
  );
  const isList = preview.subtype === 'array' || preview.subtype === 'typedarray';
  // The entries say how many they are.
  const named = preview.properties.filter(({ name }) => !preview.entries || name !== 'size');
  const properties = named.map(({ name, value, type }) => {
    const shown = type === 'string' ? `'${value}'` : type === 'accessor' ? '(…)' : (value ?? type);
    return isList ? shown : `${name}: ${shown}`;
  });
  const parts = [...entries, ...properties, ...(preview.overflow ? ['…'] : [])].join(', ');
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const name = description === 'Object' ? '' : `${description.split('\n', 1)[0]} `;
  return `${name}${open}${parts}${close}`.slice(0, PREVIEW_LENGTH);
}
