/** The whole of the panel, top to bottom. Reads the session's signals; all that happens goes through its methods. */
import { useEffect } from 'preact/hooks';
import { Canvas } from './canvas.tsx';
import type { CanvasControls } from './canvas-controls.ts';
import { ExpressionBar } from './expression-bar.tsx';
import type { ExpressionHistory } from './expression-history.ts';
import { NoticeBar } from './notice-bar.tsx';
import type { Picture } from './painter.ts';
import type { Session } from './session.ts';
import { StatusLine } from './status-line.tsx';
import { Toolbar } from './toolbar.tsx';
import { Welcome } from './welcome.tsx';

export interface AppProps {
  readonly session: Session;
  readonly history: ExpressionHistory;
  readonly controls: CanvasControls;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
}

export function App({ session, history, controls, onDrawn }: AppProps) {
  const picture = session.picture.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && session.busy.value) session.cancel();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [session]);
  const draw = (expression: string) => {
    history.add(expression);
    session.setField(expression);
    void session.draw(expression);
  };
  return (
    <>
      <Toolbar session={session} controls={controls} />
      <ExpressionBar session={session} history={history} />
      <NoticeBar session={session} />
      <main class="stage" aria-label="Memory graph">
        {picture ? (
          <Canvas
            picture={picture}
            stale={session.notice.value?.kind === 'stale'}
            controls={controls}
            onDrawn={onDrawn}
          />
        ) : (
          <Welcome onChoose={draw} />
        )}
      </main>
      <StatusLine session={session} />
    </>
  );
}
