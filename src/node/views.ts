/** The read options and drawing settings in Node, where no user waits at a screen. */
import { type DiagramSettings, defaultSettings as defaultDrawing } from '../diagram/settings.ts';
import { drawingOf, readOptionsOf, type Settings } from '../settings/settings.ts';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';

/** Milliseconds that reading may take. The user who started it can end it. */
export const patience = 3_600_000;
/** More than any heap holds. */
const everything = 2 ** 31;

/** As in the panel, except that a slow machine gets the same picture. `full`: no slicing, no limits. */
export function viewOf(settings: Settings, full: boolean): ReadOptions {
  const view = { ...defaultReadOptions, ...readOptionsOf(settings), time: patience };
  if (!full) return view;
  return { ...view, slices: { begin: everything, middle: 0, end: 0 }, depth: everything, objects: everything };
}

/** Overrides of single objects belong to one heap, and this one is new. */
export function diagramSettingsOf(settings: Settings): DiagramSettings {
  return drawingOf(settings, defaultDrawing.objects);
}
