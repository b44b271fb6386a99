/**
 * What the view Page lists, and the handles of what was drawn from it. Lists by itself what costs nothing; what stops the page is
 * asked for. Knows no extension API and no DOM.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RootRequest } from '../../src/capture/capture.ts';
import type { HeapAccess, ProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import { countClasses, type FoundClass, markObjects, nameOfClass, objectsOf } from '../../src/survey/classes.ts';
import { componentsAt, type FoundComponent } from '../../src/survey/components.ts';
import { type FoundElement, findDetached, openElement } from '../../src/survey/detached.ts';
import { type Found, findGlobals } from '../../src/survey/globals.ts';
import { findHolders, type Holders } from '../../src/survey/holders.ts';
import { openNamespace } from '../../src/survey/namespaces.ts';
import { findScopes } from '../../src/survey/scopes.ts';
import { type FoundScript, fileOf, scriptsIn } from '../../src/survey/scripts.ts';
import { type DeclaredNames, type FoundVariable, readVariables } from '../../src/survey/variables.ts';
import { sentence } from '../../src/transport/failure.ts';
import type { Outcome } from '../../src/transport/outcome.ts';
import { say } from '../../src/words/say.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import type { HeapSource } from '../reading/heap-source.ts';
import { errorMessage, type Message } from '../reading/messages.ts';
import { createDrawnHandles, type DrawnHandles } from './drawn-handles.ts';

/** Null: not asked for yet. */
export interface PageLists {
  readonly globals: readonly Found[] | null;
  readonly components: readonly FoundComponent[];
  readonly scripts: readonly FoundScript[] | null;
  readonly variables: readonly FoundVariable[] | null;
  readonly classes: readonly FoundClass[] | null;
  /** What holds the objects of a class that have come since the mark. */
  readonly holders: ReadonlyMap<FoundClass, Holders>;
  readonly detached: readonly FoundElement[] | null;
  /** The objects that there were are marked. */
  readonly marked: boolean;
}

export interface PageSession {
  readonly lists: ReadonlySignal<PageLists>;
  readonly busy: ReadonlySignal<boolean>;
  readonly message: ReadonlySignal<Message | null>;
  /** What waits for the user, because it might crash the page. */
  readonly risky: ReadonlySignal<(() => void) | null>;
  /** Whether something that was drawn from here is held. */
  readonly holds: ReadonlySignal<boolean>;
  /** The list is shown: attaches the debugger if the user allowed it. */
  want(): void;
  release(): void;
  /** Lists what was not listed since the list was shown, of this document and in this way of reading. */
  list(): Promise<void>;
  /** Lists again, and lets go of what was drawn. */
  refresh(): Promise<void>;
  /** Attaches the debugger if that is still to be done. */
  findVariables(): Promise<void>;
  countObjects(): Promise<void>;
  mark(): Promise<void>;
  /** Finds what holds those of a class that have come since the mark. */
  findHolders(found: FoundClass): Promise<void>;
  listDetached(): Promise<void>;
  /** The expression that draws it. */
  openVariable(found: FoundVariable): string;
  /** Each answers the expression that draws it; null when a message says why not. */
  openScript(script: FoundScript): Promise<string | null>;
  openClass(found: FoundClass, fresh: boolean): Promise<string | null>;
  openElement(found: FoundElement): Promise<string | null>;
  dismiss(): void;
  /** Refuses what waits. */
  refuse(): void;
  /** The root of an expression of `open…`; `gone` when it was let go, null for any other text. */
  rootOf(expression: string): RootRequest | 'gone' | null;
}

export interface PageSessionTools {
  readonly source: HeapSource;
  readonly owner: DebuggerOwner;
  /** The names of a fresh global object. */
  readonly builtinNames: () => ReadonlySet<string>;
  /** What source maps say of variables. */
  readonly names: DeclaredNames;
}

const nothing: PageLists = {
  globals: null,
  components: [],
  scripts: null,
  variables: null,
  classes: null,
  holders: new Map(),
  detached: null,
  marked: false,
};
/** Milliseconds. */
const LISTING = { deadline: 5000 };
const SEARCH = { deadline: 30_000 };
/** Frames of the stack are numbered from 0 up, scopes that are drawn alone from here down. */
const LAST_FRAME = 130_000;
/** Scopes of a script that are drawn together. */
const MOST_SCOPES = 4;

/** The signals of a session, and how its requests are made. */
interface Shared {
  readonly lists: Signal<PageLists>;
  readonly busy: Signal<boolean>;
  readonly message: Signal<Message | null>;
  readonly risky: Signal<(() => void) | null>;
  readonly drawn: DrawnHandles;
  /** The capture through the debugger; null without it. */
  exact(): ProtocolCapture | null;
  /** Is busy meanwhile. */
  counted<T>(work: () => Promise<T>): Promise<T>;
  /** Null when a message says why there is nothing. */
  told<T>(outcome: Outcome<T>): T | null;
}

