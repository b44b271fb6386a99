/** The heaps that can be recorded, and the user's scripts and functions in the chosen one. Knows no extension API and no DOM. */
import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Heap } from '../../src/capture/debugger/target-sessions.ts';
import { say } from '../../src/words/say.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import { functionsOf, type OwnFunction, type OwnScript, ownScripts } from './choice.ts';

export interface Listing {
  /** The page, its workers and frames of other processes. */
  readonly heaps: ReadonlySignal<readonly { readonly id: string; readonly label: string }[]>;
  /** The id of the chosen one; that of the page is empty. */
  readonly heap: Signal<string>;
  /** Null while they are not known. */
  readonly scripts: ReadonlySignal<readonly OwnScript[] | null>;
  readonly functions: ReadonlySignal<readonly OwnFunction[] | null>;
  chosen(): Heap | undefined;
  /** Lists the scripts and functions again. */
  list(): Promise<void>;
  close(): void;
}

/** @param wanted Whether somebody looks at the list. */
export function createListing(
  owner: DebuggerOwner,
  isLibrary: (url: string) => boolean,
  wanted: () => boolean,
): Listing {
  const heap = signal('');
  const heaps = signal<readonly { readonly id: string; readonly label: string }[]>([]);
  const known = new Map<string, Heap>();
  const scripts = signal<readonly OwnScript[] | null>(null);
  const functions = signal<readonly OwnFunction[] | null>(null);
  const chosen = (): Heap | undefined => known.get(heap.peek()) ?? known.get('');
  let turns = 0;

  async function list(): Promise<void> {
    turns += 1;
    const turn = turns;
    const asked = chosen();
    if (!asked) return;
    const found = await ownScripts(asked, isLibrary);
    if (turn !== turns) return;
    scripts.value = found.ok ? found.value : [];
    const named = found.ok ? await functionsOf(asked, found.value) : [];
    if (turn === turns) functions.value = named;
  }

  const close = effect(() => {
    const attached = owner.attached.value;
    return untracked(() => {
      known.clear();
      heaps.value = [];
      scripts.value = null;
      functions.value = null;
      if (!attached) return;
      const ends: (() => void)[] = [];
      const publish = (): void => {
        heaps.value = [...known.values()].map(({ id, kind, name }) => ({
          id,
          label: kind === 'page' ? say('target_page') : kind === 'worker' ? say('target_worker', { name }) : name,
        }));
      };
      ends.push(
        attached.heaps.onHeap((found) => {
          known.set(found.id, found);
          ends.push(
            found.session.onClosed(() => {
              if (known.get(found.id) === found) known.delete(found.id);
              publish();
            }),
          );
          publish();
        }),
        // Names become known later.
        attached.heaps.onChanged(publish),
      );
      if (wanted()) void list();
      return () => {
        for (const end of ends) end();
      };
    });
  });

  return { heaps, heap, scripts, functions, chosen, list, close };
}
