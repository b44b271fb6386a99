/** The protocol as puppeteer speaks it over its pipe: the debugger without an extension, for tests of the capture alone. */
import type { CDPSession } from 'puppeteer-core';
import type { AttachedDebugger } from '../../src/transport/chrome-debugger.ts';
import type { Connection } from '../../src/transport/devtools-session.ts';
import type { ProtocolSession } from '../../src/transport/protocol.ts';
import {
  createSession,
  messageOf,
  protocolFailure,
  type SessionControl,
} from '../../src/transport/protocol-session.ts';

/** Puppeteer's own prefix of the protocol's errors. */
const PREFIX = /^Protocol error \([\w.]+\): /;

function controlOf(cdp: CDPSession): SessionControl {
  const control = createSession({
    // Puppeteer types each method; which one it is, is known to who calls.
    post: (method, parameters) => cdp.send(method as 'Page.navigate', parameters as { url: string }),
    toFailure: (method, error) => protocolFailure(method, messageOf(error).replace(PREFIX, '')),
    gone: () => control.end({ kind: 'detached' }),
    close: () => cdp.detach(),
  });
  cdp.on('*', ((event: unknown, parameters: unknown) => {
    if (event === 'Inspector.targetCrashed') control.setBroken({ kind: 'crashed' });
    if (event === 'Inspector.targetReloadedAfterCrash') control.setBroken(null);
    if (typeof event === 'string') control.emit(event, parameters);
  }) as (event: unknown) => void);
  return control;
}

export function sessionOf(cdp: CDPSession): ProtocolSession {
  return controlOf(cdp).session;
}

/** Flat child sessions included. */
export function debuggerOf(cdp: CDPSession): AttachedDebugger {
  const page = controlOf(cdp);
  const children = new Map<string, SessionControl>();
  cdp.on('Target.detachedFromTarget', ({ sessionId }) => children.get(sessionId)?.end({ kind: 'closed' }));
  return {
    page: page.session,
    child(sessionId) {
      const known = children.get(sessionId);
      if (known) return known.session;
      const child = cdp.connection()?.session(sessionId);
      if (!child) throw new Error(`There is no session ${sessionId}.`);
      const control = controlOf(child);
      children.set(sessionId, control);
      return control.session;
    },
    onDetached: (listener) => page.session.onClosed(listener),
    detach: () => page.session.close(),
  };
}

/** What `inspectedWindow.eval` does, over the protocol: DevTools evaluates with its command line API and by value. */
export function evalOver(cdp: CDPSession): Connection {
  return {
    name: 'devtools-eval',
    onNavigated(listener) {
      const told = ({ frame }: { frame: { parentId?: string; url: string } }): void => {
        if (frame.parentId === undefined) listener(frame.url);
      };
      cdp.on('Page.frameNavigated', told);
      return () => cdp.off('Page.frameNavigated', told);
    },
    async evaluate(script) {
      const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
        expression: script,
        includeCommandLineAPI: true,
        returnByValue: true,
      });
      if (!exceptionDetails) return { ok: true, value: result.value };
      const message = exceptionDetails.exception?.description ?? exceptionDetails.text;
      const syntax = message.startsWith('SyntaxError: ');
      return { ok: false, failure: { kind: syntax ? 'syntax' : 'thrown', message } };
    },
  };
}
