/** The automation handle on the panel's own global, documented in docs/automation.md. Returns plain data only. */

import type { Signal } from '@preact/signals';
import type { Diagram, DiagramStats } from '../../src/diagram/diagram.ts';
import type { Amount } from '../../src/diagram/settings.ts';
import { toDot } from '../../src/export/dot.ts';
import { toSvg } from '../../src/export/svg.ts';
import type { LayoutTier } from '../../src/layout/placed.ts';
import { snapshotAt } from '../../src/recording/recording.ts';
import type { ReadSettings } from '../../src/settings/settings.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import { say } from '../../src/words/say.ts';
import type { Session } from '../expression/expression-session.ts';
import type { Picture, Times } from '../reading/picture.ts';
import type { RecordSession } from '../record/record-session.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { current } from '../stack/history.ts';
import type { StackSession } from '../stack/stack-session.ts';
import type { ViewName } from '../widgets/view-switch.tsx';
import { type PlainRecording, plainRecording } from './plain-recording.ts';
import { type PlainSnapshot, plainSnapshot } from './plain-snapshot.ts';
import { type PlainStack, plainStack } from './plain-stack.ts';

interface AmountDrawn {
  readonly amount: Amount;
}

export interface MemoryGraphHandle {
  draw(...expressions: string[]): Promise<DiagramStats>;
  snapshot(): PlainSnapshot;
  diagram(): Diagram;
  dot(): string;
  svg(): string;
  stats(): DiagramStats & { readonly tier: LayoutTier; readonly times: Times; readonly readyAt: number };
  /** What is read, and how much of it is drawn. */
  view(change?: Partial<ReadOptions & AmountDrawn>): ReadOptions & AmountDrawn;
  show(view: ViewName): void;
  /** Replaces all settings by those of a file, given as its value. Returns the current settings, and what did not apply. */
  settings(file?: unknown): ReadSettings;
  stack(): PlainStack;
  /** What was recorded; null when nothing was. */
  recording(): PlainRecording | null;
  /** What a step of it shows, counted from 0. */
  moment(step: number): PlainSnapshot;
}

declare global {
  var memoryGraph: MemoryGraphHandle;
}

/** @param drawn Resolves when the picture that it gets is in the document. */
export function createHandle(
  session: Session,
  drawn: (picture: Picture) => Promise<void>,
  theme: () => 'light' | 'dark',
  stack: StackSession | null,
  shown: Signal<ViewName>,
  settings: SettingsStore,
  record: RecordSession | null,
): MemoryGraphHandle {
  const drawnLast = (): Picture => {
    const picture = session.picture.value;
    if (!picture) throw new Error(say('automation_nothing', { call: 'memoryGraph.draw(expression)' }));
    return picture;
  };
  const onScreen = (): Picture => {
    const entry = shown.value === 'stack' && stack ? current(stack.state.value.history) : null;
    return entry?.reading.picture ?? drawnLast();
  };
  return {
    async draw(...expressions) {
      shown.value = 'expression';
      const picture = await session.drawExactly(expressions);
      await drawn(picture);
      return picture.stats;
    },
    snapshot: () => plainSnapshot(drawnLast().snapshot),
    diagram: () => drawnLast().diagram,
    dot: () => toDot(onScreen().diagram, theme()),
    svg: () => toSvg(onScreen().placed, theme()),
    stats: () => {
      const { stats, placed, times, readyAt } = drawnLast();
      return { ...stats, tier: placed.tier, times, readyAt };
    },
    view({ amount, ...change } = {}) {
      if (amount !== undefined) {
        session.chooseAmountOfAll(amount);
        stack?.chooseAmountOfAll(amount);
      }
      if (Object.keys(change).length > 0) session.changeOptions(change);
      return { ...session.options.value, amount: session.amount.value };
    },
    show(view) {
      shown.value = view;
    },
    settings(file) {
      if (file !== undefined) settings.importText(JSON.stringify(file));
      return { settings: settings.settings.value, problems: settings.problems.value };
    },
    stack() {
      if (!stack) throw new Error(say('automation_noStack'));
      return plainStack(stack);
    },
    recording() {
      const recorded = record?.shown.value;
      return recorded ? plainRecording(recorded) : null;
    },
    moment(step) {
      const recorded = record?.shown.value;
      if (!recorded) throw new Error(say('automation_nothing', { call: 'memoryGraph.show("record")' }));
      return plainSnapshot(snapshotAt(recorded.recording, recorded.moments, step));
    },
  };
}
