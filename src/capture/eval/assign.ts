/** Gives properties and global variables other values through DevTools' own session. */
import type { Connection } from '../../transport/devtools-session.ts';
import { sentence } from '../../transport/failure.ts';
import { say } from '../../words/say.ts';
import { readAssigned, refused } from '../assignable.ts';
import type { Capture } from '../capture.ts';
import { assignScript, reassignScript, textScript } from '../scripts/page-script.ts';

/** @param token The name of the agent in the page. */
export function assignThroughDevTools(
  connection: Connection,
  token: string,
): Pick<Capture, 'assign' | 'reassign' | 'textOf' | 'lightUp'> {
  return {
    lightUp: async () => ({ ok: true, value: false }),
    async assign(place, expression, options) {
      if (place.type === 'frame' || place.type === 'closure') return { ok: true, value: refused(say('debuggerOnly')) };
      const answer = await connection.evaluate(assignScript(token, place, expression), options);
      if (answer.ok) return { ok: true, value: readAssigned(answer.value) };
      const { failure } = answer;
      return failure.kind === 'syntax' ? { ok: true, value: refused(sentence(failure)) } : answer;
    },
    async reassign(change, options) {
      const answer = await connection.evaluate(reassignScript(token, change), options);
      return answer.ok ? { ok: true, value: readAssigned(answer.value) } : answer;
    },
    async textOf(place, options) {
      if (place.type === 'frame' || place.type === 'closure') return { ok: true, value: null };
      const answer = await connection.evaluate(textScript(token, place), options);
      return answer.ok ? { ok: true, value: typeof answer.value === 'string' ? answer.value : null } : answer;
    },
  };
}
