/**
 * Finds out whose method a frame runs: V8 says `add`, a person says `BinTree.add`. Asks the protocol for properties, so
 * that neither a getter nor a trap of the page runs.
 */
import type { RequestOptions } from '../capture/connection.ts';
import type { ProtocolSession, Result } from '../capture/protocol.ts';
import type { Pause, PausedFrame, RemoteObject } from './pause.ts';

export interface MethodNames {
  /** The same pause, with the class in front of each method's name. */
  qualify(pause: Pause): Promise<Pause>;
  /** Forgets what it knows, when the scripts are gone. */
  clear(): void;
}

type Properties = Result<'Runtime.getProperties'>;

const options: RequestOptions = { deadline: 1000 };
/** Prototypes looked through; deeper hierarchies show the method's own name. */
const HOPS = 8;
/** Receivers whose class says nothing that the function's name does not. */
const plain: ReadonlySet<string> = new Set(['Object', 'Window', 'global', 'DedicatedWorkerGlobalScope']);

export function createMethodNames(session: ProtocolSession): MethodNames {
  /** By class and place of the function: a method keeps its name, so each is looked up once. */
  const known = new Map<string, string>();

  async function propertiesOf(objectId: string): Promise<Properties | null> {
    const parameters = { objectId, ownProperties: true, nonIndexedPropertiesOnly: true };
    const properties = await session.send('Runtime.getProperties', parameters, options);
    return properties.ok ? properties.value : null;
  }

  async function begins(fn: RemoteObject, { functionLocation }: PausedFrame): Promise<boolean> {
    if (!fn.objectId || !functionLocation) return false;
    const properties = await propertiesOf(fn.objectId);
    const place: unknown = properties?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value
      ?.value;
    if (typeof place !== 'object' || place === null) return false;
    const { scriptId, line, column } = functionLocation;
    return (
      Reflect.get(place, 'scriptId') === scriptId &&
      Reflect.get(place, 'lineNumber') === line &&
      Reflect.get(place, 'columnNumber') === column
    );
  }

  async function isMethod(frame: PausedFrame): Promise<boolean> {
    let holder: RemoteObject | undefined = frame.receiver;
    // `get size` and `set size` are the accessors of `size`.
    const [, kind, name] = /^(?:(get|set) )?(.*)$/.exec(frame.name) ?? [];
    for (let hop = 0; hop < HOPS && holder?.objectId && holder.subtype !== 'proxy'; hop++) {
      const properties: Properties | null = await propertiesOf(holder.objectId);
      if (!properties) return false;
      const named = [...properties.result, ...(properties.privateProperties ?? [])].find((own) => own.name === name);
      if (named) {
        const fn = kind === 'get' ? named.get : kind === 'set' ? named.set : named.value;
        return fn?.type === 'function' && (await begins(fn, frame));
      }
      holder = properties.internalProperties?.find((own) => own.name === '[[Prototype]]')?.value;
    }
    return false;
  }

  async function qualified(frame: PausedFrame): Promise<PausedFrame> {
    const { receiver, functionLocation, name } = frame;
    const owner = classOf(receiver);
    if (!functionLocation || !owner || owner === name) return frame;
    const key = `${owner} ${name} ${functionLocation.scriptId}:${functionLocation.line}:${functionLocation.column}`;
    let label = known.get(key);
    if (label === undefined) {
      label = (await isMethod(frame)) ? `${owner}.${name}` : name;
      known.set(key, label);
    }
    return label === name ? frame : { ...frame, name: label };
  }

  return {
    async qualify(pause) {
      const frames = await Promise.all(pause.frames.map(qualified));
      if (frames.every((frame, index) => frame === pause.frames[index])) return pause;
      return { ...pause, frames };
    },
    clear: () => known.clear(),
  };
}

/** The class of an instance, or the class itself where a static method runs; null where it has no telling name. */
function classOf({ type, subtype, className, description }: RemoteObject): string | null {
  if (subtype === 'proxy' || subtype === 'null') return null;
  if (type === 'function')
    return /^class\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(description ?? '')?.[1] ?? null;
  if (type !== 'object' || !className || plain.has(className)) return null;
  return className;
}
