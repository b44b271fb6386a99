/**
 * What crosses between a recording and the recorder in a page (src/page/recorder/), as types for both ends. It becomes part of a script
 * that runs in foreign pages, which leaves out the function for this end.
 *
 * What a recorder hands out is `[end, stops, milliseconds, turn, [shapes, stream, definitions, texts]]`. Turns count from 1: a page that
 * is busy tells its turns by events, which may overtake answers. `shapes` are those of a
 * reply (format.ts). `definitions` are excerpts whose characters are in `texts`; they are numbered from 1 over
 * all that is handed out. In `stream` a text is its number, and a reference names its object.
 *
 *     stream   stop*; stop = number place + 1, number microseconds since the beginning, record*, number 0
 *     record   number 2 × object, or 2 × -frame + 1; number shape, then the values of a record (format.ts)
 *
 * Only records that differ from the ones before are there. A frame's number is -2 - its function.
 */
import type { ReadOptions } from '../snapshot/read-options.ts';

/** What a place is in its function. */
export const PlaceKind = { Inside: 0, Entry: 1, Return: 2 } as const;

/** Why a recorder has ended. */
export const recorderEnds = ['', 'stopped', 'stops', 'time', 'size', 'lease', 'failed'] as const;
export type RecorderEnd = (typeof recorderEnds)[number];

export interface RecorderBudget {
  readonly stops: number;
  /** Milliseconds that the recorder may take of the page. */
  readonly milliseconds: number;
  /** Characters of what is handed out. */
  readonly characters: number;
}

export interface RecorderOptions extends RecorderBudget {
  /** The global name by which conditions call the recorder. */
  readonly name: string;
  readonly view: ReadOptions;
  /** By place: the number of its function. */
  readonly functions: readonly number[];
  /** By place: one of `PlaceKind`. */
  readonly kinds: readonly number[];
  /** By function: its name. */
  readonly labels: readonly string[];
  /** Milliseconds after which a recorder that nobody asks ends. */
  readonly lease: number;
  /** Nothing is recorded before code runs because of a click, a key press or another input. */
  readonly awaitsInput: boolean;
  /** The recorder cannot be handed to who made it, so it is found by its name, with this place: -1. */
  readonly findable: boolean;
}

/** The place with which a recorder that is `findable` answers itself. */
export const itself = -1;

/** The last element has the texts. */
export type Handout = readonly [
  end: number,
  stops: number,
  milliseconds: number,
  turn: number,
  texts: readonly string[],
];

/** What was kept of the calls of `graph(…)` since the last handout. */
export type CallsHandout = readonly [
  /** The number of the film, which counts from 1 in a document. */
  film: number,
  /** The number of its calls, also of those that are not in it. */
  calls: number,
  /** Whether proxies are told apart. */
  exact: boolean,
  handout: Handout,
  /** Places that are new, as lines of a stack, each with a line end. They are numbered from 0. */
  places: string,
];

/** The number of texts of a handout. */
export const handoutTexts = 4;

/**
 * A handout as one text, as a busy page tells it: its numbers and the lengths of its texts, each with a space behind it, then the
 * texts. Null for any other text.
 */
export function readToldHandout(told: string): Handout | null {
  const numbers: number[] = [];
  let at = 0;
  for (let index = 0; index < 4 + handoutTexts; index += 1) {
    const end = told.indexOf(' ', at);
    const number = Number(told.slice(at, end));
    if (end < 0 || end === at || !Number.isFinite(number)) return null;
    numbers.push(number);
    at = end + 1;
  }
  const [end = 0, stops = 0, milliseconds = 0, turn = 0, ...lengths] = numbers;
  const texts = lengths.map((length) => {
    at += length;
    return told.slice(at - length, at);
  });
  return [end, stops, milliseconds, turn, texts];
}
