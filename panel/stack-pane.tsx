/** The pane in Sources, beside Scope and Watch: the same stack as in the tab. */
import { render } from 'preact';
import { createCanvasControls } from './canvas-controls.ts';
import { findHost } from './host.ts';
import { addPictureStyles } from './picture-styles.ts';
import { StackView } from './stack/stack-view.tsx';

const host = findHost();
if (!host) throw new Error('The DevTools page is gone: close DevTools and open it again.');
addPictureStyles();
render(
  <StackView
    stack={host.stack}
    owner={host.debugger}
    controls={createCanvasControls()}
    selected={host.selected}
    onDrawn={() => {}}
  />,
  document.body,
);
addEventListener('pagehide', () => render(null, document.body));
