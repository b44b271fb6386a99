/** The handles of what was drawn from the view Page: the expressions that mean them, and when they are let go. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { RootRequest } from '../../src/capture/capture.ts';

export interface DrawnHandles {
  /** Of all handles. */
  readonly group: string;
  readonly holds: ReadonlySignal<boolean>;
  /** An expression that means a root from now on. `number` counts up. */
  keep(label: string, root: (expression: string, number: number) => RootRequest): string;
  /** Something else of the group is held. */
  hold(): void;
  rootOf(expression: string): RootRequest | 'gone' | null;
  forget(): void;
}

export function createDrawnHandles(group: string): DrawnHandles {
  const named = new Map<string, RootRequest>();
  const holds = signal(false);
  let opened = 0;
  return {
    group,
    holds,
    keep(label, root) {
      opened += 1;
      const plain = `$page[${JSON.stringify(label)}]`;
      const name = named.has(plain) ? `$page[${JSON.stringify(`${label} (${opened})`)}]` : plain;
      named.set(name, root(name, opened));
      holds.value = true;
      return name;
    },
    hold() {
      holds.value = true;
    },
    rootOf(expression) {
      if (!expression.startsWith('$page[')) return null;
      return named.get(expression) ?? 'gone';
    },
    forget() {
      named.clear();
      holds.value = false;
    },
  };
}
