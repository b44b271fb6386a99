/** What the menu of a box in the stack offers. */
import { DeedRows } from '../deeds/deed-rows.tsx';
import type { MenuBox } from '../menu/box-menu.tsx';
import { MenuItem } from '../menu/menu.tsx';
import { BoxLook, isUnread } from '../settings/box-look.tsx';
import { placeOf } from './places.ts';
import type { StackSession } from './stack-session.ts';
import { isLive, type PauseEntry, refusalOf } from './stack-state.ts';

interface StackRowsProps {
  readonly stack: StackSession;
  readonly entry: PauseEntry;
  readonly box: MenuBox;
}

export function StackRows({ stack, entry, box: { key, object: id } }: StackRowsProps) {
  const state = stack.state.value;
  const picture = state.aside?.picture ?? entry.picture;
  const object = id === null ? undefined : picture.snapshot.objects.get(id);
  const place = placeOf(entry, key, null);
  if (place && (!object || object.id < 0))
    return <MenuItem label="Show its line in Sources" onChoose={() => stack.openSource(place)} />;
  if (!object) return null;
  const refusal = refusalOf(state, entry);
  const goneOn = isLive(state, entry) ? null : 'The page has gone on from this pause: pause it again to search.';
  const row = (label: string, from: 'drawn' | 'everywhere') =>
    object.id > 0 && (
      <MenuItem label={label} refusal={refusal ?? goneOn} onChoose={() => stack.drawReferrers(object.id, from)} />
    );
  const whole = state.view.expanded.includes(object.id);
  return (
    <>
      {row('Who refers to this?', 'drawn')}
      {row('Who refers to this, anywhere?', 'everywhere')}
      <DeedRows object={object} refusal={refusal} onDo={(deed) => stack.act(object.id, deed)} />
      <hr />
      {/* Of another document, the same number means another object. */}
      {entry.document === state.history.entries.at(-1)?.document && (
        <BoxLook
          override={state.overrides.get(object.id) ?? {}}
          onOverride={(override) => stack.override(object.id, override)}
          expanded={whole}
          unread={isUnread(object) && refusal === null && goneOn === null}
          onExpand={(expand) => {
            if (whole !== expand) stack.expand(object.id, expand);
          }}
        />
      )}
    </>
  );
}
