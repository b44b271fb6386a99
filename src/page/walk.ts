/**
 * Captures, one after another: from the roots breadth first through all that they lead to, so that the path to each object is the
 * shortest and limits cut what is far. Writes the reply while it walks. Under the same rules as agent.ts.
 */
import { Proof } from '../wire/debugger-exchange.ts';
import { formatVersion, pieceLength, type Reply } from '../wire/format.ts';
import { charactersOf, Sink } from './encode/digit-writer.ts';
import type { Identities } from './encode/identities.ts';
import { createPool, type Pool } from './encode/text-pool-writer.ts';
import { createBrowserObjects } from './objects/browser/browser-objects.ts';
import { createNativeClasses } from './objects/browser/native-classes.ts';
import { createAccessorWriter } from './objects/custom-accessors.ts';
import { createDetailWriter, createTwins } from './objects/debugger-details.ts';
import { createElements } from './objects/elements.ts';
import { createObjectFacts } from './objects/object-facts.ts';
import { createObjects } from './objects/object-writer.ts';
import { createNames } from './objects/own-names.ts';
import { createProperties } from './objects/properties.ts';
import { createReadiness, type Readiness } from './objects/readiness.ts';
import { createSyntheticWriter } from './objects/synthetics.ts';
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';
import type { RetainerPaths } from './visit/ranges.ts';
import { pathsTo } from './visit/retainer-search.ts';
import type { RootInput } from './visit/roots.ts';
import { longestReason } from './visit/values.ts';
import type { Visit } from './visit/visit-queue.ts';
import {
  createWalkContext,
  noTools,
  type Recording,
  type WalkContext,
  type WalkOptions,
  type WalkTools,
} from './visit/walk-context.ts';

export interface Walk {
  /** Starts a capture, whatever happened to the one before. */
  begin(roots: List<RootInput>, rootCount: number, options: WalkOptions): void;
  /** Writes records until an object must be asked for first, or the page must get a turn. Returns whether everything is written. */
  run(): boolean;
  /** After `run` returned false: whether it must be known of all errors if they can be described. */
  needsErrors(): boolean;
  /** From now on nothing more is read. The rest is cut because of time. */
  hurry(): void;
  /** The number of the object whose record is being written; 0 for none. */
  currentId(): number;
  /** The reply, after everything is written. */
  reply(): Reply;
  /** The paths that a search found. */
  paths(): RetainerPaths;
  /** Forgets everything that the capture knew about the page. */
  forget(): void;
}

/**
 * @param recording Gets the records in place of a reply; null for captures.
 */
