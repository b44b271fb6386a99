/**
 * Keeps the expressions, the pins and the zoom of a tab while its DevTools is closed, in the extension's own storage. Never keeps a
 * value of the page, and draws nothing by itself.
 */
import { effect } from '@preact/signals';
import * as v from 'valibot';
import type { PictureControls } from '../picture/picture-controls.ts';
import type { Picture } from '../reading/picture.ts';
import type { Session } from './expression-session.ts';

const KEY = 'memory-graph.tabs';
/** Tabs that are remembered. Chrome gives a tab a new number in each of its sessions. */
const MOST_TABS = 20;

const keptSchema = v.object({
  tab: v.number(),
  pinned: v.array(v.string()),
  field: v.string(),
  subject: v.nullable(v.string()),
  viewport: v.object({ x: v.number(), y: v.number(), scale: v.number() }),
});

type Kept = v.InferOutput<typeof keptSchema>;

export interface KeptExpressions {
  /** Call it when a picture is in the document: the first one of the subject that was shown gets its zoom back. */
  drawn(picture: Picture): void;
  close(): void;
}

/** @param tab The number of the tab that DevTools is open on. */
export function keepExpressions(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  tab: number,
  session: Session,
  controls: PictureControls,
): KeptExpressions {
  const before = read(storage).find((kept) => kept.tab === tab);
  if (before) session.restore(before.pinned, before.field);
  let first = true;
  const stop = effect(() => {
    const kept: Kept = {
      tab,
      pinned: [...session.pinned.value],
      field: session.field.value,
      subject: session.picture.value?.subject ?? before?.subject ?? null,
      viewport: session.picture.value ? controls.viewport.value : (before?.viewport ?? controls.viewport.value),
    };
    const others = read(storage).filter((one) => one.tab !== tab);
    try {
      storage.setItem(KEY, JSON.stringify([...others, kept].slice(-MOST_TABS)));
    } catch {
      // A full or forbidden storage: nothing is remembered.
    }
  });
  return {
    drawn({ subject }) {
      if (first && before && before.subject === subject) controls.restore(before.viewport);
      first = false;
    },
    close: stop,
  };
}

/** The storage may contain anything, also an older format. */
function read(storage: Pick<Storage, 'getItem'>): readonly Kept[] {
  try {
    return v.parse(v.array(keptSchema), JSON.parse(storage.getItem(KEY) ?? '[]'));
  } catch {
    return [];
  }
}
