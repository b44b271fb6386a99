/**
 * Answers the agent's steps until its walk ends: what objects are, what only V8 sees of them, and whether errors can be described.
 * Must end the walk before the deadline, with what is known by then.
 */

import type { ReadOptions } from '../../snapshot/read-options.ts';
import type { DebuggerDomain } from '../../transport/debugger-domain.ts';
import { Proof } from '../../wire/debugger-exchange.ts';
import { type Kind, kinds } from '../../wire/format.ts';
import type { Step } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import { agentCall, Handed, HandedList } from '../scripts/agent-call.ts';
import { callAgent, handleFrom } from './agent-handles.ts';
import { detailsOf } from './details.ts';
import { declaredNamesIn } from './fields/declared-names.ts';
import { readPrivateFields } from './fields/private-fields.ts';
import { type Answer, argumentOf, elementsOf, readStep } from './remote-objects.ts';
import type { TimedSession } from './timed-session.ts';

export interface Answers {
  /**
   * Answers all steps, from the agent's first to its last. Throws Failed.
   * @returns The fields of the agent's reply.
   */
  toTheEnd(
    timed: TimedSession,
    handle: string,
    first: Answer<Step<Handed>>,
    view: ReadOptions,
  ): Promise<readonly unknown[]>;
}

/**
 * The time for which a search for errors is valid: milliseconds, or this many times its own duration. Classes of errors with
 * getters appear when a page loads scripts, not between two steps.
 */
const ERRORS_STAY = 2000;
const ERRORS_STAY_TIMES = 10;
/**
 * Milliseconds of asking in rounds after which a list is so long that the agent proves by itself what it can. Until then the
 * protocol is asked about each object, which says more, also about objects whose prototypes were exchanged.
 */
const LONG_COST = 24;
const OBJECTS_PER_MILLISECOND = 200;

const WASM_REFUSAL = say('unread_errorsManaged');
const UNKNOWN_REFUSAL = say('unread_errorsUnknown');

export function createAnswers(domain: DebuggerDomain): Answers {
  /** The latest search for errors, and the agent that has its result. */
  let errorsSeen: { readonly handle: string; readonly until: number } | null = null;

  /** What V8 runs to describe errors is on their prototypes. Searches again when the last search is too old. */
  async function answerErrors(timed: TimedSession, handle: string, hurry: boolean): Promise<Answer<Step<Handed>>> {
    const now = performance.now();
    if (hurry || (errorsSeen?.handle === handle && now < errorsSeen.until))
      return callAgent(timed, handle, agentCall('answerErrors', null, hurry));
    const mayCrash = await timed.inTime(domain.mayHaveWasmObjects);
    if (mayCrash !== false)
      return callAgent(timed, handle, agentCall('refuseErrors', mayCrash === null ? UNKNOWN_REFUSAL : WASM_REFUSAL));
    const prototype = await handleFrom(timed, handle, agentCall('getErrorPrototype'));
    const { objects } = await timed.send('Runtime.queryObjects', {
      prototypeObjectId: prototype ?? '',
      objectGroup: timed.group,
    });
    const step = await callAgent(timed, handle, agentCall('answerErrors', new Handed(argumentOf(objects)), false));
    const ended = performance.now();
    errorsSeen = { handle, until: ended + Math.max(ERRORS_STAY, ERRORS_STAY_TIMES * (ended - now)) };
    return step;
  }

  return {
    async toTheEnd(timed, handle, first, view) {
      let step = first;
      let spent = 0;
      let objects = 0;
      for (;;) {
        const asked = await readStep(timed, step);
        if (asked.name === 'reply') return asked.reply;
        const hurry = timed.late();
        if (asked.name === 'errors') {
          step = await answerErrors(timed, handle, hurry);
        } else if (asked.name === 'kinds') {
          const { types } = asked;
          if (types.length > 0) {
            spent += 1 + types.length / OBJECTS_PER_MILLISECOND;
            objects += types.length;
            timed.options.onProgress?.(objects);
          }
          const codes = types.map(codeOfType).join('');
          step = await callAgent(timed, handle, agentCall('answerKinds', codes, hurry, spent >= LONG_COST));
        } else if (asked.name === 'classes') {
          const names = hurry ? [] : asked.texts.map(declaredNamesIn);
          step = await callAgent(timed, handle, agentCall('answerClasses', names, hurry));
        } else if (asked.name === 'fields') {
          const can = !hurry && (await readPrivateFields(timed, handle, asked.boxes));
          step = await callAgent(timed, handle, agentCall('answerFields', can, hurry));
        } else {
          const wanted = hurry ? [] : (await elementsOf(timed, asked.list)).slice(1);
          const details = await detailsOf(timed, wanted, view, domain);
          const values = new HandedList(details.values);
          step = await callAgent(timed, handle, agentCall('answerDetails', details.specs, hurry, values));
        }
      }
    },
  };
}

/** A character for the protocol's type of an object: a code of `Proof`, from `0` on. */
function codeOfType(type: string): string {
  const code = PROTOCOL_KINDS.has(type) ? Proof.FirstKind + KIND_NAMES.indexOf(type) : Proof.Plain;
  return String.fromCharCode(48 + code);
}

const KIND_NAMES: readonly string[] = kinds;

/** The protocol's types that have the same meaning as our kinds. */
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