function createShared({ source, owner }: PageSessionTools, group: string): Shared {
  const busy = signal(false);
  const message = signal<Message | null>(null);
  let running = 0;
  return {
    lists: signal(nothing),
    busy,
    message,
    risky: signal(null),
    drawn: createDrawnHandles(group),
    exact() {
      const attached = owner.attached.peek();
      if (!attached) return null;
      const target = source.target.peek();
      return target === null || target.kind === 'page' ? attached.capture : attached.heaps.capture(target);
    },
    async counted(work) {
      running += 1;
      busy.value = true;
      try {
        return await work();
      } finally {
        running -= 1;
        busy.value = running > 0;
      }
    },
    told(outcome) {
      if (outcome.ok) return outcome.value;
      if (outcome.failure.kind !== 'aborted') message.value = errorMessage(sentence(outcome.failure));
      return null;
    },
  };
}

export function createPageSession(tools: PageSessionTools): PageSession {
  const { owner, source } = tools;
  // The tab and the separate window each have one.
  const user = `page ${crypto.randomUUID()}`;
  const shared = createShared(tools, `memory-graph-${user}`);
  const { lists, busy, message, risky, drawn, counted, told } = shared;
  const list = createListing(tools, shared);
  const searches = createSearches(tools, shared);
  /** What was listed last, and when that is done. */
  let listed = '';
  let listing = Promise.resolve();
  const listedHeap = signal('');
  const ensureListed = (): Promise<void> => {
    const heap = source.heap.peek();
    const wanted = `${heap} ${owner.attached.peek() !== null}`;
    if (wanted === listed) return listing;
    listed = wanted;
    if (heap !== listedHeap.peek()) lists.value = nothing;
    listedHeap.value = heap;
    listing = counted(list);
    return listing;
  };
  return {
    // What another document had would be asked of this one.
    lists: computed(() => (source.heap.value === listedHeap.value ? lists.value : nothing)),
    busy,
    message,
    risky,
    holds: drawn.holds,
    want() {
      listed = '';
      void owner.want(user);
    },
    release() {
      owner.release(user);
    },
    list: ensureListed,
    refresh() {
      message.value = null;
      listed = '';
      return ensureListed();
    },
    ...searches,
    async findVariables() {
      if (!owner.attached.peek()) {
        owner.setAllowed(true);
        const attached = await owner.want(user);
        if (told(attached) === null) return;
      }
      await ensureListed();
      await searches.findVariables();
    },
    dismiss() {
      message.value = null;
    },
    refuse() {
      risky.value = null;
    },
    rootOf: drawn.rootOf,
  };
}

/** The group of the handles of what was counted last, apart from what was drawn. */
const groupOfClasses = (group: string): string => `${group}-classes`;

/** Lists what costs nothing. */
function createListing({ source, builtinNames }: PageSessionTools, shared: Shared): () => Promise<void> {
  const { lists, drawn, exact, told } = shared;
  let listing = 0;
  return async () => {
    listing += 1;
    const turn = listing;
    drawn.forget();
    // What is asked for meanwhile stays.
    lists.value = { ...lists.peek(), variables: null, classes: null, detached: null };
    const { capture } = await source.open();
    const through = capture.transport === 'debugger' ? exact() : null;
    const known = through
      ? await through.inHeap(async ({ timed, domain, context }) => {
          for (const objectGroup of [drawn.group, groupOfClasses(drawn.group)])
            void timed.send('Runtime.releaseObjectGroup', { objectGroup });
          const lexical = await timed.send(
            'Runtime.globalLexicalScopeNames',
            context === null ? {} : { executionContextId: context },
          );
          await timed.of(domain.listAll);
          return { lexical: lexical.names, scripts: scriptsIn(domain.scripts) };
        }, LISTING)
      : null;
    const scripts = known === null ? null : told(known);
    const globals = told(await findGlobals(capture, builtinNames(), scripts?.lexical ?? [], LISTING));
    const places = told(await capture.components(LISTING));
    // Another document, frame or worker may be listed meanwhile.
    if (turn !== listing) return;
    lists.value = {
      ...lists.peek(),
      globals: globals ?? [],
      components: componentsAt(places ?? []),
      scripts: scripts?.scripts ?? null,
    };
  };
}

type Searches = Pick<
  PageSession,
  | 'findVariables'
  | 'countObjects'
  | 'mark'
  | 'findHolders'
  | 'listDetached'
  | 'openVariable'
  | 'openScript'
  | 'openClass'
  | 'openElement'
>;

