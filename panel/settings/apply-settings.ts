/** Makes the settings act: on what is read, on what is drawn, on the theme. */
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Theme } from '../../src/drawing/theme.ts';
import { drawingOf, readingOf } from '../../src/settings/settings.ts';
import type { Painter } from '../painter.ts';
import type { Session } from '../session.ts';
import type { SettingsStore } from './settings-store.ts';

/**
 * From now on, until the returned function is called. The page is asked again only when what is read changes.
 * `surrounding` is the theme of DevTools where the browser does not tell it to this page.
 */
export function applySettings(
  store: SettingsStore,
  session: Session,
  painter: Painter,
  surrounding: ReadonlySignal<Theme | null>,
): () => void {
  let reading = '';
  let drawing = '';
  const stopPicture = effect(() => {
    const settings = store.settings.value;
    const objects = store.overrides.value;
    const view = readingOf(settings);
    const next = {
      reading: JSON.stringify(view),
      drawing: JSON.stringify([settings.drawing, [...objects]]),
    };
    const reread = next.reading !== reading;
    if (!reread && next.drawing === drawing) return;
    ({ reading, drawing } = next);
    painter.setSettings(drawingOf(settings, objects));
    // What the session reads on the way is no reason to apply the settings again.
    untracked(() => {
      if (reread) session.setView({ ...session.view.value, ...view });
      void session.repaint(reread);
    });
  });
  const stopTheme = effect(() => {
    const { theme, animation } = store.settings.value.appearance;
    const { dataset } = document.documentElement;
    const own = theme === 'auto' ? surrounding.value : theme;
    if (own === null) delete dataset.theme;
    else dataset.theme = own;
    if (surrounding.value === null) delete dataset.surrounding;
    else dataset.surrounding = surrounding.value;
    if (animation) delete dataset.animation;
    else dataset.animation = 'off';
  });
  return () => {
    stopPicture();
    stopTheme();
  };
}

/** The theme that pictures have on screen. */
export function screenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
