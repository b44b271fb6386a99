/** Which moments of a recording show something else, and where a program goes on. Pure. */
import type { HeapObject, Snapshot } from '../snapshot/snapshot.ts';
import { createMoments, type Moments, type Recording, snapshotAt } from './recording.ts';

/** A recording that can be shown at any moment. */
export interface Shown {
  readonly recording: Recording;
  readonly moments: Moments;
}

export const shownOf = (recording: Recording): Shown => ({ recording, moments: createMoments(recording) });

/** Whether the same objects and frames have the same content. */
export function isSameMoment(one: Snapshot, other: Snapshot): boolean {
  if (one.objects.size !== other.objects.size) return false;
  for (const object of one.objects.values()) if (!isSame(object, other.objects.get(object.id))) return false;
  return true;
}

/** Frames are made anew for each moment, what is in them is not. */
function isSame(one: HeapObject, other: HeapObject | undefined): boolean {
  if (one === other) return true;
  if (!other || one.className?.head !== other.className?.head || one.cut !== other.cut) return false;
  if (one.parts === other.parts) return true;
  // The stack itself.
  return one.id === -1 && JSON.stringify(one.parts) === JSON.stringify(other.parts);
}

/** The next stop (or, with -1, the one before) at which the picture is another one. The last or first one if there is none. */
export function nextChange({ recording, moments }: Shown, stop: number, step: 1 | -1): number {
  const end = step === 1 ? recording.stops.length - 1 : 0;
  const now = snapshotAt(recording, moments, stop);
  for (let at = stop + step; at >= 0 && at < recording.stops.length; at += step)
    if (!isSameMoment(now, snapshotAt(recording, moments, at))) return at;
  return end;
}

/** The stop at which the next call begins (or, with -1, the one before); the same stop if there is none. */
export function nextCall({ recording: { calls, stops } }: Shown, stop: number, step: 1 | -1): number {
  for (let at = stop + step; at >= 0 && at < stops.length; at += step)
    if (calls[stops[at]?.call ?? -1]?.stops[0] === at) return at;
  return stop;
}
