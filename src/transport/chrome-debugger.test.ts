import { expect, test } from 'vitest';
import { attachDebugger, type DebuggerApi } from './chrome-debugger.ts';
import { sentence } from './failure.ts';

type Listener = Parameters<DebuggerApi['onEvent']['addListener']>[0];

/** What Chrome would do, as far as a command never ends while the page stands still. */
function stub(replies: Partial<DebuggerApi>): { readonly api: DebuggerApi; tell(method: string): void } {
  const listeners = new Set<Listener>();
  const api: DebuggerApi = {
    attach: async () => {},
    detach: async () => {},
    sendCommand: async (_, method) => (method === 'Runtime.evaluate' ? new Promise(() => {}) : {}),
    onEvent: { addListener: (listener) => listeners.add(listener), removeListener: (one) => listeners.delete(one) },
    onDetach: { addListener() {}, removeListener() {} },
    ...replies,
  };
  return {
    api,
    tell(method) {
      for (const listener of listeners) listener({ tabId: 1 }, method, {});
    },
  };
}

const options = { deadline: 1000 };

test.each(['Host access is restricted by policy.', 'Screenshot capture is restricted by policy.'])(
  'the administrator refuses: %s',
  async (message) => {
    const { api } = stub({ attach: () => Promise.reject(new Error(message)) });
    const attached = await attachDebugger(api, 1, options);
    expect(!attached.ok && sentence(attached.failure)).toMatch(/^Your administrator .* Turn off the debugger .*\.$/);
    const { api: later } = stub({
      sendCommand: (_, method) =>
        method === 'Runtime.evaluate'
          ? Promise.reject(new Error(JSON.stringify({ code: -32000, message })))
          : Promise.resolve({}),
    });
    const second = await attachDebugger(later, 1, options);
    if (!second.ok) throw new Error(second.failure.kind);
    const answer = await second.value.page.send('Runtime.evaluate', { expression: '1' }, options);
    expect(!answer.ok && answer.failure).toEqual({ kind: 'managed', message });
  },
);

test('a dialog ends what waits for the page, until it is answered', async () => {
  const { api, tell } = stub({});
  const attached = await attachDebugger(api, 1, options);
  if (!attached.ok) throw new Error(attached.failure.kind);
  const { page } = attached.value;
  const waiting = page.send('Runtime.evaluate', { expression: '1' }, options);
  tell('Page.javascriptDialogOpening');
  expect(await waiting).toEqual({ ok: false, failure: { kind: 'dialog' } });
  expect(await page.send('Runtime.enable', undefined, options)).toEqual({ ok: false, failure: { kind: 'dialog' } });
  tell('Page.javascriptDialogClosed');
  expect(await page.send('Runtime.enable', undefined, options)).toEqual({ ok: true, value: {} });
});
