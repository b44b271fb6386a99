/** The toolbar of the stack: steps, zoom, find, and which frames are shown. */

import type { ComponentChildren } from 'preact';
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import type { PictureControls } from '../picture/picture-controls.ts';
import { ZoomTools } from '../picture/zoom-tools.tsx';
import { ActionButton, ToggleActionButton } from '../widgets/action-button.tsx';
import { HeapChoice } from './heap-choice.tsx';
import { stepActions } from './stack-actions.ts';
import type { StackSession } from './stack-session.ts';

export function StackToolbar({
  stack,
  controls,
  lead,
  tail,
}: {
  readonly stack: StackSession;
  readonly controls: PictureControls;
  readonly lead: ComponentChildren;
  readonly tail: ComponentChildren;
}) {
  const { history, options } = stack.state.value;
  const empty = history.entries.length === 0;
  const change = (option: 'libraries' | 'asynchronous'): void =>
    stack.setOptions({ ...options, [option]: !options[option] });
  return (
    <div class="toolbar" role="toolbar" aria-label={say('view_stack')}>
      {lead}
      {stepActions(stack).map((action) => (
        <ActionButton key={action.id} action={action} />
      ))}
      <HeapChoice stack={stack} />
      <span class="divider" />
      <ZoomTools controls={controls} empty={empty} view={stack.view} />
      <span class="divider" />
      <ToggleActionButton action={createAction('libraries', () => change('libraries'))} on={options.libraries} />
      <ToggleActionButton
        action={createAction('asynchronous', () => change('asynchronous'))}
        on={options.asynchronous}
      />
      <span class="spacer" />
      {tail}
    </div>
  );
}
