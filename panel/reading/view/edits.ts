/** Changes values of the page at a user's word, and reads texts whole. Every change can be taken back, and is made only once. */
import type { Assignable } from '../../../src/capture/assignable.ts';
import { say } from '../../../src/words/say.ts';
import { errorMessage, failureMessage } from '../messages.ts';
import type { Edit } from '../overrides.ts';
import type { Opened, ReaderTools, Reading } from '../reading.ts';
import type { Requests } from '../requests.ts';

/** Milliseconds in which an expression must end. */
const DEADLINE = 5000;

export interface Edits {
  assign(place: Assignable, expression: string, frame?: string): Promise<void>;
  reassign(edit: Edit): Promise<boolean>;
  textOf(place: Assignable): Promise<string | null>;
}

/** @param live The current reading, if the page can be asked. */
export function createEdits(tools: ReaderTools, { state, change }: Requests, live: () => Reading | null): Edits {
  /** What answers about the reading that is shown; null, with a message, when nothing does. */
  async function opened(): Promise<(Opened & { readonly reading: Reading }) | null> {
    const reading = live();
    if (!reading) return null;
    change({ outcome: null });
    const from = await tools.editor?.();
    // In the meantime the debugger may have been refused, or the page navigated.
    return from && state.peek().reading?.frozen === null ? { ...from, reading } : null;
  }

  return {
    async assign(place, expression, frame) {
      const from = await opened();
      if (!from) return;
      const outcome = await from.capture.assign(place, expression, { deadline: DEADLINE }, frame);
      if (!outcome.ok) return change({ outcome: failureMessage(outcome.failure) });
      if (outcome.value.type === 'refused') return change({ outcome: errorMessage(outcome.value.reason) });
      const { heap } = from.reading;
      const edit: Edit = { change: outcome.value.change, variable: place.type !== 'property' };
      tools.overrides.change(heap, { edits: [...tools.overrides.of(heap).edits, edit] });
      await tools.readAgain(null, edit.variable);
    },
    async reassign(edit) {
      const from = await opened();
      if (!from) return false;
      const outcome = await from.capture.reassign(edit.change, { deadline: DEADLINE });
      if (outcome.ok && outcome.value.type === 'assigned') return true;
      change({
        outcome: outcome.ok
          ? errorMessage(outcome.value.type === 'refused' ? outcome.value.reason : '')
          : failureMessage(outcome.failure),
      });
      return false;
    },
    async textOf(place) {
      const from = await opened();
      if (!from) return null;
      const outcome = await from.capture.textOf(place, { deadline: DEADLINE });
      if (outcome.ok && outcome.value !== null) return outcome.value;
      change({ outcome: outcome.ok ? errorMessage(say('text_gone')) : failureMessage(outcome.failure) });
      return null;
    },
  };
}
