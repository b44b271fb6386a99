/** Asks once, before the first drawing, whether the page is read with the debugger. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../../src/words/say.ts';

export function FirstQuestion({ onAnswer }: { readonly onAnswer: (exactly: boolean | null) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="first-question"
      aria-labelledby="first-question"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(null);
      }}
    >
      <h1 id="first-question">{say('question_title')}</h1>
      <Choice onChoose={() => onAnswer(true)} words={say('question_exactlyWords')}>
        {say('question_exactly')} <small>{say('question_recommended')}</small>
      </Choice>
      <Choice onChoose={() => onAnswer(false)} words={say('question_withoutWords')}>
        {say('question_without')}
      </Choice>
      <p>{say('question_later')}</p>
    </dialog>
  );
}

interface ChoiceProps {
  readonly onChoose: () => void;
  readonly words: string;
  readonly children: ComponentChildren;
}

function Choice({ onChoose, words, children }: ChoiceProps) {
  return (
    <button type="button" onClick={onChoose}>
      <b>{children}</b>
      <span>{words}</span>
    </button>
  );
}
