/** The expression field with its history, the pinned expressions above it, and those that are offered below it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { expressionIn, rootsOfPath } from '../src/devtools/offered.ts';
import type { ExpressionHistory } from './expression-history.ts';
import type { Host } from './host.ts';
import { Offers, useSelection } from './offers.tsx';
import type { Session } from './session.ts';

export function ExpressionBar({
  session,
  history,
  host,
}: {
  readonly session: Session;
  readonly history: ExpressionHistory;
  readonly host: Host | null;
}) {
  const field = useRef<HTMLInputElement>(null);
  const pasted = usePastedPath(field, session, history, host);
  const selected = useSelection(host?.selected ?? null);
  const others = (offered: readonly string[]) => offered.filter((one) => !session.expressions.value.includes(one));
  // 0 is the text being typed, n the n-th newest entry; `draft` keeps what was typed before going back.
  const place = useRef(0);
  const draft = useRef('');
  const text = session.field.value;

  const draw = () => {
    if (!text.trim()) return;
    history.add(text.trim());
    place.current = 0;
    void session.draw(text);
  };
  const choose = (expression: string) => {
    session.setField(expression);
    place.current = 0;
    history.add(expression);
    void session.draw(expression);
  };
  const pin = () => {
    if (!text.trim()) return;
    history.add(text.trim());
    place.current = 0;
    void session.pin(text);
  };
  const recall = (step: 1 | -1) => {
    if (place.current === 0) draft.current = text;
    const next = place.current + step;
    const entry = next === 0 ? draft.current : history.at(next);
    if (next < 0 || entry === null) return;
    place.current = next;
    session.setField(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter and the arrows are its own.
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void session.redraw();
    else if (event.key === 'Enter' && event.shiftKey) pin();
    else if (event.key === 'Enter') draw();
    else if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else return;
    event.preventDefault();
  };

  return (
    <div class="expressions">
      {session.pinned.value.length > 0 && (
        <ul class="pinned" aria-label="Pinned expressions">
          {session.pinned.value.map((expression) => (
            <li key={expression} title={expression}>
              <code>{expression}</code>
              <button
                type="button"
                title="Unpin"
                aria-label={`Unpin ${expression}`}
                onClick={() => void session.unpin(expression)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <span class="prompt" aria-hidden="true">
          ›
        </span>
        <input
          ref={field}
          type="text"
          spellcheck={false}
          autocomplete="off"
          aria-label="Expression"
          placeholder="Expression of the page, for example data.items; Enter draws its graph"
          value={text}
          onInput={(event) => {
            place.current = 0;
            session.setField(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="text-button"
          title="Keep this expression in the picture and type another (Shift+Enter)"
          disabled={!text.trim()}
          onClick={pin}
        >
          Pin
        </button>
      </div>
      <Offers
        origin="Selected in Sources"
        expressions={others(selected.expressions)}
        title="Draw the graph of"
        onChoose={choose}
        onDismiss={selected.dismiss}
      />
      <Offers
        origin="Pasted path"
        expressions={others(pasted.roots)}
        title="Draw the graph of"
        onChoose={(expression) => {
          pasted.dismiss();
          choose(expression);
        }}
        onDismiss={pasted.dismiss}
      />
    </div>
  );
}

/**
 * What a pasted property path may stand for. A path that is pasted outside of a field is drawn at once, and any other
 * expression put into the field. Chrome lets no page in DevTools read the clipboard by itself.
 */
function usePastedPath(
  field: { readonly current: HTMLInputElement | null },
  session: Session,
  history: ExpressionHistory,
  host: Host | null,
): { readonly roots: readonly string[]; readonly dismiss: () => void } {
  const [roots, setRoots] = useState<readonly string[]>([]);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain').trim() ?? '';
      const { target } = event;
      const paths = rootsOfPath(text, host?.consoleObjects() ?? []);
      if (target === field.current) {
        setRoots(paths);
        return;
      }
      if (target instanceof Element && target.closest('input, textarea') !== null) return;
      if (paths.length === 0 && expressionIn(text) === null) return;
      event.preventDefault();
      const others = paths.filter((path) => path !== text);
      setRoots(others);
      session.setField(text);
      field.current?.focus();
      if (paths[0] !== text) return;
      // A way from an object that was expanded has a first name that the page need not have: then the others are offered.
      if (others.length > 0) void session.drawIfThere(text).then((drawn) => drawn && history.add(text));
      else {
        history.add(text);
        void session.draw(text);
      }
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [field, session, history, host]);
  return { roots, dismiss: () => setRoots([]) };
}
