/** The theme of pictures on the screen: that of the settings, or else of DevTools. */
import type { Theme } from '../../src/drawing/palettes.ts';

const dark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

export function screenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return dark().matches ? 'dark' : 'light';
}

/** Calls back whenever the theme may have changed. Returns the unsubscriber. */
export function onThemeChange(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-surrounding'] });
  return () => {
    query.removeEventListener('change', listener);
    observer.disconnect();
  };
}

/** Whether what is in two pictures moves from one to the next. */
export const isAnimated = (): boolean =>
  document.documentElement.dataset.animation !== 'off' && !matchMedia('(prefers-reduced-motion: reduce)').matches;
