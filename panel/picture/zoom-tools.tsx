/** The buttons of a picture: fit, zoom out, 100%, zoom in, find. The same in every view. */
import { say } from '../../src/words/say.ts';
import { createAction, withKey } from '../actions/action.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';
import { ActionButton } from '../widgets/action-button.tsx';
import { undoActions, zoomActions } from './picture-actions.ts';
import type { PictureControls } from './picture-controls.ts';

interface ZoomToolsProps {
  readonly controls: PictureControls;
  /** There is no picture. */
  readonly empty: boolean;
  /** What of the picture is drawn; null where that cannot be chosen. */
  readonly view?: ViewActions | null;
}

export function ZoomTools({ controls, empty, view = null }: ZoomToolsProps) {
  const changes = view ? undoActions(view) : [];
  const percent = Math.round(controls.viewport.value.scale * 100);
  const { fit, zoomOut, actualSize, zoomIn } = zoomActions(controls, !empty);
  const toggleFind = (): void => {
    controls.query.value = controls.query.value === null ? '' : null;
  };
  return (
    <>
      <ActionButton action={fit} />
      <ActionButton action={zoomOut} class="zoom" />
      <button
        type="button"
        class="tool percent"
        title={withKey(actualSize.name, actualSize)}
        aria-label={say('zoom_label', { percent })}
        disabled={empty}
        onClick={actualSize.run}
      >
        {say('zoom_percent', { percent })}
      </button>
      <ActionButton action={zoomIn} class="zoom" />
      <ActionButton action={createAction('find', toggleFind, !empty)} />
      {changes.some(({ enabled }) => enabled) &&
        changes.map((action) => <ActionButton key={action.id} action={action} class="zoom" />)}
    </>
  );
}
