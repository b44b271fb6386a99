/**
 * The messages with objects that a page, a frame of another process or a worker logged. When it is enabled, the protocol
 * reports the last 1,000 messages again, with handles of the logged objects. Must never run the page's code.
 */
import { COMMAND_LINE } from '../capture/command-line.ts';
import type { EventParameters, ProtocolSession } from '../transport/protocol.ts';

type Message = EventParameters<'Runtime.consoleAPICalled'>;
type RemoteObject = Message['args'][number];

export interface LoggedObject {
  readonly objectId: string;
  /** `Array(3) [1, 2, …]`; only `Array(3)` until it is requested. */
  readonly preview: string;
  /** To describe an error V8 runs code of the page, so it is not asked again. */
  readonly isError: boolean;
}

export interface LogEntry {
  /** Counts the entries of this log. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The method of `console`: `log`, `warning`, `error`, `table`, … */
  readonly level: string;
  /** The strings and numbers that were logged with the objects. */
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
  /** Whether entries need previews, each of which is one more request. */
  describe(on: boolean): void;
  /** Stops listening. The handles are void once the debugger is detached. */
  close(): void;
  /** Stores the object as `temp1`, `temp2`, … as DevTools does. Answers the name; null when the object is gone. */
  store(objectId: string): Promise<string | null>;
}

/** The number of messages that Chrome itself keeps. */
const LIMIT = 1000;
/** The protocol's names for methods of `console`, where they differ. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['startGroup', 'group'],
  ['startGroupCollapsed', 'group'],
]);
/** Milliseconds for which entries are collected, so that a thousand of them do not make a thousand lists. */
const GATHER = 30;
const PREVIEW_LENGTH = 200;
const options = { deadline: 2000 };
/** Called on the object. In the inner function `this` is the global object. */
const STORE = `function() { const object = this; return (function() { return ${COMMAND_LINE}.store(object); })(); }`;

/**
 * @param changed Called with all entries, oldest first, soon after they changed.
 * @param cleared Called when the handles of all earlier entries are void.
 */
export function followConsole(
  session: ProtocolSession,
  changed: (entries: readonly LogEntry[]) => void,
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
      changed([...entries.values()]);
    }, GATHER);
  };
  /** V8's description of an object, made without getters or traps. */
  const previewAfresh = async (object: LoggedObject): Promise<LoggedObject> => {
    const { objectId } = object;
    const parameters = {
      objectId,
      // In strict mode a symbol stays a symbol.
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
          // The log may have been cleared meanwhile.
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
          functionDeclaration: STORE,
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

/** The text that was logged with the objects, with the placeholders of a format string replaced. */
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
        // The list of objects has it.
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

/** Made from what V8 sent with the message, without asking the page. */
function previewOf({ type, description = 'Object', subtype, preview }: RemoteObject): string {
  // V8 wraps a symbol in an object to preview it.
  if (type === 'symbol') return description.slice(0, PREVIEW_LENGTH);
  // After its first line, an error's description is its stack.
  if (subtype === 'error') return description.split('\n', 1).join('').slice(0, PREVIEW_LENGTH);
  // V8's preview of an element is a list of empty attributes.
  if (!preview || subtype === 'node') return description.slice(0, PREVIEW_LENGTH);
  const entries = (preview.entries ?? []).map(({ key, value }) =>
    key ? `${key.description} => ${value.description}` : value.description,
  );
  const isList = preview.subtype === 'array' || preview.subtype === 'typedarray';
  // With entries, `size` is redundant.
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
