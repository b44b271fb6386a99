/**
 * A capture of a stack that answers also when the page cannot be read: then with the lines of the stack alone, whose variables are
 * unreadable. So what a user sees of a pause is always of that pause.
 */
import type { Capture, RootRequest } from '../capture/capture.ts';
import type { Part, Snapshot } from '../snapshot/snapshot.ts';
import type { Failure } from '../transport/outcome.ts';
import { FIRST_FRAME } from './naming.ts';

/**
 * @param refusal Why the page must not be asked at all; null when it may be asked.
 * @param onFailure Called when only the lines were answered; `mayPass`: the page took too long, so the variables may be read later.
 */
export function withFramesOnly(
  capture: Capture,
  refusal: string | null,
  reasonOf: (failure: Failure) => string,
  onFailure: (reason: string, mayPass: boolean) => void,
): Capture {
  return {
    ...capture,
    async capture(roots, view, options) {
      const outcome = refusal === null ? await capture.capture(roots, view, options) : null;
      if (outcome && (outcome.ok || options.signal?.aborted || !isThere(outcome.failure))) return outcome;
      const reason = outcome && !outcome.ok ? reasonOf(outcome.failure) : (refusal ?? '');
      onFailure(reason, outcome !== null && !outcome.ok && outcome.failure.kind === 'timeout');
      return { ok: true, value: framesOnly(roots, reason) };
    },
  };
}

/**
 * Whether the heap can still be there, and paused. A document that is said to be left can be that of a frame that was removed while its
 * code runs.
 */
function isThere({ kind }: Failure): boolean {
  switch (kind) {
    case 'aborted':
    case 'crashed':
    case 'cancelled':
    case 'occupied':
    case 'closed':
    case 'detached':
    case 'disconnected':
      return false;
    default:
      return true;
  }
}

/** The stack's object has the identity before that of the first frame. */
const STACK = FIRST_FRAME + 1;

function framesOnly(roots: readonly RootRequest[], reason: string): Snapshot {
  const frames = roots.flatMap((root) => (root.type === 'stack' ? root.frames : []));
  const text = (text: string) => ({ head: text, tail: '', length: text.length });
  const parts = frames.map(
    ({ label }): Part => ({
      type: 'property',
      key: { type: 'name', name: text(label) },
      enumerable: true,
      value: { type: 'unreadable', reason },
    }),
  );
  return {
    roots: roots.map((root) =>
      root.type === 'stack'
        ? { label: root.label, result: { ok: true, value: { type: 'reference', id: STACK } } }
        : { label: root.type === 'expression' ? root.expression : '', result: { ok: false, reason } },
    ),
    objects: new Map([
      [
        STACK,
        {
          id: STACK,
          kind: 'stack',
          className: text('Call stack'),
          size: null,
          primitive: null,
          frozen: false,
          cut: null,
          parts,
        },
      ],
    ]),
    cuts: new Map(),
    pageTime: 0,
    replacedBuiltins: [],
  };
}
