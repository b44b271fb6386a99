/**
 * The entry of the separate window: the tab's views next to DevTools, which itself shows Sources at each pause. It shares the host
 * with the tab, and says when DevTools is closed.
 */

import { h, render } from 'preact';
import { runKey } from '../../panel/actions/action.ts';
import { mountPanel } from '../../panel/mount.tsx';
import { stepActions } from '../../panel/stack/stack-actions.ts';
import { MessageBar } from '../../panel/widgets/message-bar.tsx';
import { say } from '../words/say.ts';
import { findHost } from './find-host.ts';
import { createPrint } from './print-service.ts';

const found = findHost();
if (found) show(found);
else announce(say('window_orphan'));

function show(host: NonNullable<typeof found>): void {
  // A click in this page draws in this page.
  const want = (expressions: readonly string[], clicked: boolean) => {
    drawWanted({ expressions, clicked });
    return 'window' as const;
  };
  const here = { ...host, want };
  const root = document.createElement('div');
  root.className = 'panel';
  document.body.append(root);
  const { session, drawWanted, unmount } = mountPanel(root, host.evalCapture, here, createPrint(), {
    theme: host.theme,
  });
  const stopWanting = host.wanted.subscribe((wanted) => {
    if (wanted?.by === 'window') drawWanted(wanted);
  });
  if (location.hash === '#stack') memoryGraph.show('stack');
  else if (location.hash === '#record') memoryGraph.show('record');
  else if (location.hash === '#console') memoryGraph.show('console');
  else if (location.hash === '#page') memoryGraph.show('page');
  const forget = host.evalCapture.onNavigated(session.pageNavigated);
  // Keys of DevTools that do not reach DevTools from here.
  addEventListener('keydown', (event) => runKey(stepActions(host.stack), event));
  addEventListener('pagehide', () => {
    stopWanting();
    forget();
    unmount();
  });
  void navigator.locks.request(host.lock, () => {
    root.inert = true;
    announce(say('window_closed'));
  });
}

function announce(text: string): void {
  const place = document.createElement('div');
  document.body.prepend(place);
  render(h(MessageBar, { message: { kind: 'stale', text } }), place);
}
