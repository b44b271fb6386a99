/**
 * Captures, one after another: from the roots breadth first through all that they lead to, so that the way to each object is the
 * shortest and limits cut what is far. Writes the reply while it walks. Under the same rules as agent.ts.
 */
import { Proof } from '../snapshot/exchange.ts';
import { formatVersion, pieceLength, type Reply } from '../snapshot/format.ts';
import { createAccessed } from './accessed.ts';
import type { Builtins } from './builtins.ts';
import { createElements } from './elements.ts';
import type { Identities } from './identities.ts';
import type { List } from './lists.ts';
import type { Visit } from './mentions.ts';
import { createNames } from './names.ts';
import { createObjects } from './objects.ts';
import { createProperties } from './properties.ts';
import { createReadiness } from './readiness.ts';
import type { RootInput } from './roots.ts';
import { type Ways, waysTo } from './search.ts';
import { charactersOf, Sink } from './sink.ts';
import { createSyntheticWriter } from './synthetics.ts';
import { createPool, type Pool } from './texts.ts';
import { createTold } from './told.ts';
import { longestReason } from './values.ts';
import { createWork, type WalkOptions } from './work.ts';

export interface Walk {
  /** Begins a capture, whatever became of the one before. */
  begin(roots: List<RootInput>, rootCount: number, options: WalkOptions): void;
  /** Writes records until an object has to be asked for first or the page is due a turn; says whether all is written. */
  run(): boolean;
  /** After `run` said false: it has to be known of all errors whether they can be described. */
  needsErrors(): boolean;
  /** From now on nothing more is read: what is left is cut for want of time. */
  hurry(): void;
  /** After all is written. */
  reply(): Reply;
  /** After a search. */
  ways(): Ways;
  /** Lets go of all that the capture knew of the page. */
  forget(): void;
}