/** What stops the page for a moment, or holds something of it. */
function createSearches(
  { names }: PageSessionTools,
  { lists, message, risky, drawn, exact, counted, told }: Shared,
): Searches {
  const { group, keep } = drawn;
  const update = (change: Partial<PageLists>): void => {
    lists.value = { ...lists.peek(), ...change };
  };

  /** Does what asks V8 for all objects, which may crash a page with WebAssembly; that waits for the user. */
  async function search<T>(
    work: (heap: HeapAccess) => Promise<T>,
    again: () => void,
    sure: boolean,
  ): Promise<T | null> {
    const capture = exact();
    if (!capture) return null;
    message.value = null;
    const outcome = await counted(() =>
      capture.inHeap(async (heap) => {
        const safe = sure || (await heap.timed.inTime(heap.domain.mayHaveWasmObjects)) === false;
        return safe ? { done: await work(heap) } : null;
      }, SEARCH),
    );
    const result = told(outcome);
    if (result !== null) return result.done;
    if (outcome.ok) risky.value = again;
    return null;
  }

  async function findVariables(sure: boolean): Promise<void> {
    const capture = exact();
    const scripts = (lists.peek().scripts ?? []).filter(({ state }) => state !== 'superseded');
    const found = await search(
      async (heap) => {
        const scopes = await findScopes(heap, new Set(scripts.map(({ scriptId }) => scriptId)), group);
        return { scopes, naming: { names, session: heap.session, domain: heap.domain } };
      },
      () => void findVariables(true),
      sure,
    );
    if (!found || !capture) return;
    if (found.scopes.length > 0) drawn.hold();
    const variables = told(await counted(() => readVariables(capture, found.scopes, found.naming, SEARCH)));
    if (variables) update({ variables });
  }

  async function count(sure: boolean): Promise<void> {
    const classes = await search(
      (heap) => countClasses(heap, groupOfClasses(group)),
      () => void count(true),
      sure,
    );
    // A function of each kind is held, and so is what it closes over.
    if (classes) drawn.hold();
    if (classes) update({ classes, holders: new Map() });
  }

  async function mark(sure: boolean): Promise<void> {
    const work = async (heap: HeapAccess): Promise<true> => {
      await markObjects(heap);
      return true;
    };
    if (!(await search(work, () => void mark(true), sure))) return;
    await count(true);
    batch(() => {
      update({ marked: true });
      message.value = { kind: 'done', text: say('page_markDone') };
    });
  }

  async function openScript(script: FoundScript, sure: boolean): Promise<string | null> {
    const again = (): void => void openScript(script, true);
    const found = await search(
      async (heap) => {
        const scopes = await findScopes(heap, new Set([script.scriptId]), group);
        return { scopes, namespace: await openNamespace(heap, script, scopes, group) };
      },
      again,
      sure,
    );
    if (found === null) return null;
    const { scopes, namespace } = found;
    const label = fileOf(script.url);
    if (namespace !== null) return keep(label, (name) => ({ type: 'object', label: name, objectId: namespace }));
    if (scopes.length === 0) {
      message.value = errorMessage(say('page_noScopes'));
      return null;
    }
    // Inner scopes come first.
    const shown = scopes.slice(0, MOST_SCOPES).map(({ kind, closure }) => ({ kind, objectId: closure }));
    return keep(label, (name, number) => ({
      type: 'scope',
      depth: LAST_FRAME - (number % 1000),
      frame: { label: name, scopes: shown.toReversed(), extras: [] },
    }));
  }

  return {
    findVariables: () => findVariables(false),
    openVariable: ({ name, ownName, scope }) =>
      keep(name, (label) => ({ type: 'variable', label, scope, name: ownName })),
    countObjects: () => count(false),
    mark: () => mark(false),
    async findHolders(found) {
      const capture = exact();
      // They are held only for the search.
      const own = `${group}-holders`;
      const list = await search(
        (heap) => objectsOf(heap, found, true, own),
        () => {},
        true,
      );
      if (!capture || list === null) return;
      const holders = told(await counted(() => findHolders(capture, list, lists.peek().variables ?? [], SEARCH)));
      void capture.inHeap(({ timed }) => timed.send('Runtime.releaseObjectGroup', { objectGroup: own }), LISTING);
      if (holders) update({ holders: new Map([...lists.peek().holders, [found, holders]]) });
    },
    async listDetached() {
      const capture = exact();
      if (!capture) return;
      const found = told(await counted(() => capture.inHeap(findDetached, SEARCH)));
      if (found) update({ detached: found });
    },
    openScript: (script) => openScript(script, false),
    async openClass(found, fresh) {
      const name = nameOfClass(found);
      const label = fresh ? say('page_freshOf', { name }) : say('page_allOf', { name });
      // Who counted has decided about WebAssembly.
      const objectId = await search(
        (heap) => objectsOf(heap, found, fresh, group),
        () => {},
        true,
      );
      return objectId === null ? null : keep(label, (name) => ({ type: 'object', label: name, objectId }));
    },
    async openElement(found) {
      const capture = exact();
      const objectId = capture && told(await capture.inHeap((heap) => openElement(heap, found, group), LISTING));
      return objectId ? keep(found.name, (name) => ({ type: 'object', label: name, objectId })) : null;
    },
  };
}
