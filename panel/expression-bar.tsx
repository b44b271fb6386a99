/** The expression field with its history, and the pinned expressions above it. */
import { useRef } from 'preact/hooks';
import type { ExpressionHistory } from './expression-history.ts';
import type { Session } from './session.ts';

export function ExpressionBar({
  session,
  history,
}: {
  readonly session: Session;
  readonly history: ExpressionHistory;
}) {
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
    </div>
  );
}
