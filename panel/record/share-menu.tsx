/** Shares a recording: as a page, an animation, a file that opens again, or text; with values or without. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { recordingToJson } from '../../src/export/recording-json.ts';
import type { FilmTools } from '../../src/film/film.ts';
import { filmOf } from '../../src/film/film.ts';
import { toFilmPage } from '../../src/film/film-page.ts';
import { toFilmSvg } from '../../src/film/film-svg.ts';
import { toText } from '../../src/film/film-text.ts';
import { recordingWithoutValues } from '../../src/film/without-values.ts';
import { type Shown, shownOf } from '../../src/recording/moment.ts';
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { useOffered } from '../actions/offered.ts';
import { errorMessage, type Message } from '../reading/messages.ts';
import { Icon, TextActionButton } from '../widgets/action-button.tsx';
import { copyText } from '../widgets/copy-text.ts';
import { keepInSight } from '../widgets/menu.tsx';
import { saveFile } from '../widgets/save-file.ts';
import { ValuesChoice } from '../widgets/values-choice.tsx';

interface ShareMenuProps {
  readonly shown: Shown;
  readonly tools: () => FilmTools;
  readonly onMessage: (message: Message) => void;
}

const shares = ['savePage', 'saveAnimation', 'saveRecording', 'copyRecording'] as const;
type Share = (typeof shares)[number];

/** Different pictures of a page, and of an animation, which has to stay small. */
const PAGE_PICTURES = 300;
const ANIMATION_PICTURES = 20;

export function ShareMenu({ shown, tools, onMessage }: ShareMenuProps) {
  const open = useSignal(false);
  const values = useSignal(true);
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open.value) return;
    area.current?.querySelector<HTMLElement>('.menu button')?.focus();
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !area.current?.contains(event.target)) open.value = false;
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => document.removeEventListener('pointerdown', onPress, { capture: true });
  }, [open.value, open]);
  const toggle = createAction('share', () => {
    open.value = !open.value;
  });
  const run = async (share: Share): Promise<void> => {
    open.value = false;
    onMessage({ kind: 'done', text: say('export_working') });
    try {
      onMessage({ kind: 'done', text: await shareAs(share, shown, tools(), values.peek()) });
    } catch (error) {
      onMessage(errorMessage(error instanceof Error ? error.message : String(error)));
    }
  };
  const actions = shares.map((share) => createAction(share, () => void run(share)));
  useOffered(actions);
  return (
    <div ref={area} class="export">
      <button
        type="button"
        class="tool toggle"
        title={toggle.explanation}
        aria-haspopup="true"
        aria-expanded={open.value}
        onClick={() => toggle.run()}
      >
        <Icon paths={toggle.icon} />
        <span class="name">{toggle.name}</span>
      </button>
      {open.value && (
        <div
          ref={(menu) => {
            if (menu) keepInSight(menu);
          }}
          class="menu"
          role="dialog"
          aria-label={toggle.name}
          onKeyDown={(event) => {
            if (event.key === 'Escape') open.value = false;
          }}
        >
          {actions.map((action) => (
            <TextActionButton key={action.id} class="" action={action} />
          ))}
          <hr />
          <ValuesChoice values={values} meaning={[say('share_hasValues'), say('share_noValues')]} />
        </div>
      )}
    </div>
  );
}

/** A sentence about what was made. */
async function shareAs(share: Share, shown: Shown, tools: FilmTools, values: boolean): Promise<string> {
  const { recording } = shown;
  const shared = values ? recording : recordingWithoutValues(recording);
  const name = (ending: string): string => `${recording.title.replace(/[^\w$.-]+/g, '-') || 'recording'}.${ending}`;
  switch (share) {
    case 'savePage': {
      const film = await filmOf(shared, tools, { pictures: PAGE_PICTURES, values, changesOnly: false });
      saveFile(name('html'), new Blob([toFilmPage(film)], { type: 'text/html' }));
      return said(name('html'), film.left);
    }
    case 'saveAnimation': {
      const film = await filmOf(shared, tools, { pictures: ANIMATION_PICTURES, values, changesOnly: true });
      saveFile(name('svg'), new Blob([toFilmSvg(film, null)], { type: 'image/svg+xml' }));
      return said(name('svg'), film.left);
    }
    case 'saveRecording':
      saveFile(name('json'), new Blob([recordingToJson(shared)], { type: 'application/json' }));
      return say('export_saved', { name: name('json') });
    case 'copyRecording':
      copyText(toText(shownOf(shared)));
      return say('export_copied');
  }
}

const said = (name: string, left: number): string =>
  left === 0 ? say('export_saved', { name }) : say('share_left', { name, count: left });
