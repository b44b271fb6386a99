/** Where a user types another value for something of the page, and where a text is read whole. Neither asks the page by itself. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../../src/words/say.ts';
import { createAction } from '../../actions/action.ts';
import { TextActionButton } from '../../widgets/action-button.tsx';
import { copyText } from '../../widgets/copy-text.ts';
import { type CellPart, expressionFor } from './cell-parts.ts';

/** CSS pixels of the window. */
export interface EditorPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface ValueEditorProps {
  /** What can be given a value; one of them is chosen where there are several. */
  readonly fields: readonly CellPart[];
  readonly place: EditorPlace;
  readonly onAssign: (field: CellPart, expression: string) => void;
  readonly onClose: () => void;
}

const NARROWEST = 120;
const MARGIN = 4;

export function ValueEditor({ fields, place: { x, y, width }, onAssign, onClose }: ValueEditorProps) {
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [index, setIndex] = useState(0);
  const field = fields[index];
  const before = field ? expressionFor(field.value) : '';
  useLayoutEffect(() => {
    const element = form.current;
    if (!element) return;
    const size = element.getBoundingClientRect();
    element.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - size.width - MARGIN))}px`;
    element.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - size.height - MARGIN))}px`;
    if (fields.length > 1) element.querySelector('select')?.focus();
    else {
      input.current?.focus();
      input.current?.select();
    }
  }, [x, y, fields]);
  if (!field) return null;
  return (
    <form
      ref={form}
      class="value-editor"
      onSubmit={(event) => {
        event.preventDefault();
        const text = input.current?.value.trim() ?? '';
        onClose();
        if (text !== '' && text !== before) onAssign(field, text);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        event.stopPropagation();
      }}
      onFocusOut={(event) => {
        // As long as nothing was confirmed, the page stays as it is.
        if (!(event.relatedTarget instanceof Node && form.current?.contains(event.relatedTarget))) onClose();
      }}
    >
      {fields.length > 1 && (
        <select
          aria-label={say('edit_field')}
          value={index}
          onChange={(event) => setIndex(Number(event.currentTarget.value))}
        >
          {fields.map(({ name }, at) => (
            <option key={name} value={at}>
              {name}
            </option>
          ))}
        </select>
      )}
      <input
        ref={input}
        key={index}
        type="text"
        spellcheck={false}
        autocomplete="off"
        defaultValue={before}
        aria-label={say('edit_label', { name: field.name })}
        title={say('edit_hint')}
        style={{ width: `${Math.max(NARROWEST, width)}px` }}
      />
    </form>
  );
}

/** A text that a user is asked for. */
export interface Question {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly onEnter: (text: string) => void;
}

export function TextPrompt({
  question: { label, hint, text, onEnter },
  place: { x, y, width },
  onClose,
}: {
  readonly question: Question;
  readonly place: EditorPlace;
  readonly onClose: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <form
      class="value-editor"
      style={{ left: `${x}px`, top: `${y}px` }}
      onSubmit={(event) => {
        event.preventDefault();
        onEnter(input.current?.value.trim() ?? '');
        onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        event.stopPropagation();
      }}
      onFocusOut={onClose}
    >
      <input
        ref={input}
        type="text"
        autocomplete="off"
        defaultValue={text}
        aria-label={label}
        placeholder={label}
        title={hint}
        style={{ width: `${Math.max(NARROWEST, width)}px` }}
      />
    </form>
  );
}

interface WholeTextProps {
  readonly name: string;
  readonly text: string;
  readonly onClose: () => void;
}

export function WholeText({ name, text, onClose }: WholeTextProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = say('text_title', { name, length: text.length });
  return (
    <dialog
      ref={dialog}
      class="whole-text"
      aria-label={title}
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <p>
        <b>{title}</b>
        <span class="spacer" />
        <TextActionButton action={createAction('copyString', () => copyText(text))} />
        <TextActionButton action={createAction('closeText', () => dialog.current?.close())} />
      </p>
      <textarea readOnly spellcheck={false} aria-label={title} value={text} />
    </dialog>
  );
}