export function createWalk(builtins: Builtins, identities: Identities, options: WalkOptions): Walk {
  const work = createWork(builtins, identities, options);
  const { budget, look, brands, record, mentions, texts, values } = work;
  const { stream } = record;
  const names = createNames(work);
  const elements = createElements(work, names);
  const properties = createProperties(work, names);
  const told = createTold(work, elements, properties);
  const accessed = createAccessed(work, properties);
  const objects = createObjects(work, { names, elements, properties, told, accessed });
  const readiness = createReadiness(work, objects);
  const writeSynthetic = createSyntheticWriter(work, names, elements, properties);
  /** Where builtins were replaced, there may be no way to make a longer list. */
  const cuts = builtins.arrayOf(1, () => 0).length === 1;
  let pieces: List<string> = { __proto__: null };
  let pieceCount = 0;
  /** Until they are written. */
  let roots: List<RootInput> | null = null;
  let rootCount = 0;
  /** Of the visit that comes next. */
  let next = 0;

  /** Whether they can be written; if not, asks for what is missing. */
  function areRootsReady(roots: List<RootInput>): boolean {
    let ready = true;
    for (let index = 0; index < rootCount; index += 1) {
      const root = roots[index];
      if (root?.type === 'thrown' && !readiness.isDescribable(root.error)) ready = false;
    }
    return ready;
  }

  function writeRoots(roots: List<RootInput>): void {
    stream.number(rootCount);
    for (let index = 0; index < rootCount; index += 1) {
      const root = roots[index] ?? { type: 'failed', reason: 'Nothing was asked for.' };
      switch (root.type) {
        case 'value':
          stream.digit(0);
          values.write(stream, root.value);
          break;
        case 'thrown':
          stream.digit(1);
          texts.excerpt(stream, `Thrown: ${look.describe(root.error)}`, longestReason);
          break;
        case 'failed':
          stream.digit(1);
          texts.excerpt(stream, root.reason, longestReason);
          break;
        default:
          stream.digit(0);
          mentions.referTo(stream, root);
      }
    }
  }

  function writeRecord(visit: Visit): void {
    const { exact } = work;
    mentions.current = visit;
    const unknown = exact !== null && exact.proofs.of(visit.target) === Proof.Unknown;
    if (visit.synthetic !== null) {
      objects.contents += 1;
      writeSynthetic(visit.synthetic);
    } else if (budget.isOverdue() || unknown) objects.writeUntouched();
    else if (work.isProxy(visit.target)) objects.writeProxy(visit);
    else objects.write(visit);
    if (work.sought !== null) record.drop();
  }

  /** Asks for all that is missing of the visits that are known by now. */
  function askAhead(from: Visit): void {
    const { exact } = work;
    // The same number of questions whatever the limits cut later.
    const before = objects.contents;
    for (let visit: Visit | null = from; visit !== null; visit = mentions.at(visit.index + 1)) {
      // To go through all that is known again and again would take the square of their number.
      if (exact?.isFull()) break;
      if (readiness.isReady(visit)) continue;
      if (exact !== null && exact.wantedCount() > 0) objects.contents = before + exact.wantedCount();
    }
    objects.contents = before;
    if (exact !== null && exact.unknownCount() > 0) readiness.askCommon();
  }

  function cutPiece(): void {
    pieces[pieceCount] = stream.take();
    pieces[pieceCount + 1] = texts.take();
    pieceCount += 2;
  }

  function dropPieces(): void {
    pieces = { __proto__: null };
    pieceCount = 0;
  }

  return {
    begin(newRoots, newRootCount, options) {
      work.begin(options);
      names.forget();
      objects.contents = 0;
      next = 0;
      dropPieces();
      roots = newRoots;
      rootCount = newRootCount;
      budget.pause();
    },
    forget() {
      work.forget();
      names.forget();
      dropPieces();
      roots = null;
    },
    run() {
      budget.resume();
      look.refresh();
      brands.refresh();
      readiness.errorsNeeded = false;
      work.exact?.clear();
      if (roots !== null) {
        if (!areRootsReady(roots)) {
          budget.pause();
          return false;
        }
        writeRoots(roots);
        roots = null;
      }
      let finished = true;
      for (let visit = mentions.advance(next); visit !== null; visit = mentions.advance(next)) {
        // The page goes on between the steps of an exact capture in any case.
        if (work.exact !== null && budget.isPieceOver()) {
          finished = false;
          break;
        }
        if (!readiness.isReady(visit)) {
          askAhead(visit);
          finished = false;
          break;
        }
        writeRecord(visit);
        if (cuts && stream.length >= pieceLength) cutPiece();
        if (work.sought !== null && budget.late) break;
        next += 1;
      }
      budget.pause();
      return finished;
    },
    needsErrors: () => readiness.errorsNeeded,
    hurry() {
      budget.late = true;
    },
    ways: () => waysTo(builtins, work.sought ?? 0, mentions, budget.late),
    reply() {
      budget.resume();
      if (work.ways?.partial) budget.interrupted += 1;
      stream.number(budget.interrupted);
      work.hidden.write(stream);
      stream.number(microseconds(budget.elapsed()));
      writeReplaced(builtins, stream, texts);
      if (pieceCount === 0)
        return [formatVersion, record.shapes.take(), record.names.take(), stream.take(), texts.take()];
      cutPiece();
      const head = [formatVersion, record.shapes.take(), record.names.take()];
      return builtins.arrayOf(3 + pieceCount, (index) => (index < 3 ? head[index] : pieces[index - 3]) ?? '');
    },
  };
}

/** A reply without objects, for when not even the roots can be read. `reason` is one sentence. */
export function failedReply(builtins: Builtins, roots: number, reason: string): Reply {
  const texts = createPool(builtins);
  const stream = new Sink(builtins, charactersOf(builtins));
  stream.number(roots);
  for (let index = 0; index < roots; index += 1) {
    stream.digit(1);
    texts.excerpt(stream, reason, longestReason);
  }
  for (let zeros = 0; zeros < 4; zeros += 1) stream.number(0);
  writeReplaced(builtins, stream, texts);
  return [formatVersion, '', '', stream.take(), texts.take()];
}

function writeReplaced(builtins: Builtins, stream: Sink, texts: Pool): void {
  stream.number(builtins.replacedCount());
  for (let index = 0; index < builtins.replacedCount(); index += 1) texts.text(stream, builtins.replaced[index] ?? '');
}

function microseconds(milliseconds: number): number {
  const value = milliseconds * 1000;
  return value > 0 ? value - (value % 1) : 0;
}
