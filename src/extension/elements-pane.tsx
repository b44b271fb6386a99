/** The pane in Elements: the JavaScript side of the selected element. */

import { render } from 'preact';
import { createElementSession } from '../../panel/element/element-session.ts';
import { ElementView } from '../../panel/element/element-view.tsx';
import { createPictureControls } from '../../panel/picture/picture-controls.ts';
import { addPictureStyles } from '../../panel/picture/picture-styles.ts';
import { createTextMeasure } from '../../panel/picture/text-measure.ts';
import { createPainter } from '../../panel/reading/picture.ts';
import { createSettingsStore } from '../../panel/settings/settings-store.ts';
import { createLayout } from '../layout/layout.ts';
import { say } from '../words/say.ts';
import { findHost } from './find-host.ts';

const host = findHost();
if (!host) throw new Error(say('devToolsGone'));
const context = document.createElement('canvas').getContext('2d');
if (!context) throw new Error(say('noCanvas'));
const layout = createLayout(
  () => new Worker(new URL('../layout/graphviz-worker.ts', import.meta.url), { type: 'module' }),
);
const settings = createSettingsStore(localStorage);
const session = createElementSession(createPainter(layout, createTextMeasure(context)), {
  shown: host.elementShown,
  settings: settings.settings,
  capture: () => host.debugger.attached.peek()?.capture ?? host.evalCapture,
  openSource: host.openSource,
});
const forget = [
  host.onElementSelected(session.selectionChanged),
  host.connection.onNavigated(session.selectionChanged),
];
addPictureStyles();
render(<ElementView session={session} controls={createPictureControls()} />, document.body);
addEventListener('pagehide', () => {
  for (const end of forget) end();
  session.close();
  settings.close();
  render(null, document.body);
  layout.close();
});
