/**
 * Finds the class of the method that a frame runs: V8 says `add`, a user says `BinTree.add`. Goes by the source around the function and
 * by what V8 told of `this`. Must not ask for properties: V8 runs a getter that is a bound function.
 */

import { say } from '../words/say.ts';
import { ANONYMOUS, type Pause, type PausedFrame, type RemoteObject } from './pause.ts';
import { anonymousAt, callbackName, initializerOf, isInitializer } from './readable-names.ts';
import type { Sources } from './sources.ts';

export interface MethodNames {
  /** The same pause, with the class in front of each method's name. @param isShown Only of these frames. */
  qualify(pause: Pause, isShown?: (index: number) => boolean): Promise<Pause>;
  /** Forgets all names, when the scripts are gone. */
  clear(): void;
}

/** What V8 writes around the text that is given to `new Function`. */
const evaluated = /^\s*\((?:async )?function\*? anonymous$/;
const NEW_FUNCTION = say('frame_newFunction');

/** Classes of receivers that add nothing to the function's name. */
const plain: ReadonlySet<string> = new Set(['Object', 'Window', 'global', 'DedicatedWorkerGlobalScope']);

export function createMethodNames({ before, classAround }: Pick<Sources, 'before' | 'classAround'>): MethodNames {
  /** Names by class and location of the function. A method keeps its name, so each is looked up once. */
  const known = new Map<string, string>();

  async function labelOf({ name, functionLocation }: PausedFrame, owner: string | null): Promise<string> {
    if (!functionLocation) return name;
    if (name === ANONYMOUS) {
      const text = await before(functionLocation);
      if (text === null) return name;
      if (evaluated.test(text)) return NEW_FUNCTION;
      return callbackName(text) ?? anonymousAt(functionLocation.line);
    }
    if (isInitializer(name, null)) return owner ? initializerOf(name, owner) : name;
    const around = await classAround(functionLocation);
    if (around === null) return name;
    // A private method belongs to the class that declares it, whatever `this` is.
    const holder = name.includes('#') && around !== '' ? around : owner;
    return holder ? `${holder}.${name}` : name;
  }

  async function qualified(frame: PausedFrame): Promise<PausedFrame> {
    const { functionLocation, name } = frame;
    const receiver = receiverValue(frame);
    const owner = receiver ? classOf(receiver) : null;
    if (!functionLocation || owner === name || (!owner && name !== ANONYMOUS)) return frame;
    const key = `${owner} ${name} ${functionLocation.scriptId}:${functionLocation.line}:${functionLocation.column}`;
    let label = known.get(key);
    if (label === undefined) {
      label = await labelOf(frame, owner);
      known.set(key, label);
    }
    return label === name ? frame : { ...frame, name: label };
  }

  return {
    async qualify(pause, isShown = () => true) {
      const frames = await Promise.all(pause.frames.map((frame, index) => (isShown(index) ? qualified(frame) : frame)));
      if (frames.every((frame, index) => frame === pause.frames[index])) return pause;
      return { ...pause, frames };
    },
    clear: () => known.clear(),
  };
}

const receiverValue = ({ receiver }: PausedFrame): RemoteObject | undefined =>
  receiver.form === 'value' ? receiver.value : undefined;

/** The class of an instance, or the class itself when a static method runs; null when its name adds nothing. */
function classOf({ type, subtype, className, description }: RemoteObject): string | null {
  if (subtype === 'proxy' || subtype === 'null') return null;
  if (type === 'function')
    return /^class\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(description ?? '')?.[1] ?? null;
  if (type !== 'object' || !className || plain.has(className)) return null;
  return className;
}
