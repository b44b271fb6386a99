/** When the selected box of a recording changed: an object's parts, or the variables of a call. Pure. */
import type { BoxKey } from '../../src/diagram/diagram.ts';
import { valueText } from '../../src/recording/call-tree.ts';
import { changesOf, lineBefore, originOf, type PartChange, writesOf } from '../../src/recording/changes.ts';
import type { Shown } from '../../src/recording/moment.ts';
import { standing } from '../../src/recording/recording.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';

export interface ChangeRow {
  readonly step: number;
  /** `.next`, `[3]`, `i`. */
  readonly name: string;
  /** Values in words; null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
  /** The line that did it, from 1; null where that was not recorded. */
  readonly line: number | null;
}

export interface BoxHistory {
  /** The object; or the function of a frame, as a negative number. */
  readonly object: ObjectId;
  /** What the box is called. */
  readonly title: string;
  /** The step at which the object first stood anywhere, and where: null for a frame. */
  readonly origin: { readonly step: number; readonly name: string; readonly line: number | null } | null;
  readonly rows: readonly ChangeRow[];
}

/** Null for a box that has no history: the stack, and what is no object. */
export function historyOf(shown: Shown, step: number, box: BoxKey | null): BoxHistory | null {
  const id = Number(/^o(-?\d+)$/.exec(box ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(id) || id === -1) return null;
  const { recording, moments } = shown;
  const lineOf = (stop: number): number | null => lineBefore(recording, stop);
  const rowOf = ({ stop, name, before, after }: PartChange): ChangeRow => {
    const state = moments.at(stop);
    return {
      step: stop,
      name,
      before: before && valueText(before, state),
      after: after && valueText(after, state),
      line: lineOf(stop),
    };
  };
  if (id > 0) {
    const origin = originOf(recording, id);
    const object = moments.at(step).get(id);
    return {
      object: id,
      title: object ? valueText({ type: 'reference', id }, new Map([[id, object]])) : `#${id}`,
      origin: origin && { step: origin.stop, name: origin.name, line: lineOf(origin.stop) },
      rows: changesOf(recording, id).map(rowOf),
    };
  }
  const call = standing(recording, step)[-2 - id];
  const own = call === undefined ? undefined : recording.calls[call];
  const owner = own && recording.functions[own.function];
  if (call === undefined || !own || !owner) return null;
  const names = ['this', ...owner.variables.map(({ shown: name }) => name)];
  const writes = names.flatMap((name) => writesOf(recording, call, name)).sort((a, b) => a.stop - b.stop);
  return { object: -2 - own.function, title: owner.shown, origin: null, rows: writes.map(rowOf) };
}
