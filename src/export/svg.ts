/** The picture as an SVG file that stands alone: no script, no font and no style from elsewhere. */
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { Picture } from '../drawing/picture.tsx';
import type { Theme } from '../drawing/theme.ts';
import type { Placed } from '../layout/placed.ts';

/** What XML 1.0 cannot hold, escaped or not. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** `background` `none` leaves the page's own colour to show through. Never throws; the text is well-formed XML. */
export function toSvg(placed: Placed, theme: Theme, options: { readonly background?: 'theme' | 'none' } = {}): string {
  const { background = 'theme' } = options;
  const svg = render(h(Picture, { placed, theme, background }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.replace(notXml, '\ufffd')}\n`;
}
