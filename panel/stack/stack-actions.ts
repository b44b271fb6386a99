/** The actions of the stack, for its buttons and its keys. */
import { type Action, createAction } from '../actions/action.ts';
import type { StackSession } from './stack-session.ts';

/** The steps. Of *Resume* and *Pause*, the one that is possible. */
export function stepActions(stack: StackSession): readonly Action[] {
  const { following } = stack.state.value;
  const paused = following.type === 'paused';
  return [
    paused
      ? createAction('resume', () => stack.step('resume'))
      : createAction('pause', () => stack.step('pause'), following.type !== 'off'),
    createAction('stepOver', () => stack.step('over'), paused),
    createAction('stepInto', () => stack.step('into'), paused),
    createAction('stepOut', () => stack.step('out'), paused),
  ];
}

/** Go to the previous and to the next pause. */
export function historyActions(stack: StackSession): readonly [before: Action, after: Action] {
  const { entries, index } = stack.state.value.history;
  return [
    createAction('pauseBefore', () => stack.goTo(index - 1), index > 0),
    createAction('pauseAfter', () => stack.goTo(index + 1), index < entries.length - 1),
  ];
}
