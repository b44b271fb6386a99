/** What is read of a heap and drawn in Node, where nobody waits for a picture at a prompt. */
import { type DiagramSettings, defaultSettings as defaultDrawing } from '../diagram/settings.ts';
import { drawingOf, readingOf, type Settings } from '../settings/settings.ts';
import { defaultView, type View } from '../snapshot/snapshot.ts';

/** The longest that reading may take, milliseconds: who started it can end it. */
export const patience = 3_600_000;
/** More than any heap holds. */
const everything = 2 ** 31;

/** As in the panel, but a slow machine gets the same picture. `full`: no slicing, no limits. */
export function viewOf(settings: Settings, full: boolean): View {
  const view = { ...defaultView, ...readingOf(settings), time: patience };
  if (!full) return view;
  return { ...view, slices: { begin: everything, middle: 0, end: 0 }, depth: everything, objects: everything };
}

/** Overrides of single objects belong to one heap, and this one is new. */
export function diagramSettingsOf(settings: Settings): DiagramSettings {
  return drawingOf(settings, defaultDrawing.objects);
}
