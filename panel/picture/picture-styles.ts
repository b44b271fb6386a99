/**
 * The style sheet of pictures in a page of the panel, in both themes: that of DevTools, or the one that `data-theme` of
 * the root element names.
 */
import { marksStyles } from '../../src/drawing/marks.tsx';
import { paletteNames } from '../../src/drawing/palettes.ts';
import { hoverStyles, movingStyles, pictureStyles } from '../../src/drawing/theme.ts';

export function addPictureStyles(): void {
  const styles = document.createElement('style');
  styles.textContent = `${hoverStyles}
${movingStyles}
${pictureStyles('light', paletteNames)}
${marksStyles('light')}
@media (prefers-color-scheme: dark) {
:root:not([data-theme="light"]) {
${pictureStyles('dark', paletteNames)}
${marksStyles('dark')}
}
}
:root[data-theme="dark"] {
${pictureStyles('dark', paletteNames)}
${marksStyles('dark')}
}`;
  document.head.append(styles);
}
