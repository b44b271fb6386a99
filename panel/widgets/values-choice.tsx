/** Whether texts and numbers are in what is saved or copied, and a sentence about what that means. */
import type { Signal } from '@preact/signals';
import { say } from '../../src/words/say.ts';

interface ValuesChoiceProps {
  readonly values: Signal<boolean>;
  /** The sentence with values, and that without. */
  readonly meaning: readonly [given: string, left: string];
}

export function ValuesChoice({ values, meaning: [given, left] }: ValuesChoiceProps) {
  return (
    <>
      <label>
        {say('share_withValues')}
        <input
          type="checkbox"
          checked={values.value}
          onChange={(event) => {
            values.value = event.currentTarget.checked;
          }}
        />
      </label>
      <p class="share-words">{values.value ? given : left}</p>
    </>
  );
}
