/**
 * The entry of a window of its own: the tab's views, beside DevTools, which shows Sources at each pause. It shares the
 * host with the tab, and says so when DevTools is closed.
 */
import { createPrint } from './export/print-service.ts';
import { findHost } from './host.ts';
import { mountPanel } from './mount.tsx';

const found = findHost();
if (found) show(found);
else say('This window belongs to a DevTools that is closed: open DevTools on the page again, and this from its tab.');

function show(host: NonNullable<typeof found>): void {
  // What is clicked here is drawn here.
  const want = (expressions: readonly string[], clicked: boolean) => {
    drawWanted({ expressions, clicked });
    return 'window' as const;
  };
  const here = { ...host, want };
  const root = document.createElement('div');
  root.className = 'panel';
  document.body.append(root);
  const { session, settings, drawWanted, unmount } = mountPanel(root, host.evalCapture, here, createPrint(), {
    theme: host.theme,
  });
  const stopWanting = host.wanted.subscribe((wanted) => {
    if (wanted?.by === 'window') drawWanted(wanted);
  });
  if (location.hash === '#stack') memoryGraph.show('stack');
  else if (location.hash === '#console') memoryGraph.show('console');
  const forget = host.connection.onNavigated(() => {
    settings.forgetObjects();
    session.pageNavigated();
  });
  // Keys of DevTools that do not reach it from here.
  addEventListener('keydown', (event) => {
    const { following } = host.stack.state.value;
    const paused = following.type === 'paused';
    if (event.key === 'F8') host.stack.step(paused ? 'resume' : 'pause');
    else if (event.key === 'F10' && paused) host.stack.step('over');
    else if (event.key === 'F11' && paused) host.stack.step(event.shiftKey ? 'out' : 'into');
    else return;
    event.preventDefault();
  });
  addEventListener('pagehide', () => {
    stopWanting();
    forget();
    unmount();
  });
  void navigator.locks.request(host.lock, () => {
    root.inert = true;
    say('DevTools was closed: this is what it showed last; open DevTools on the page again for more.');
  });
}

function say(text: string): void {
  const bar = document.createElement('div');
  bar.className = 'notice stale';
  bar.role = 'alert';
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.ariaHidden = 'true';
  mark.textContent = '!';
  const words = document.createElement('span');
  words.className = 'text';
  words.textContent = text;
  bar.append(mark, words);
  document.body.prepend(bar);
}
