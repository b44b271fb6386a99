/** A film as one SVG file that plays by itself, also in an `<img>`: no script, nothing from elsewhere. Boxes are in it once. */
import { marksStyles } from '../drawing/marks.tsx';
import { paletteNames, paletteOf, type Theme } from '../drawing/palettes.ts';
import { pictureStyles } from '../drawing/theme.ts';
import { asXml } from '../drawing/xml.ts';
import type { Film } from './film.ts';

/** Room for the line of code below the picture, points. */
const CAPTION = 26;

/** @param seconds How long a step is shown. */
export function toFilmSvg(film: Film, theme: Theme | null, seconds = 1): string {
  const left = Math.min(...film.pictures.map(({ x }) => x));
  const top = Math.min(...film.pictures.map(({ y }) => y));
  const width = Math.max(...film.pictures.map((one) => one.x + one.width)) - left;
  const height = Math.max(...film.pictures.map((one) => one.y + one.height)) - top + CAPTION;
  const count = film.steps.length;
  const share = 100 / count;
  const steps = film.steps.map(({ picture, script, line, calls }, index) => {
    const shown = film.pictures[picture];
    const uses = shown?.boxes.map(([drawing, x, y]) => `<use href="#b${drawing}" x="${x}" y="${y}"/>`).join('') ?? '';
    const code = film.scripts[script]?.source.split('\n')[line]?.trim() ?? '';
    const words = `${index + 1}/${count}  ${calls.at(-1) ?? ''}  ${line + 1 + (film.scripts[script]?.startLine ?? 0)}: ${code.slice(0, 90)}`;
    return `<g class="s" style="animation-delay:${(index * seconds).toFixed(2)}s">${uses}${shown?.lines ?? ''}<text class="mg-code" x="${left + 8}" y="${top + height - 8}">${escaped(words)}</text></g>`;
  });
  const defs = film.drawings.map((text, index) => `<g id="b${index}">${text}</g>`).join('');
  const styles = (one: Theme): string => {
    const { background, title } = paletteOf(one);
    return `${pictureStyles(one, paletteNames)}${marksStyles(one)}.mg-back{fill:${background}}.mg-code,.mg-at{fill:${title};font:12px monospace}.mg-at{font-weight:bold}`;
  };
  const both = theme ? styles(theme) : `${styles('light')}@media (prefers-color-scheme:dark){${styles('dark')}}`;
  const play = `.s{visibility:hidden;animation:s ${(count * seconds).toFixed(2)}s steps(1,end) infinite}@keyframes s{0%{visibility:visible}${share.toFixed(4)}%{visibility:hidden}100%{visibility:hidden}}`;
  const frame = `x="${left}" y="${top}" width="${width}" height="${height}"`;
  return asXml(
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" role="img" aria-label="${escaped(film.title)}"><style>${both}${play}</style><defs>${defs}</defs><rect class="mg-back" ${frame}/>${steps.join('')}</svg>\n`,
  );
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
