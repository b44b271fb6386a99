/** The selected element as a picture, for a pane of some 300 pixels. */
import { defaultView } from '../../src/snapshot/snapshot.ts';
import { Canvas } from '../canvas.tsx';
import type { CanvasControls } from '../canvas-controls.ts';
import { DeedRows } from '../deeds/deed-rows.tsx';
import { SaidBar } from '../deeds/said-bar.tsx';
import { Stage } from '../menu/box-menu.tsx';
import { describeOmissions } from '../status-line.tsx';
import { ToolButton } from '../tool-button.tsx';
import { ZoomTools } from '../zoom-tools.tsx';
import { DEPTH, type ElementSession } from './element-session.ts';

interface ElementViewProps {
  readonly session: ElementSession;
  readonly controls: CanvasControls;
}

const ignore = (): void => {};

export function ElementView({ session, controls }: ElementViewProps) {
  const picture = session.picture.value;
  const trouble = session.trouble.value;
  return (
    <>
      <header class="head">
        <div class="toolbar" role="toolbar" aria-label="Element">
          <ToolButton label="Draw the selected element again" onClick={session.redraw}>
            <path d="M15.5 10a5.5 5.5 0 1 1-1.6-3.9M15.5 3.5v3.2h-3.2" />
          </ToolButton>
          <span class="divider" />
          <ZoomTools controls={controls} empty={!picture} />
        </div>
        {trouble !== null && picture && (
          <div class="notice error" role="alert">
            <span class="mark" aria-hidden="true">
              !
            </span>
            <span class="text">{trouble}</span>
          </div>
        )}
        <SaidBar said={session.said.value} onDismiss={session.dismissSaid} />
      </header>
      <Stage
        label="Graph of the selected element"
        rows={({ object: id }) => {
          const object = id === null ? undefined : picture?.snapshot.objects.get(id);
          if (!object || object.id < 0) return null;
          return <DeedRows object={object} refusal={null} onDo={(deed) => session.act(object.id, deed)} />;
        }}
      >
        {picture ? (
          <Canvas
            picture={picture}
            stale={false}
            controls={controls}
            onDrawn={ignore}
            onOpen={(opening) => {
              if (opening.type !== 'collapsed') session.open(opening);
            }}
          />
        ) : (
          trouble !== null && (
            <div class="welcome">
              <p>{trouble}</p>
            </div>
          )
        )}
      </Stage>
      {picture && (
        <footer class="status" aria-live="polite">
          <span>{picture.stats.nodes} objects</span>
          {describeOmissions(picture.snapshot, { ...defaultView, depth: DEPTH }).map((text) => (
            <span key={text}>{text}</span>
          ))}
          {session.way.value === 'eval' && (
            <span
              class="aside"
              title="A script sees no closures: attach the debugger in the Memory Graph tab to see them"
            >
              without closures
            </span>
          )}
        </footer>
      )}
    </>
  );
}
