/** The expression field with its history, the pinned expressions above it, and the offered expressions below it. */

import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { expressionIn, rootsOfPath } from '../../src/console/expression-text.ts';
import { say } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import { useOffered } from '../actions/offered.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { Suggestions, useSelectedExpression } from '../widgets/suggestions.tsx';
import { CompletionList, type Completions, useCompletions } from './completions.tsx';
import type { ExpressionHistory } from './expression-history.ts';
import type { Session } from './expression-session.ts';

/** Expressions that DevTools knows: the part of the host that this needs. */
export interface SuggestionSource {
  /** The expression that is selected in the editor of Sources; null when none is. */
  readonly selected: ReadonlySignal<string | null>;
  /** Expressions for the objects that the user worked with in the Console, the most likely first. */
  consoleObjects(): readonly string[];
}

export function ExpressionBar({
  session,
  history,
  host,
  onOpenText,
}: {
  readonly session: Session;
  readonly history: ExpressionHistory;
  readonly host: SuggestionSource | null;
  /** A text of JSON that was pasted, to be drawn as a file is. */
  readonly onOpenText: (text: string) => void;
}) {
  const field = useRef<ExpressionField>(null);
  const pasted = usePastedPath(field, session, history, host, onOpenText);
  const selected = useSelectedExpression(host?.selected ?? null);
  const others = (offered: readonly string[]) => offered.filter((one) => !session.expressions.value.includes(one));
  // 0 is the text being typed, n is the n-th newest entry. `draft` keeps what was typed before going back.
  const index = useRef(0);
  const draft = useRef('');
  const text = session.field.value;
  const hasLines = text.includes('\n');
  /** Where the caret is to be, once the field has this text. */
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    // The field of one line became one of many, or the other way round.
    field.current?.focus();
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  /** Whether the arrow keys leave the text: the caret is in its first or last line. */
  const isAtEdge = (line: 'first' | 'last'): boolean => {
    const { selectionStart } = field.current ?? {};
    if (!hasLines || selectionStart == null) return true;
    return !(line === 'first' ? text.slice(0, selectionStart) : text.slice(selectionStart)).includes('\n');
  };

  const completions = useCompletions(session.namesAlong, history.startingWith);
  const take = (completed: string) => {
    session.setField(completed);
    completions.close();
  };

  const draw = () => {
    completions.close();
    if (!text.trim()) return;
    history.add(text.trim());
    index.current = 0;
    void session.draw(text);
  };
  const choose = (expression: string) => {
    completions.close();
    session.setField(expression);
    index.current = 0;
    history.add(expression);
    void session.draw(expression);
  };
  const pin = () => {
    if (!text.trim()) return;
    history.add(text.trim());
    index.current = 0;
    void session.pin(text);
  };
  const recall = (step: 1 | -1) => {
    if (index.current === 0) draft.current = text;
    const next = index.current + step;
    const entry = next === 0 ? draft.current : history.at(next);
    if (next < 0 || entry === null) return;
    index.current = next;
    session.setField(entry);
  };
  /** Puts a text where the caret is, or over what is selected. */
  const insert = (inserted: string) => {
    const { selectionStart, selectionEnd } = field.current ?? {};
    const [start, end] = [selectionStart ?? text.length, selectionEnd ?? text.length];
    completions.close();
    session.setField(text.slice(0, start) + inserted + text.slice(end));
    caret.current = start + inserted.length;
  };
  const pinAction = createAction('pin', pin, text.trim() !== '');
  const actions = [
    createAction('draw', draw),
    createAction('newLine', () => insert('\n')),
    pinAction,
    // What is in the field is what is meant: another text than the drawn one is drawn.
    createAction('drawAgain', () => (session.expressions.value.includes(text.trim()) ? void session.redraw() : draw())),
    createAction('olderExpression', () => recall(1), isAtEdge('first')),
    createAction('newerExpression', () => recall(-1), isAtEdge('last')),
  ];
  useOffered(actions);
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter and the arrow keys belong to it.
    if (event.isComposing) return;
    const open = completions.listId !== null;
    const atEnd = field.current?.selectionStart === text.length;
    const taken = completions.taken();
    const completing = [
      createAction('takeCompletion', () => taken !== null && take(taken), open && (atEnd || event.key === 'Tab')),
      createAction('nextCompletion', () => completions.move(1), open),
      createAction('previousCompletion', () => completions.move(-1), open),
      createAction('closeCompletions', completions.close, open),
    ];
    if (runKey(completing, event)) event.stopPropagation();
    else runKey(actions, event);
  };

  // Whoever opens the tab types at once.
  useEffect(() => {
    if (document.activeElement === document.body) field.current?.focus();
  }, []);

  return (
    <div class="expressions">
      <Pinned session={session} />
      <div class="field">
        <span class="prompt" aria-hidden="true">
          ›
        </span>
        <Field
          field={field}
          text={text}
          completions={completions}
          onText={(value, position) => {
            index.current = 0;
            if (value.includes('\n') !== hasLines) caret.current = position;
            session.setField(value);
            if (position === value.length) completions.typed(value);
            else completions.close();
          }}
          onLines={insert}
          onKeyDown={onKeyDown}
        />
        <TextActionButton action={pinAction} />
        <CompletionList completions={completions} onTake={take} />
      </div>
      <Suggestions
        origin={say('expression_selected')}
        expressions={others(selected.expressions)}
        title={say('expression_offer')}
        onChoose={choose}
        onDismiss={selected.dismiss}
      />
      <Suggestions
        origin={say('expression_pasted')}
        expressions={others(pasted.roots)}
        title={say('expression_offer')}
        onChoose={(expression) => {
          pasted.dismiss();
          choose(expression);
        }}
        onDismiss={pasted.dismiss}
      />
    </div>
  );
}

