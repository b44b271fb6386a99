/** The picture as a self-contained SVG file: no script, no font and no style from elsewhere. */
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { Theme } from '../drawing/palettes.ts';
import { type About, Picture } from '../drawing/picture.tsx';
import type { Placed } from '../layout/placed.ts';
import { compactSvg } from './compact-svg.ts';

/** Characters that XML 1.0 cannot contain, escaped or not. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** `background` `none` lets the page's own color show through. Never throws. The text is well-formed XML. */
export function toSvg(
  placed: Placed,
  theme: Theme,
  options: { readonly background?: 'theme' | 'none'; readonly about?: About } = {},
): string {
  const { background = 'theme', about } = options;
  const svg = compactSvg(render(h(Picture, { placed, theme, background, about })));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.replace(notXml, '\ufffd').replace(/><\/(rect|path|circle)>/g, '/>')}\n`;
}
