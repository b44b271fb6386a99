/**
 * Answers what the agent asks for while it walks, until it has walked all: what objects are, what only V8 sees of them, and
 * whether errors can be described. Must bring the walk to its end before the deadline, with what is known by then.
 */
import { Proof } from '../snapshot/exchange.ts';
import { type Kind, kinds } from '../snapshot/format.ts';
import type { View } from '../snapshot/snapshot.ts';
import { callAgent, handleFrom } from './agents.ts';
import type { Asker } from './asker.ts';
import type { DebuggerDomain } from './debugger-domain.ts';
import { detailsOf } from './details.ts';
import { argumentOf, elementsOf, type RemoteObject, readStep } from './remote-objects.ts';

export interface Answers {
  /**
   * Goes on from the agent's first step to its last. Throws Failed.
   * @returns The fields of the agent's reply.
   */
  toTheEnd(ask: Asker, handle: string, first: RemoteObject, view: View): Promise<readonly unknown[]>;
}

/**
 * Milliseconds, and so many times as long as the look took. Classes of errors with getters come with a page's scripts, not
 * between two steps.
 */
const ERRORS_STAY = 2000;
const ERRORS_STAY_TIMES = 10;
/**
 * When asking in rounds has cost as much as it costs to ask V8 for all objects at once, that is asked, for then what is
 * left costs nothing. In milliseconds: a round one and what it asks, all objects by the size of the heap (1.8 s for a
 * million small ones, 35 MB). The page stands still for the latter, so it is not asked in a heap where that is felt.
 */
const OBJECTS_PER_MILLISECOND = 200;
const BYTES_PER_MILLISECOND = 20_000;
const LONGEST_STANDSTILL = 500;
/** Before that the size of the heap is not even asked for. */
const LEAST_COST = 24;

export function createAnswers(domain: DebuggerDomain): Answers {
  /** The latest look at all errors, and the agent that was told of it. */
  let errorsSeen: { readonly handle: string; readonly until: number } | null = null;

  /** What V8 runs to describe errors is on their prototypes: looked through anew when the last look was some time ago. */
  async function tellErrors(ask: Asker, handle: string, hurry: boolean): Promise<RemoteObject> {
    const now = performance.now();
    if (hurry || (errorsSeen?.handle === handle && now < errorsSeen.until))
      return callAgent(ask, handle, 'function(hurry) { return this.tellErrors(null, hurry); }', [{ value: hurry }]);
    const prototype = await handleFrom(ask, handle, 'function() { return this.errorPrototype; }', []);
    const { objects } = await ask.send('Runtime.queryObjects', {
      prototypeObjectId: prototype ?? '',
      objectGroup: ask.group,
    });
    const step = await callAgent(ask, handle, 'function(list) { return this.tellErrors(list, false); }', [
      argumentOf(objects),
    ]);
    const ended = performance.now();
    errorsSeen = { handle, until: ended + Math.max(ERRORS_STAY, ERRORS_STAY_TIMES * (ended - now)) };
    return step;
  }

  return {
    async toTheEnd(ask, handle, first, view) {
      let step = first;
      let spent = 0;
      let asked = 0;
      let costOfAll: number | null = null;
      for (;;) {
        const { code, types, fields } = await readStep(ask, step);
        if (code === 2) return fields;
        const hurry = ask.late();
        if (code === 3) {
          step = await tellErrors(ask, handle, hurry);
        } else if (code === 0) {
          if (types.length > 0) {
            spent += 1 + types.length / OBJECTS_PER_MILLISECOND;
            asked += types.length;
            ask.options.onProgress?.(asked);
          }
          if (costOfAll === null && spent >= LEAST_COST) {
            const { usedSize } = await ask.send('Runtime.getHeapUsage', undefined);
            const cost = usedSize / BYTES_PER_MILLISECOND;
            costOfAll = cost > LONGEST_STANDSTILL ? Number.POSITIVE_INFINITY : cost;
          }
          if (costOfAll !== null && spent >= costOfAll && !hurry) {
            // Once in a capture: what is not known then is a proxy, or new.
            costOfAll = Number.POSITIVE_INFINITY;
            await proveAll(ask, handle);
            step = await callAgent(ask, handle, `function() { return this.tellKinds('', false); }`, []);
            continue;
          }
          step = await callAgent(ask, handle, 'function(codes, hurry) { return this.tellKinds(codes, hurry); }', [
            { value: types.map(codeOfType).join('') },
            { value: hurry },
          ]);
        } else {
          const wanted = hurry ? [] : (await elementsOf(ask, step.objectId ?? '')).slice(1);
          const details = await detailsOf(ask, wanted, view, domain);
          step = await callAgent(
            ask,
            handle,
            'function(specs, hurry) { return this.tellDetails(specs, arguments, hurry); }',
            [{ value: details.specs }, { value: hurry }, ...details.values],
          );
        }
      }
    },
  };
}

/** V8 finds all objects that inherit from Object.prototype, and no proxies. Takes 50 to 100 ms for 20,000 objects. */
async function proveAll(ask: Asker, handle: string): Promise<void> {
  const prototype = await handleFrom(ask, handle, 'function() { return this.objectPrototype; }', []);
  if (prototype === undefined) return;
  const { objects } = await ask.send('Runtime.queryObjects', {
    prototypeObjectId: prototype,
    objectGroup: ask.group,
  });
  await callAgent(ask, handle, 'function(list) { this.tellSafe(list); }', [argumentOf(objects)]);
}

/** A character for what the protocol says that an object is: a code of `Proof`, from `0` on. */
function codeOfType(type: string): string {
  const code = PROTOCOL_KINDS.has(type) ? Proof.FirstKind + KIND_NAMES.indexOf(type) : Proof.Plain;
  return String.fromCharCode(48 + code);
}

const KIND_NAMES: readonly string[] = kinds;

/** Those of the protocol's types that say the same as our kinds. */
const PROTOCOL_KINDS: ReadonlySet<string> = new Set<Kind>([
  'array',
  'regexp',
  'date',
  'map',
  'set',
  'weakmap',
  'weakset',
  'error',
  'proxy',
  'promise',
  'typedarray',
  'arraybuffer',
  'generator',
  'node',
  'window',
]);