function Pinned({ session }: { readonly session: Session }) {
  if (session.pinned.value.length === 0) return null;
  return (
    <ul class="pinned" aria-label={say('expression_pinned')}>
      {session.pinned.value.map((expression) => (
        <li key={expression} title={expression}>
          <code>{expression}</code>
          <button
            type="button"
            title={say('expression_unpin')}
            aria-label={say('expression_unpinNamed', { expression })}
            onClick={() => void session.unpin(expression)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

type ExpressionField = HTMLInputElement | HTMLTextAreaElement;

interface FieldProps {
  readonly field: { current: ExpressionField | null };
  readonly text: string;
  readonly completions: Completions;
  /** Called with what was typed, and where the caret is. */
  readonly onText: (text: string, position: number) => void;
  /** Called with pasted lines. */
  readonly onLines: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One line, or as many as the text has. */
function Field({ field, text, completions, onText, onLines, onKeyDown }: FieldProps) {
  const shared = {
    spellcheck: false,
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-controls': completions.listId ?? undefined,
    'aria-activedescendant': completions.activeId,
    'aria-label': say('expression_label'),
    value: text,
    onInput: ({ currentTarget: { value, selectionStart } }: { readonly currentTarget: ExpressionField }) =>
      onText(value, selectionStart ?? value.length),
    onKeyDown,
    onBlur: completions.close,
  } as const;
  const setField = (element: ExpressionField | null): void => {
    field.current = element;
  };
  if (text.includes('\n')) return <textarea ref={setField} rows={1} aria-haspopup="listbox" {...shared} />;
  return (
    <input
      ref={setField}
      type="text"
      role="combobox"
      aria-expanded={completions.listId !== null}
      placeholder={say('expression_placeholder')}
      {...shared}
      onPaste={(event) => {
        // A field of one line would join them.
        const pasted = event.clipboardData?.getData('text/plain').trim() ?? '';
        if (!pasted.includes('\n')) return;
        event.preventDefault();
        onLines(pasted);
      }}
    />
  );
}

/**
 * Offers what a pasted property path may mean. A path that is pasted outside of a field is drawn at once; any other expression is
 * put into the field. Chrome does not let pages in DevTools read the clipboard by themselves.
 */
function usePastedPath(
  field: { readonly current: ExpressionField | null },
  session: Session,
  history: ExpressionHistory,
  host: SuggestionSource | null,
  onOpenText: (text: string) => void,
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
      if (isJson(text)) {
        event.preventDefault();
        return onOpenText(text);
      }
      if (paths.length === 0 && expressionIn(text) === null) return;
      event.preventDefault();
      const others = paths.filter((path) => path !== text);
      setRoots(others);
      session.setField(text);
      field.current?.focus();
      if (paths[0] !== text) return;
      // The first name of a path may not exist in the page, when the path starts at an object that was expanded. Then the others are offered.
      if (others.length > 0) void session.drawIfThere(text).then((drawn) => drawn && history.add(text));
      else {
        history.add(text);
        void session.draw(text);
      }
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [field, session, history, host, onOpenText]);
  return { roots, dismiss: () => setRoots([]) };
}

/** An object or array, not a number or a name. */
function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
