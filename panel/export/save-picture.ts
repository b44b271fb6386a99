/** Does one export of a picture: makes the file or the text, and says what became of it. */
import { zipSync } from 'fflate';
import type { Theme } from '../../src/drawing/palettes.ts';
import { type About, heightOf } from '../../src/drawing/picture.tsx';
import { toDot } from '../../src/export/dot.ts';
import { toJson } from '../../src/export/json.ts';
import { toMarkdown, toMermaid } from '../../src/export/markdown.ts';
import { firstPart, imagesOf, toPng } from '../../src/export/png.ts';
import { toSvg } from '../../src/export/svg.ts';
import { showingArea } from '../../src/export/tiles.ts';
import type { FilmTools } from '../../src/film/film.ts';
import { filmOfPicture } from '../../src/film/film.ts';
import { toFilmPage } from '../../src/film/film-page.ts';
import { pictureWithoutValues } from '../../src/film/without-values.ts';
import { language, say } from '../../src/words/say.ts';
import type { Picture } from '../reading/picture.ts';
import { copyText } from '../widgets/copy-text.ts';
import { countUnread } from '../widgets/omissions.ts';
import { saveFile } from '../widgets/save-file.ts';
import type { Print } from './print-request.ts';

export const exports = [
  'copyPicture',
  'copyMarkdown',
  'copyMermaid',
  'copyDot',
  'savePage',
  'saveSvg',
  'savePng',
  'savePdf',
  'saveDot',
  'saveJson',
] as const;

export type Export = (typeof exports)[number];

export interface ExportTools {
  readonly options: {
    readonly theme: 'screen' | Theme;
    readonly background: 'theme' | 'none';
    readonly scale: number;
  };
  /** The theme on the screen. */
  readonly screen: Theme;
  readonly print: Print | null;
  /** Arranges the picture without its values; null leaves them in. */
  readonly withoutValues: FilmTools['lay'] | null;
  /** Shows what is under way. */
  readonly report: (text: string) => void;
}

/** Resolves when what was reported is on screen: the work that follows would delay it. */
const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** As others may see it. */
async function shownOf(picture: Picture, lay: FilmTools['lay'] | null): Promise<Picture> {
  if (lay === null) return picture;
  // Groups tell the ranges of values.
  if (picture.overview) throw new Error(say('export_noOverview'));
  return { ...picture, ...(await pictureWithoutValues({ ...picture, snapshot: picture.seen(picture.snapshot) }, lay)) };
}

/** Does one export. Resolves to a sentence about it; throws a sentence. */
export async function savePicture(action: Export, whole: Picture, tools: ExportTools): Promise<string> {
  const { options, screen, print, report } = tools;
  const theme = options.theme === 'screen' ? screen : options.theme;
  const { background } = options;
  report(say('export_working'));
  await painted();
  const picture = await shownOf(whole, tools.withoutValues);
  const { placed, diagram, snapshot, subject } = picture;
  const about = aboutOf(picture);
  const svg = (): string => toSvg(placed, theme, { background, about });
  const size = { width: placed.width, height: heightOf(placed, about), scale: options.scale };
  const save = (ending: string, content: BlobPart, type: string): string => {
    const name = `${fileName(subject, new Date())}.${ending}`;
    saveFile(name, new Blob([content], { type }));
    return name;
  };
  const saved = (name: string): string =>
    about.note === null ? say('export_saved', { name }) : say('export_savedPart', { name });
  switch (action) {
    case 'copyPicture': {
      const drawn = svg();
      report(say('export_drawing'));
      await painted();
      const { scale, tiles } = imagesOf(size);
      const area = tiles.length === 1 ? { x: 0, y: 0, ...size } : firstPart(size);
      const { blob } = await toPng(showingArea(drawn, area), { ...area, scale });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      if (tiles.length > 1) return say('export_copiedPart');
      return scale < options.scale ? scaled(scale) : say('export_copied');
    }
    case 'copyDot':
      return copied(toDot(diagram, theme, { background }));
    case 'copyMarkdown':
      return copied(toMarkdown(diagram, subject));
    case 'copyMermaid':
      return copied(toMermaid(diagram));
    case 'savePage':
      return saved(save('html', toFilmPage(filmOfPicture(about.title, placed)), 'text/html'));
    case 'saveSvg':
      return saved(save('svg', svg(), 'image/svg+xml'));
    case 'savePng': {
      const drawn = svg();
      report(say('export_drawing'));
      await painted();
      const { scale, tiles } = imagesOf(size);
      const images: Record<string, Uint8Array> = {};
      for (const [index, area] of tiles.entries()) {
        if (tiles.length > 1) report(say('export_tile', { number: index + 1, count: tiles.length }));
        const { blob } = await toPng(showingArea(drawn, area), { ...area, scale });
        if (tiles.length === 1) {
          const name = save('png', blob, 'image/png');
          return scale < options.scale ? `${saved(name)} ${scaled(scale)}` : saved(name);
        }
        images[`${String(index + 1).padStart(2, '0')}.png`] = new Uint8Array(await blob.arrayBuffer());
      }
      // The images are compressed already.
      const name = save('zip', new Blob([new Uint8Array(zipSync(images, { level: 0 }))]), 'application/zip');
      return say('export_savedTiles', { name, count: tiles.length });
    }
    case 'savePdf':
      print?.({ svg: svg(), width: size.width, height: size.height });
      return say('export_printing');
    case 'saveDot':
      return saved(save('dot', toDot(diagram, theme, { background }), 'text/vnd.graphviz'));
    case 'saveJson':
      return say('export_saved', { name: save('json', toJson(snapshot, subject), 'application/json') });
  }
}

const scaled = (scale: number): string => say('export_scaled', { scale: scale.toFixed(2) });

function copied(text: string): string {
  copyText(text);
  return say('export_copied');
}

function aboutOf({ subject, stats, snapshot, drawn, objects }: Picture): About {
  const unread = countUnread(snapshot);
  const parts = [
    ...(drawn !== null && stats.nodes < objects ? [say('amount_part', { shown: stats.nodes, count: objects })] : []),
    ...(unread > 0 ? [say('omitted_unread', { count: unread })] : []),
  ];
  const title = say('export_title', { subject });
  const time = new Date().toLocaleString(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const description = say('export_description', { time, objects: stats.nodes, references: stats.edges });
  return { title, description, note: parts.length === 0 ? null : say('export_note', { what: parts.join(' · ') }) };
}

/** A file name after the subject and the time, which sorts by time: `memory-graph-cart-2026-01-31-09-05-59`. */
export function fileName(subject: string, time: Date): string {
  const plain = subject
    .normalize('NFKD')
    .replace(/[^\w$]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())];
  const clock = [two(time.getHours()), two(time.getMinutes()), two(time.getSeconds())];
  return ['memory-graph', ...(plain === '' ? [] : [plain]), ...day, ...clock].join('-');
}
