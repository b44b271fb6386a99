/** Puts the panel into an element and its handle on the global. Knows no extension API, so a plain page can do it. */
import { render } from 'preact';
import type { Capture } from '../src/capture/capture.ts';
import { pictureStyles } from '../src/drawing/theme.ts';
import { createLayout } from '../src/layout/layout.ts';
import { App } from './app.tsx';
import { createCanvasControls } from './canvas-controls.ts';
import { createCanvasMeasure } from './canvas-measure.ts';
import { createExpressionHistory } from './expression-history.ts';
import { createHandle } from './handle.ts';
import { createPainter, type Picture } from './painter.ts';
import { createSession, type Session } from './session.ts';

export interface MountedPanel {
  readonly session: Session;
  unmount(): void;
}

export function mountPanel(parent: HTMLElement, capture: Capture): MountedPanel {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to measure text with.');
  const layout = createLayout(
    () => new Worker(new URL('../src/layout/graphviz-worker.ts', import.meta.url), { type: 'module' }),
  );
  const session = createSession(capture, createPainter(layout, createCanvasMeasure(context)));
  const standing = createStanding();
  globalThis.memoryGraph = createHandle(session, standing.whenDrawn, () =>
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  );
  const styles = document.createElement('style');
  styles.textContent = `${pictureStyles('light')}
@media (prefers-color-scheme: dark) {
${pictureStyles('dark')}
}`;
  document.head.append(styles);
  render(
    <App
      session={session}
      history={createExpressionHistory(localStorage)}
      controls={createCanvasControls()}
      onDrawn={standing.drawn}
    />,
    parent,
  );
  return {
    session,
    unmount() {
      render(null, parent);
      layout.close();
    },
  };
}

/** Tells who waits for a picture that it is in the document. */
function createStanding() {
  let standing: Picture | null = null;
  const waiting = new Map<Picture, () => void>();
  return {
    drawn(picture: Picture) {
      standing = picture;
      // A picture that was overtaken before it was drawn will never be: let go whoever waits for it, too.
      for (const resolve of waiting.values()) resolve();
      waiting.clear();
    },
    whenDrawn: (picture: Picture) =>
      new Promise<void>((resolve) => {
        if (standing === picture) resolve();
        else waiting.set(picture, resolve);
      }),
  };
}
