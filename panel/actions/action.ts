/** Binds an action of the table to what it does in one part of the panel, and to its keys there. */
import { isKey, type KeyPress, keyText } from './keys.ts';
import { type ActionId, type Description, descriptions } from './table.ts';

export interface Action extends Description {
  readonly id: ActionId;
  /** Whether the action can run now. */
  readonly enabled: boolean;
  run(): void;
}

export function createAction(id: ActionId, run: () => void, enabled = true): Action {
  return { ...descriptions[id], id, enabled, run };
}

/** The text of a title: the name or explanation, and the key. */
export function withKey(text: string, { keys, keyHint }: Description): string {
  const [first] = keys ?? [];
  const hint = keyHint ?? (first === undefined ? '' : keyText(first));
  return hint === '' ? text : `${text} (${hint})`;
}

/** Runs the first enabled action with the key. Returns false, and does nothing, when there is none. */
export function runKey(actions: readonly Action[], event: KeyPress & Pick<Event, 'preventDefault'>): boolean {
  const asked = actions.find(({ enabled, keys = [] }) => enabled && keys.some((key) => isKey(key, event)));
  if (!asked) return false;
  event.preventDefault();
  asked.run();
  return true;
}
