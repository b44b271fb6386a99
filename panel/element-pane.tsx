/** The pane in Elements: the JavaScript side of the selected element. */
import { render } from 'preact';
import { createLayout } from '../src/layout/layout.ts';
import { createCanvasControls } from './canvas-controls.ts';
import { createCanvasMeasure } from './canvas-measure.ts';
import { createElementSession } from './element/element-session.ts';
import { ElementView } from './element/element-view.tsx';
import { findHost } from './host.ts';
import { createPainter } from './painter.ts';
import { addPictureStyles } from './picture-styles.ts';
import { createSettingsStore } from './settings/settings-store.ts';

const host = findHost();
if (!host) throw new Error('The DevTools page is gone: close DevTools and open it again.');
const context = document.createElement('canvas').getContext('2d');
if (!context) throw new Error('This browser gives no canvas to measure text with.');
const layout = createLayout(
  () => new Worker(new URL('../src/layout/graphviz-worker.ts', import.meta.url), { type: 'module' }),
);
const settings = createSettingsStore(localStorage);
const session = createElementSession(createPainter(layout, createCanvasMeasure(context)), {
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
render(<ElementView session={session} controls={createCanvasControls()} />, document.body);
addEventListener('pagehide', () => {
  for (const end of forget) end();
  session.close();
  settings.close();
  render(null, document.body);
  layout.close();
});
