/** The selected element as a picture, for a pane of some 300 pixels. */
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { AmountTools } from '../picture/amount-tools.tsx';
import { ActionRows } from '../picture/menu/action-rows.tsx';
import { valuesOf } from '../picture/menu/cell-parts.ts';
import { Stage, type ValueActions } from '../picture/menu/stage.tsx';
import type { PictureControls } from '../picture/picture-controls.ts';
import { PictureView } from '../picture/picture-view.tsx';
import { ZoomTools } from '../picture/zoom-tools.tsx';
import type { Picture } from '../reading/picture.ts';
import { ActionButton } from '../widgets/action-button.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';
import { describeOmissions } from '../widgets/omissions.ts';
import type { ElementSession } from './element-session.ts';

interface ElementViewProps {
  readonly session: ElementSession;
  readonly controls: PictureControls;
}

const ignore = (): void => {};

const valueActions = (session: ElementSession, picture: Picture): ValueActions => ({
  valuesOf: (box) => valuesOf(picture, box),
  assign: ({ place }, expression) => void (place && session.assign(place, expression)),
  textOf: async ({ place }) => place && session.textOf(place),
});

export function ElementView({ session, controls }: ElementViewProps) {
  const { reading, message, outcome } = session.state.value;
  const picture = reading?.picture ?? null;
  return (
    <>
      <header class="head">
        <div class="toolbar" role="toolbar" aria-label={say('toolbar_element')}>
          <ActionButton action={createAction('drawElement', session.redraw)} />
          <span class="divider" />
          <ZoomTools controls={controls} empty={!picture} />
        </div>
        <MessageBar message={picture && message} />
        <MessageBar message={outcome} onDismiss={session.dismissOutcome} />
      </header>
      <Stage
        label={say('element_stage')}
        onSize={session.resize}
        values={picture ? valueActions(session, picture) : undefined}
        rows={({ object: id }) => {
          const object = id === null ? undefined : picture?.snapshot.objects.get(id);
          if (!object || object.id < 0) return null;
          return <ActionRows object={object} refusal={null} onDo={(action) => session.act(object.id, action)} />;
        }}
      >
        {picture ? (
          <PictureView
            picture={picture}
            stale={false}
            controls={controls}
            onDrawn={ignore}
            view={session.view}
            onMoveBox={session.moveBox}
            onOpen={(opening) => {
              if (opening.type !== 'collapsed') session.readMore(opening);
            }}
          />
        ) : (
          message && (
            <div class="welcome">
              <p>{message.text}</p>
            </div>
          )
        )}
      </Stage>
      {reading && picture && (
        <footer class="status" aria-live="polite">
          <AmountTools picture={picture} amount={session.amount.value} onChoose={session.chooseAmount} />
          {describeOmissions(picture.snapshot, reading.options).map((text) => (
            <span key={text}>{text}</span>
          ))}
          {reading.transport === 'eval' && (
            <span class="note" title={say('element_noClosuresHint')}>
              {say('element_noClosures')}
            </span>
          )}
        </footer>
      )}
    </>
  );
}
