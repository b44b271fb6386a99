/**
 * Records what a program does at each stop, in the page: conditions of breakpoints that never hold call it with the variables of their
 * frame. It reads like the agent, so no code of the page runs. It keeps digits and numbers, and no value of the page. It deletes its
 * name when its budget or its lease ends.
 */
import { type Handout, itself, type RecorderEnd, type RecorderOptions } from '../../wire/recorder-exchange.ts';
import { captureBuiltins } from '../realm/builtins.ts';
import { isMethod, type Method } from '../realm/judge.ts';
import type { NativeTypes } from '../visit/debugger-facts.ts';
import { createCallFrames, type Maybe } from './call-frames.ts';
import { createInputTest } from './input-test.ts';
import { createMoments, hasRoom } from './moments.ts';

export interface Recorder {
  /** Takes out what was recorded since the last call, and renews the lease. */
  take(): Handout;
  /** Ends the recording. */
  end(): void;
  /** From now on the condition holds at the next stop at which this object has changed. 0 ends that. */
  watch(id: number): void;
  /**
   * Takes the function with this global name, by which a page that is too busy to answer tells what it recorded, off the global object.
   */
  connect(name: string): void;
  /** Whether proxies are told apart, so that none of their traps runs. */
  readonly exact: boolean;
}

/** Milliseconds after which a page that did not answer tells what it recorded, and then tells more. */
const silence = 1000;
const pace = 250;

/**
 * @param scope The global object.
 * @param types Node's own tests of types, where they exist.
 */
export function createRecorder(
  scope: typeof globalThis & { [name: string]: unknown },
  given: RecorderOptions,
  types: NativeTypes | null = null,
): Recorder | null {
  // A script's literals are made as the page's own objects are, and these stay.
  const options = { ...given, view: { ...given.view, slices: { ...given.view.slices } } };
  const builtins = captureBuiltins(scope, types !== null);
  const { defineProperty, clock } = builtins;
  if (!builtins.usable || !builtins.defines || builtins.maps === null) return null;
  const moments = createMoments(builtins, options, types);
  const frames = createCallFrames(builtins, moments.identities, options);
  let ended: RecorderEnd = '';
  let busy = false;
  let tell: Method | null = null;
  let told = 0;
  const startsWith = options.awaitsInput ? createInputTest(builtins) : null;
  let waits = startsWith !== null;
  let renewed = now();

  function now(): number {
    const time = clock();
    return typeof time === 'number' ? time : 0;
  }

  function end(why: RecorderEnd): void {
    if (ended !== '') return;
    ended = why;
    remove(scope, options.name);
    if (why !== 'stopped') tellAll();
  }

  /** Nothing is lost of a page that stays busy for ever. */
  function tellAll(): void {
    if (tell === null) return;
    told = now();
    try {
      builtins.apply(tell, builtins.globalObject, [asText(moments.take(ended))]);
    } catch {
      // Nobody listens any more.
    }
  }

  function isOver(time: number): boolean {
    if (time - renewed > options.lease) end('lease');
    const used = moments.over();
    if (used !== '') end(used);
    return ended !== '';
  }

  /** Whether the program pauses here: only where the watched object has changed. */
  function hit(place: number, locals: object, all?: () => object, each?: () => Maybe): unknown {
    if (place === itself && options.findable) return recorder;
    if (ended !== '' || busy || !hasRoom()) return false;
    const started = now();
    if (waits) {
      if (started - renewed > options.lease) end('lease');
      if (ended !== '' || startsWith?.() === false) return false;
      waits = false;
    }
    if (isOver(started)) return false;
    busy = true;
    moments.keep(place, (roots) => {
      let others: object | null = null;
      let single: Maybe | null = null;
      if (all !== undefined) {
        try {
          others = all();
        } catch {
          single = each?.() ?? null;
        }
      }
      const input = frames.input(place, locals, others, single);
      roots[0] = input;
      return frames.addWaiting(roots, 1, input);
    });
    const time = now();
    if (time - renewed > silence && time - told > pace) tellAll();
    busy = false;
    return moments.hasWatchedChanged();
  }

  function watchLease(): void {
    if (ended !== '') return;
    if (now() - renewed > options.lease) end('lease');
    else builtins.apply(builtins.browser.setTimeout, builtins.globalObject, [watchLease, options.lease]);
  }

  if (!defineProperty(scope, options.name, { __proto__: null, value: hit, configurable: true })) return null;
  try {
    watchLease();
  } catch {
    // Without timers, as in Node, the lease ends at the next stop.
  }
  const recorder: Recorder & { __proto__: null } = {
    __proto__: null,
    take() {
      renewed = now();
      return moments.take(ended);
    },
    end: () => end('stopped'),
    watch: moments.watch,
    connect(name) {
      const given = builtins.data(scope, name);
      remove(scope, name);
      if (isMethod(given)) tell = given;
    },
    exact: moments.exact,
  };
  return recorder;
}

/** As `readToldHandout` reads it. Taking lists apart would call the page's iterators. */
function asText(handout: Handout): string {
  const texts = handout[4];
  let lengths = '';
  let all = '';
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? '';
    lengths += `${text.length} `;
    all += text;
  }
  return `${handout[0]} ${handout[1]} ${handout[2]} ${handout[3]} ${lengths}${all}`;
}

function remove(holder: { [name: string]: unknown }, name: string): void {
  try {
    delete holder[name];
  } catch {
    // The page made its global object refuse that.
  }
}
