/** The rows of a box's menu that copy: the value under the pointer, and the expression that leads to it. */
import { partText, pathText, pathTo, shortestPaths } from '../../../src/snapshot/paths.ts';
import type { ObjectId, Snapshot, Value } from '../../../src/snapshot/snapshot.ts';
import { createAction } from '../../actions/action.ts';
import type { Picture } from '../../reading/picture.ts';
import { copyText } from '../../widgets/copy-text.ts';
import { ActionItem } from '../../widgets/menu.tsx';
import { boxText } from '../selection/words.ts';
import { type CellPart, partAtCell, valuesOf } from './cell-parts.ts';
import type { MenuBox } from './menu-box.ts';

interface CopyRowsProps {
  readonly picture: Pick<Picture, 'snapshot' | 'diagram' | 'settings' | 'overview'>;
  readonly box: MenuBox;
  /** Copies a text of which the picture has only a part; null where the page cannot be asked. */
  readonly onCopyWhole: ((part: CellPart) => void) | null;
}

export function CopyRows({ picture, box: menu, onCopyWhole }: CopyRowsProps) {
  const { snapshot } = picture;
  const { object } = menu;
  const { box, owner, part } = partAtCell(picture, menu);
  const value = part && 'value' in part ? part.value : null;
  const path =
    owner && part && (value?.type !== 'reference' || value.id !== object)
      ? pathOf(snapshot, owner.id, partText(owner, part))
      : object === null
        ? null
        : pathOf(snapshot, object);
  const text = value === null ? null : textOf(value);
  const [pointed] = menu.cell === null ? [] : valuesOf(picture, menu);
  const isCut = value?.type === 'string' && value.text.head.length + value.text.tail.length < value.text.length;
  const whole = isCut && pointed?.place && onCopyWhole ? () => onCopyWhole(pointed) : null;
  return (
    <>
      {text !== null && (!isCut || whole) && (
        <ActionItem
          action={createAction(value?.type === 'string' ? 'copyString' : 'copyValue', whole ?? (() => copyText(text)))}
        />
      )}
      {path !== null && <ActionItem action={createAction('copyPath', () => copyText(path))} />}
      {box && <ActionItem action={createAction('copyBox', () => copyText(boxText(box)))} />}
    </>
  );
}

/** The expression of an object, or of a part of it: `data.items[3]`. Null when no root leads to it. */
export function pathOf({ objects, roots }: Snapshot, target: ObjectId, more = ''): string | null {
  for (const { label, result } of roots) {
    if (!result.ok || result.value.type !== 'reference') continue;
    const steps = pathTo(shortestPaths({ objects }, result.value.id), target);
    if (steps === null) continue;
    const whole = pathText('', steps) + more;
    return whole === '' || /^[\w$.]+(\[[\w'"]+\])*$/.test(label) ? label + whole : `(${label})${whole}`;
  }
  return null;
}

/** The text of a primitive value: of a string what it contains. */
function textOf(value: Value): string | null {
  switch (value.type) {
    case 'string':
      return value.text.head + value.text.tail;
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'boolean':
      return String(value.value);
    case 'bigint':
      return `${value.digits.head}${value.digits.tail}n`;
    case 'null':
    case 'undefined':
      return value.type;
    default:
      return null;
  }
}
