/** The picture as a self-contained SVG file: no script, no font and no style from elsewhere. */
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { Theme } from '../drawing/palettes.ts';
import { type About, Picture } from '../drawing/picture.tsx';
import { asXml } from '../drawing/xml.ts';
import type { Placed } from '../layout/placed.ts';
import { compactSvg } from './compact-svg.ts';

/** `background` `none` lets the page's own color show through. Never throws. The text is well-formed XML. */
export function toSvg(
  placed: Placed,
  theme: Theme,
  options: { readonly background?: 'theme' | 'none'; readonly about?: About } = {},
): string {
  const { background = 'theme', about } = options;
  const svg = compactSvg(render(h(Picture, { placed, theme, background, about })));
  const text = asXml(svg).replace(/><\/(rect|path|circle)>/g, '/>');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}
