/** The pane in Sources, next to Scope and Watch: the same stack as in the tab. */

import { render } from 'preact';
import { createPictureControls } from '../../panel/picture/picture-controls.ts';
import { addPictureStyles } from '../../panel/picture/picture-styles.ts';
import { StackView } from '../../panel/stack/stack-view.tsx';
import { say } from '../words/say.ts';
import { findHost } from './find-host.ts';

const host = findHost();
if (!host) throw new Error(say('devToolsGone'));
addPictureStyles();
render(
  <StackView
    stack={host.stack}
    owner={host.debugger}
    controls={createPictureControls()}
    selected={host.selected}
    onDrawn={() => {}}
  />,
  document.body,
);
addEventListener('pagehide', () => render(null, document.body));
