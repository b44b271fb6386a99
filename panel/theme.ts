/** Applies the theme of the settings to the document. */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { Theme } from '../src/drawing/palettes.ts';
import type { Settings } from '../src/settings/settings.ts';

/**
 * Applies it until the returned function is called. `surrounding` is the theme of DevTools, where the browser does not give it to
 * this page.
 */
export function applyTheme(settings: ReadonlySignal<Settings>, surrounding: ReadonlySignal<Theme | null>): () => void {
  return effect(() => {
    const { theme, animation } = settings.value.appearance;
    const { dataset } = document.documentElement;
    const own = theme === 'auto' ? surrounding.value : theme;
    if (own === null) delete dataset.theme;
    else dataset.theme = own;
    if (surrounding.value === null) delete dataset.surrounding;
    else dataset.surrounding = surrounding.value;
    if (animation) delete dataset.animation;
    else dataset.animation = 'off';
  });
}