export function createWalk(
  builtins: Builtins,
  identities: Identities,
  options: WalkOptions,
  recording: Recording | null = null,
  tools: WalkTools = noTools,
): Walk {
  const context = createWalkContext(builtins, identities, options, recording, tools);
  const { budget, safe, families, record, queue, texts } = context;
  const { stream } = record;
  const parts = createParts(context);
  const { facts, names, natives, elements, properties, twins } = parts;
  const objects = createObjects(context, parts);
  const readiness = createReadiness(context, facts);
  const writeSynthetic = createSyntheticWriter(context, names, elements, properties);
  /** Whether a list can be extended. Where builtins were replaced, that may be impossible. */
  const cuts = builtins.arrayOf(1, () => 0).length === 1;
  let pieces: List<string> = { __proto__: null };
  let pieceCount = 0;
  /** The roots, until they are written. */
  let roots: List<RootInput> | null = null;
  let rootCount = 0;
  /** The index of the next visit. */
  let next = 0;

  function writeRecord(visit: Visit): void {
    const { exact } = context;
    queue.current = visit;
    texts.readsAll = context.isExpanded(visit.id) || context.isOpened(visit.id);
    const unknown = exact !== null && exact.proofs.of(visit.target) === Proof.Unknown;
    if (visit.synthetic !== null) {
      facts.contents += 1;
      writeSynthetic(visit.synthetic);
    } else if (budget.isOverdue() || unknown) objects.writeUntouched();
    else if (context.isProxy(visit.target)) objects.writeProxy(visit);
    else objects.write(visit);
    if (context.sought !== null) record.drop();
  }

  /** Asks for everything that is missing for the visits known so far. */
  function askAhead(from: Visit): void {
    const { exact } = context;
    // The number of questions must not depend on what the limits cut later.
    const before = facts.contents;
    for (let visit: Visit | null = from; visit !== null; visit = queue.at(visit.index + 1)) {
      // Going through all known visits again and again would take quadratic time.
      if (exact?.isFull()) break;
      if (readiness.isReady(visit)) continue;
      if (exact !== null && exact.wantedCount() > 0) facts.contents = before + exact.wantedCount();
    }
    facts.contents = before;
    if (exact !== null && exact.unknownCount() > 0) readiness.askCommon();
  }

  function cutPiece(): void {
    pieces[pieceCount] = stream.take();
    pieces[pieceCount + 1] = texts.take();
    pieceCount += 2;
  }

  function forgetParts(): void {
    names.forget();
    natives.forget();
    twins.begin();
    readiness.forget();
    pieces = { __proto__: null };
    pieceCount = 0;
  }

  return {
    begin(newRoots, newRootCount, options) {
      context.begin(options);
      forgetParts();
      facts.contents = 0;
      objects.begin();
      next = 0;
      roots = newRoots;
      rootCount = newRootCount;
      budget.pause();
    },
    forget() {
      context.forget();
      forgetParts();
      roots = null;
    },
    run() {
      budget.resume();
      safe.refresh();
      families.refresh();
      context.kinds.refresh();
      readiness.errorsNeeded = false;
      context.exact?.clear();
      if (roots !== null) {
        if (!areRootsReady(readiness, roots, rootCount)) {
          budget.pause();
          return false;
        }
        writeRoots(context, roots, rootCount);
        roots = null;
      }
      let finished = true;
      for (let visit = queue.advance(next); visit !== null; visit = queue.advance(next)) {
        // Between the steps of an exact capture the page runs in any case.
        if (context.exact !== null && budget.isPieceOver()) {
          finished = false;
          break;
        }
        if (!readiness.isReady(visit)) {
          askAhead(visit);
          // After an error whose description runs code, what was asked for may have to stay unread.
          if (context.exact?.becameHarmful() || context.exact?.proveHere()) {
            context.exact.clear();
            continue;
          }
          finished = false;
          break;
        }
        writeRecord(visit);
        if (cuts && stream.length >= pieceLength) cutPiece();
        if (context.sought !== null && budget.late) break;
        next += 1;
      }
      budget.pause();
      return finished;
    },
    needsErrors: () => readiness.errorsNeeded,
    hurry() {
      budget.late = true;
    },
    currentId: () => queue.current?.id ?? 0,
    paths: () => pathsTo(builtins, context.sought ?? 0, queue, budget.late),
    reply() {
      budget.resume();
      if (context.paths?.partial) budget.interrupted += 1;
      stream.number(budget.interrupted);
      context.hidden.write(stream);
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

/** The writers of one walk. */
function createParts(context: WalkContext) {
  const names = createNames(context);
  const natives = createNativeClasses(context);
  const elements = createElements(context, names);
  const properties = createProperties(context, names, natives);
  const twins = createTwins(context, names);
  return {
    names,
    natives,
    elements,
    properties,
    twins,
    detailWriter: createDetailWriter(context, elements, properties, twins),
    accessorWriter: createAccessorWriter(context, properties),
    browserObjects: createBrowserObjects(context, natives),
    facts: createObjectFacts(context),
  };
}

/** A reply without objects, for when not even the roots can be read. @param reason A `ReasonCode`. */
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

/** Characters of a text that is read because it was asked for. */
const longestRoot = 200_000_000;

function writeRoots(context: WalkContext, roots: List<RootInput>, rootCount: number): void {
  const { safe, record, queue, texts, values } = context;
  const { stream } = record;
  stream.number(rootCount);
  for (let index = 0; index < rootCount; index += 1) {
    const root = roots[index] ?? { type: 'failed', reason: 'nothingAsked' };
    switch (root.type) {
      case 'value':
        stream.digit(0);
        texts.readsAll = typeof root.value === 'string' && root.value.length <= longestRoot;
        values.write(stream, root.value);
        break;
      case 'thrown':
        stream.digit(1);
        texts.excerpt(stream, `thrown\n${safe.describe(root.error)}`, longestReason);
        break;
      case 'failed':
        stream.digit(1);
        texts.excerpt(stream, root.reason, longestReason);
        break;
      default:
        stream.digit(0);
        queue.referTo(stream, root);
    }
  }
}

/** Whether the roots can be written; if not, asks for what is missing. */
function areRootsReady(readiness: Readiness, roots: List<RootInput>, rootCount: number): boolean {
  let ready = true;
  for (let index = 0; index < rootCount; index += 1) {
    const root = roots[index];
    if (root?.type === 'thrown' && !readiness.isDescribable(root.error)) ready = false;
  }
  return ready;
}
