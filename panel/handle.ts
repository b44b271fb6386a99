/** The handle for automation on the panel's own global, described in docs/automation.md. Plain data only. */
import type { Signal } from '@preact/signals';
import type { Diagram, DiagramStats } from '../src/diagram/diagram.ts';
import { toDot } from '../src/export/dot.ts';
import { toSvg } from '../src/export/svg.ts';
import { current } from '../src/history/history.ts';
import type { LayoutTier } from '../src/layout/placed.ts';
import type { ReadSettings } from '../src/settings/settings.ts';
import type { View } from '../src/snapshot/snapshot.ts';
import type { Picture, Times } from './painter.ts';
import { type PlainSnapshot, plainSnapshot } from './plain-snapshot.ts';
import type { Session } from './session.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import { type PlainStack, plainStack } from './stack/stack-handle.ts';
import type { StackSession } from './stack/stack-session.ts';
import type { ViewName } from './view-switch.tsx';

export interface MemoryGraphHandle {
  draw(...expressions: string[]): Promise<DiagramStats>;
  snapshot(): PlainSnapshot;
  diagram(): Diagram;
  dot(): string;
  svg(): string;
  stats(): DiagramStats & { readonly tier: LayoutTier; readonly times: Times; readonly readyAt: number };
  view(change?: Partial<View>): View;
  show(view: ViewName): void;
  /** Takes the settings of a file, given as its value, in place of all. Returns those in force, and what did not apply. */
  settings(file?: unknown): ReadSettings;
  stack(): PlainStack;
}

declare global {
  var memoryGraph: MemoryGraphHandle;
}

/** `drawn` resolves when the picture given to it is in the document. */
export function createHandle(
  session: Session,
  drawn: (picture: Picture) => Promise<void>,
  theme: () => 'light' | 'dark',
  stack: StackSession | null,
  shown: Signal<ViewName>,
  settings: SettingsStore,
): MemoryGraphHandle {
  const standing = (): Picture => {
    const picture = session.picture.value;
    if (!picture) throw new Error('Nothing is drawn yet: call memoryGraph.draw(expression) first.');
    return picture;
  };
  const onScreen = (): Picture => {
    const entry = shown.value === 'stack' && stack ? current(stack.state.value.history) : null;
    return entry?.picture ?? standing();
  };
  return {
    async draw(...expressions) {
      shown.value = 'expression';
      const picture = await session.drawExactly(expressions);
      await drawn(picture);
      return picture.stats;
    },
    snapshot: () => plainSnapshot(standing().snapshot),
    diagram: () => standing().diagram,
    dot: () => toDot(onScreen().diagram, theme()),
    svg: () => toSvg(onScreen().placed, theme()),
    stats: () => {
      const { stats, placed, times, readyAt } = standing();
      return { ...stats, tier: placed.tier, times, readyAt };
    },
    view(change) {
      if (change) session.setView({ ...session.view.value, ...change });
      return session.view.value;
    },
    show(view) {
      shown.value = view;
    },
    settings(file) {
      if (file !== undefined) settings.importText(JSON.stringify(file));
      return { settings: settings.settings.value, problems: settings.problems.value };
    },
    stack() {
      if (!stack) throw new Error('This page is outside of DevTools, and has no stack.');
      return plainStack(stack);
    },
  };
}
