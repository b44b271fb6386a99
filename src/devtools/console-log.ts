/**
 * What the page logged, as far as there are objects in it: the protocol tells again of the last 1,000 messages when it is
 * enabled, with handles of the objects that were logged. Must never run the page's code.
 */
import { heldAgent } from '../capture/held-agent.ts';
import type { EventParameters, ProtocolSession } from '../capture/protocol.ts';

type Message = EventParameters<'Runtime.consoleAPICalled'>;
type RemoteObject = Message['args'][number];

export interface LoggedObject {
  readonly objectId: string;
  /** `Array(3) [1, 2, …]`; `Array(3)` until it was asked for. */
  readonly preview: string;
}

export interface LogEntry {
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
  /** Keeps the object in the page's `graph`, and answers the expression that gives it; null where there is no `graph`. */
  keep(objectId: string): Promise<string | null>;
  /** Stores it as `temp1`, `temp2`, … as DevTools does; answers the name, null when the object is gone. */
  store(objectId: string): Promise<string | null>;
}

/** As many as Chrome itself keeps. */
const LIMIT = 1000;
/** Remote handles of a question. */
const GROUP = 'memory-graph-console';
const PREVIEW_LENGTH = 200;
const options = { deadline: 2000 };

/** @param told Called with all entries whenever there are others. */
export function followConsole(
  session: ProtocolSession,
  token: string,
  told: (entries: readonly LogEntry[]) => void,
): ConsoleLog {
  let entries: readonly LogEntry[] = [];
  let last = 0;
  let telling = false;
  let describing = false;
  const described = new Set<number>();
  /** Once for all that comes at once. */
  const tell = (): void => {
    if (telling) return;
    telling = true;
    queueMicrotask(() => {
      telling = false;
      told(entries);
    });
  };
  /** What V8 makes of an object for a person, without getters or traps. */
  const previewAfresh = async (object: LoggedObject): Promise<LoggedObject> => {
    const { objectId } = object;
    const parameters = {
      objectId,
      functionDeclaration: 'function() { return this; }',
      generatePreview: true,
      silent: true,
    };
    const answer = await session.send('Runtime.callFunctionOn', parameters, options);
    if (!answer.ok) return object;
    const { result } = answer.value;
    if (result.objectId !== undefined)
      void session.send('Runtime.releaseObject', { objectId: result.objectId }, options);
    return { objectId, preview: previewOf(result) };
  };
  const describe = async (entry: LogEntry): Promise<void> => {
    if (described.has(entry.number)) return;
    described.add(entry.number);
    const objects = await Promise.all(entry.objects.map(previewAfresh));
    entries = entries.map((one) => (one.number === entry.number ? { ...one, objects } : one));
    tell();
  };
  const clear = (): void => {
    entries = [];
    described.clear();
    tell();
  };
  const stop = [
    session.on('Runtime.consoleAPICalled', (message) => {
      const objects = message.args.flatMap((value) =>
        value.objectId === undefined ? [] : [{ objectId: value.objectId, preview: previewOf(value) }],
      );
      if (message.type === 'clear') return clear();
      if (objects.length === 0) return;
      last += 1;
      const entry = toEntry(message, objects, last);
      entries = [...entries, entry].slice(-LIMIT);
      tell();
      if (describing) void describe(entry);
    }),
    session.on('Runtime.executionContextsCleared', clear),
  ];
  void session.send('Runtime.enable', undefined, options);

  return {
    describe(on) {
      describing = on;
      if (on) for (const entry of entries) void describe(entry);
    },
    close() {
      for (const unsubscribe of stop) unsubscribe();
    },
    async keep(objectId) {
      const held = await heldAgent(session, token, null, GROUP, options);
      const holder = held.ok ? held.value : null;
      if (holder === null) return null;
      const kept = await session.send(
        'Runtime.callFunctionOn',
        {
          objectId: holder,
          functionDeclaration: 'function(value) { return this.keep(value); }',
          arguments: [{ objectId }],
          silent: true,
          returnByValue: true,
        },
        options,
      );
      void session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }, options);
      const number: unknown = kept.ok ? kept.value.result.value : null;
      return typeof number === 'number' ? `graph[${number}]` : null;
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
  const text = args.flatMap((value) =>
    value.objectId === undefined ? [String(value.value ?? value.description)] : [],
  );
  return {
    number,
    time: timestamp,
    level: type,
    text: text.join(' '),
    objects,
    location: frame
      ? { scriptId: frame.scriptId, url: frame.url, line: frame.lineNumber, column: frame.columnNumber }
      : null,
  };
}

/** From what V8 sent along, without asking the page. */
function previewOf({ description = 'Object', preview }: RemoteObject): string {
  if (!preview) return description.slice(0, PREVIEW_LENGTH);
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
