/**
 * Asks the page through DevTools' own session (`inspectedWindow.eval`). That shows no debugging bar, and reaches the global
 * scope, `$0`, `$_` and stored globals. While the page is paused it still evaluates in the global scope.
 */

import { say } from '../words/say.ts';
import type { Connection } from './devtools-session.ts';
import type { Failure } from './outcome.ts';
import { race } from './race.ts';

/** The second argument of `inspectedWindow.eval`'s callback. chrome-types declares it wrongly (seen in Chromium 156). */
interface EvaluationException {
  readonly isError?: boolean;
  readonly code?: string;
  readonly details?: readonly unknown[];
  readonly isException?: boolean;
  readonly value?: string;
}

/** The part of `chrome.devtools` that this needs, with the callback that Chrome really calls. */
export interface DevToolsApi {
  readonly inspectedWindow: {
    eval(script: string, callback: (value: unknown, exception: EvaluationException | undefined) => void): void;
  };
  readonly network: {
    readonly onNavigated: {
      addListener(listener: (url: string) => void): void;
      removeListener(listener: (url: string) => void): void;
    };
  };
}

/** Milliseconds between two checks whether the page still exists, while no answer arrives. */
const DOUBT_AFTER = 500;

/** @param isCrashed Whether the page's process is gone. Then DevTools neither answers nor reports it. */
export function devtoolsEval(api: DevToolsApi, isCrashed: () => Promise<boolean>): Connection {
  const onNavigated = (listener: (url: string) => void): (() => void) => {
    api.network.onNavigated.addListener(listener);
    return () => api.network.onNavigated.removeListener(listener);
  };
  return {
    name: 'devtools-eval',
    onNavigated,
    evaluate: (script, options) =>
      race(
        options,
        (fail) => {
          const forget = onNavigated(() => fail({ kind: 'navigated' }));
          const doubt = setInterval(async () => {
            if (await isCrashed()) fail({ kind: 'crashed' });
          }, DOUBT_AFTER);
          return () => {
            forget();
            clearInterval(doubt);
          };
        },
        (settle) => {
          try {
            api.inspectedWindow.eval(script, (value, exception) =>
              settle(exception ? { ok: false, failure: toFailure(exception) } : { ok: true, value }),
            );
          } catch (error) {
            // After the extension was reloaded, every call from this page throws "Extension context invalidated".
            settle({ ok: false, failure: { kind: 'disconnected', message: String(error) } });
          }
        },
      ),
  };
}

function toFailure(exception: EvaluationException): Failure {
  if (exception.isException) {
    const message = (exception.value ?? say('failure_unknownValue')).split('\n', 1).join('');
    if (message.startsWith('SyntaxError: ')) return { kind: 'syntax', message: message.slice('SyntaxError: '.length) };
    return { kind: 'thrown', message };
  }
  const details = (exception.details ?? []).join(' ');
  if (details.includes('Permission denied')) return { kind: 'forbidden' };
  // The old document is gone, and the next one does not exist yet.
  if (/no execution context|navigated or closed|context(?:Id)? not found|cannot find context/i.test(details))
    return { kind: 'navigated' };
  return { kind: 'disconnected', message: details || exception.code || say('failure_noReason') };
}
