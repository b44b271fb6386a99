/** The picture out to a file or the clipboard, and a saved graph in again. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Theme } from '../../src/drawing/theme.ts';
import { toDot } from '../../src/export/dot.ts';
import { toJson } from '../../src/export/json.ts';
import { toPng } from '../../src/export/png.ts';
import { toSvg } from '../../src/export/svg.ts';
import type { Picture } from '../painter.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Print } from './print-service.ts';
import { saveFile } from './save-file.ts';

export interface ExportMenuProps {
  readonly picture: Picture | null;
  readonly store: SettingsStore;
  /** The theme on screen. */
  readonly theme: () => Theme;
  /** Null where the browser's print cannot be reached. */
  readonly print: Print | null;
  /** The text of a saved graph, and the name of its file. */
  readonly onOpen: (text: string, name: string) => void;
}

type Action = 'copy-picture' | 'copy-dot' | 'svg' | 'png' | 'pdf' | 'dot' | 'json';

const actions: readonly (readonly [Action, string, string])[] = [
  ['copy-picture', 'Copy picture', 'As a PNG, to paste elsewhere'],
  ['copy-dot', 'Copy DOT', 'As text for Graphviz'],
  ['svg', 'Save SVG', 'Sharp at every size, text stays text'],
  ['png', 'Save PNG', 'Pixels, at the scale below'],
  ['pdf', 'Print or save PDF…', 'Opens a page of the size of the picture; choose Save as PDF there'],
  ['dot', 'Save DOT', 'For Graphviz'],
  ['json', 'Save JSON', 'Everything that was read, to be opened here again'],
];

export function ExportMenu({ picture, store, theme, print, onOpen }: ExportMenuProps) {
  const open = useSignal(false);
  const progress = useSignal<string | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!open.value) return;
    menu.current?.querySelector<HTMLElement>('button:enabled')?.focus();
    const onPress = (event: PointerEvent) => {
      if (!(event.target instanceof Node)) return;
      if (!menu.current?.contains(event.target) && !button.current?.contains(event.target)) open.value = false;
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => document.removeEventListener('pointerdown', onPress, { capture: true });
  }, [open.value, open]);

  const options = store.settings.value.export;
  const run = async (action: Action): Promise<void> => {
    if (!picture) return;
    open.value = false;
    button.current?.focus();
    try {
      progress.value = await perform(action, picture, options, theme(), print, (text) => {
        progress.value = text;
      });
    } catch (error) {
      progress.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <div class="export">
      {progress.value !== null && (
        <span class="export-word" role="status">
          {progress.value}
          <button
            type="button"
            class="tool"
            aria-label="Dismiss"
            onClick={() => {
              progress.value = null;
            }}
          >
            ×
          </button>
        </span>
      )}
      <button
        ref={button}
        type="button"
        class="tool"
        title="Export the picture, open a saved graph"
        aria-label="Export"
        aria-haspopup="true"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M10 3.5v8.5M6.8 9l3.2 3.2L13.2 9M4 13.5v3h12v-3" />
        </svg>
      </button>
      {open.value && (
        <div
          ref={menu}
          class="menu"
          role="dialog"
          aria-label="Export"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            open.value = false;
            button.current?.focus();
          }}
        >
          {actions.map(([action, label, title]) => (
            <button
              key={action}
              type="button"
              title={title}
              disabled={!picture || (action === 'pdf' && !print)}
              onClick={() => void run(action)}
            >
              {label}
            </button>
          ))}
          <hr />
          <label>
            Colours
            <select value={options.theme} onChange={(event) => store.change('export.theme', event.currentTarget.value)}>
              <option value="screen">As on screen</option>
              <option value="light">Light</option>
              <option value="dark">Dark</option>
            </select>
          </label>
          <label>
            Transparent
            <input
              type="checkbox"
              checked={options.background === 'none'}
              onChange={(event) => store.change('export.background', event.currentTarget.checked ? 'none' : 'theme')}
            />
          </label>
          <label>
            Scale of PNG
            <select
              value={String(options.scale)}
              onChange={(event) => store.change('export.scale', Number(event.currentTarget.value))}
            >
              {[...new Set([1, 2, 3, 4, 8, options.scale])]
                .sort((a, b) => a - b)
                .map((scale) => (
                  <option key={scale} value={String(scale)}>
                    {scale} ×
                  </option>
                ))}
            </select>
          </label>
          <hr />
          <button type="button" onClick={() => file.current?.click()}>
            Open file…
          </button>
        </div>
      )}
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Saved graph"
        onChange={async (event) => {
          const input = event.currentTarget;
          const chosen = input.files?.item(0);
          open.value = false;
          if (chosen) onOpen(await chosen.text(), chosen.name);
          input.value = '';
        }}
      />
    </div>
  );
}

/** Lets a word about what is to come be painted before the work that would hold it up. */
const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Does one export. Resolves to what is to be said about it, null for nothing; throws a sentence. */
async function perform(
  action: Action,
  picture: Picture,
  options: { readonly theme: 'screen' | Theme; readonly background: 'theme' | 'none'; readonly scale: number },
  screen: Theme,
  print: Print | null,
  report: (text: string) => void,
): Promise<string | null> {
  const { placed, diagram, snapshot, subject } = picture;
  const theme = options.theme === 'screen' ? screen : options.theme;
  const name = fileName(subject);
  report('Exporting…');
  await painted();
  const { background } = options;
  const svg = (): string => toSvg(placed, theme, { background });
  const dot = (): string => toDot(diagram, theme, { background });
  const png = async () => {
    const drawn = svg();
    report('Drawing the pixels…');
    await painted();
    return toPng(drawn, { width: placed.width, height: placed.height, scale: options.scale });
  };
  const word = (scale: number): string | null =>
    scale < options.scale
      ? `A canvas is at most 16,384 pixels wide and high: the picture has ${scale.toFixed(2)} pixels a point in place of ${options.scale}.`
      : null;
  switch (action) {
    case 'copy-picture': {
      const { blob, scale } = await png();
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      return word(scale) ?? 'Copied.';
    }
    case 'copy-dot':
      copyText(dot());
      return 'Copied.';
    case 'svg':
      saveFile(`${name}.svg`, new Blob([svg()], { type: 'image/svg+xml' }));
      return null;
    case 'png': {
      const { blob, scale } = await png();
      saveFile(`${name}.png`, blob);
      return word(scale);
    }
    case 'pdf':
      print?.({ svg: svg(), width: placed.width, height: placed.height });
      return null;
    case 'dot':
      saveFile(`${name}.dot`, new Blob([dot()], { type: 'text/vnd.graphviz' }));
      return null;
    case 'json':
      saveFile(`${name}.json`, new Blob([toJson(snapshot, subject)], { type: 'application/json' }));
      return null;
  }
}

/** The asynchronous clipboard is refused in DevTools' frames; a copied selection is not. */
function copyText(text: string): void {
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', onCopy);
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', onCopy);
  if (!copied) throw new Error('The browser refused the clipboard: save a file instead.');
}

/** The subject as far as it makes a name. */
function fileName(subject: string): string {
  const plain = subject
    .normalize('NFKD')
    .replace(/[^\w$]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? 'memory-graph' : `memory-graph-${plain}`;
}
