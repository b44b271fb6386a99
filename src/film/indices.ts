/** Where the names of index variables stand: at the cells of the elements that they are the indices of. Pure. */
import type { Placed } from '../layout/placed.ts';
import { lastStopOf, type Recording } from '../recording/recording.ts';
import { variable } from '../recording/variables.ts';

/** A text in the picture's coordinates. */
export interface IndexMark {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle';
}

export function indexMarks(recording: Recording, stop: number, placed: Placed): readonly IndexMark[] {
  const call = recording.stops[stop]?.call;
  const frame = call === undefined ? null : (lastStopOf(recording, call, stop)?.frame ?? null);
  const owner = call === undefined ? undefined : recording.functions[recording.calls[call]?.function ?? 0];
  if (!frame || !owner) return [];
  const names = new Map<string, string[]>();
  for (const { array, index } of owner.pairs) {
    const at = variable(frame, index);
    const list = variable(frame, array);
    if (at?.type !== 'number' || list?.type !== 'reference') continue;
    const key = `${list.id} ${at.value}`;
    if (!names.get(key)?.includes(index)) names.set(key, [...(names.get(key) ?? []), index]);
  }
  const marks: IndexMark[] = [];
  for (const [key, list] of names) {
    const [id, at] = key.split(' ').map(Number);
    const found = placed.boxes.find(({ box }) => box.object === id);
    const line = found?.box.lines.find(
      ({ parts }) => parts?.of === 'element' && parts.from === at && parts.count === 1,
    );
    const cell = line && found?.cells[line.value.row]?.[line.value.column];
    if (!found || !cell) continue;
    const isDown = found.box.orientation === 'vertical';
    marks.push({
      text: `${isDown ? '← ' : ''}${list.join(', ')}`,
      x: found.frame.x + (isDown ? found.frame.width + 5 : cell.x + cell.width / 2),
      y: found.frame.y + (isDown ? cell.y + cell.height / 2 + 4 : found.frame.height + 12),
      anchor: isDown ? 'start' : 'middle',
    });
  }
  return marks;
}
