/** The rows of a box's menu in the stack. */

import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { ActionRows, RetainerRows } from '../picture/menu/action-rows.tsx';
import { AppearanceRows, isUnread } from '../picture/menu/appearance-rows.tsx';
import type { MenuBox } from '../picture/menu/menu-box.ts';
import type { Ask } from '../picture/menu/stage.tsx';
import { ViewRows } from '../picture/menu/view-rows.tsx';
import { ActionItem } from '../widgets/menu.tsx';
import { locationOf } from './frame-locations.ts';
import type { StackSession } from './stack-session.ts';
import { isLive, type PauseEntry, refusalOf } from './stack-state.ts';

interface StackRowsProps {
  readonly stack: StackSession;
  readonly entry: PauseEntry;
  readonly box: MenuBox;
  readonly ask: Ask;
}

export function StackRows({ stack, entry, box: { key, object: id }, ask }: StackRowsProps) {
  const state = stack.state.value;
  const picture = state.retainers?.picture ?? entry.reading.picture;
  const object = id === null ? undefined : picture.snapshot.objects.get(id);
  const location = locationOf(entry, key, null);
  if (location && (!object || object.id < 0))
    return <ActionItem action={createAction('frameSource', () => stack.openSource(location))} />;
  if (!object) return null;
  const refusal = refusalOf(state, entry);
  const goneOn = isLive(state, entry) ? null : say('stack_goneOnSearch');
  const whole = entry.reading.options.expanded.includes(object.id);
  return (
    <>
      {object.id > 0 && (
        <RetainerRows refusal={refusal ?? goneOn} onSearch={(from) => stack.drawRetainers(object.id, from)} />
      )}
      <ActionRows object={object} refusal={refusal} onDo={(action) => stack.act(object.id, action)} />
      <hr />
      <ViewRows view={stack.view} object={object} />
      <hr />
      <AppearanceRows
        override={state.overrides.get(object.id) ?? {}}
        onOverride={(override) => stack.override(object.id, override)}
        expanded={whole}
        ask={ask}
        unread={isUnread(object) && refusal === null && goneOn === null}
        onExpand={(expand) => {
          if (whole !== expand) stack.expand(object.id, expand);
        }}
      />
    </>
  );
}
