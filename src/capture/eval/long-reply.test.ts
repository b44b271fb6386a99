import { expect, test } from 'vitest';
import { openPage, type Page } from '../../page/page.test-helper.ts';
import { defaultReadOptions } from '../../snapshot/read-options.ts';
import { textForm } from '../../snapshot/text-form.test-helper.ts';
import type { Connection } from '../../transport/devtools-session.ts';
import type { Outcome } from '../../transport/outcome.ts';
import { pieceLength } from '../../wire/format.ts';
import { readReply } from '../../wire/reader.ts';
import { COMMAND_LINE } from '../command-line.ts';
import { readSent } from './long-reply.ts';

const view = {
  ...defaultReadOptions,
  slices: { begin: 1e6, middle: 0, end: 0 },
  objects: 1e6,
  depth: 1e6,
  time: 60_000,
};
const roots = ['rows'];
const rows = `const rows = Array.from({ length: 30_000 }, (_, i) => ({ id: 1000 * i, name: 'row ' + i % 700, half: i / 2, next: null }));
rows.forEach((row, i) => { row.next = rows[(i * 7 + 1) % rows.length]; });`;

/** A connection to the agent of `page`, as DevTools' eval is one. `before` sees the scripts, and may stop one. */
function connect(page: Page, before: (script: string) => Outcome<unknown> | null = () => null): Connection {
  return {
    name: 'devtools-eval',
    evaluate: async (script) =>
      before(script) ?? {
        ok: true,
        value: JSON.parse(
          JSON.stringify(
            // Only DevTools has a command line that finds it.
            page.ask(`((found) => (${script.replace(`${COMMAND_LINE}.find("token")`, 'found')}))(agent) ?? null`),
          ),
        ),
      },
    onNavigated: () => () => {},
  };
}

function send(page: Page): unknown {
  const request = JSON.stringify({ view });
  return JSON.parse(JSON.stringify(page.ask(`agent.send(agent.capture(${request}, [() => rows]))`)));
}

/** How many of the pieces of the first delivery wait in the page. */
function waiting(page: Page): number {
  let count = 0;
  for (let index = 0; index < 100; index += 1) if (page.ask(`agent.fetch(0, ${index})`) !== null) count += 1;
  return count;
}

test('a long reply comes in pieces, and says the same as in one', async () => {
  const page = openPage(rows);
  const whole = readReply(page.reply(roots, view), roots);
  const sent = send(page);
  expect(sent).toEqual([expect.any(Array), expect.any(Number), 0]);
  expect(Array.isArray(sent) ? sent[1] : 0).toBeGreaterThan(1);
  const outcome = await readSent(connect(page), 'token', sent, roots, { deadline: 1000 });
  expect(outcome.ok && whole.ok).toBe(true);
  if (outcome.ok && whole.ok)
    expect(textForm({ ...outcome.value, pageTime: 0 })).toBe(textForm({ ...whole.value, pageTime: 0 }));
  expect(outcome.ok && outcome.value.objects.size).toBe(30_001);
  expect(waiting(page)).toBe(0);
});

test('a short reply comes whole', async () => {
  const page = openPage('const rows = [1]');
  const sent = send(page);
  expect(Array.isArray(sent) && sent.length).toBe(5);
  expect((await readSent(connect(page), 'token', sent, roots, { deadline: 1000 })).ok).toBe(true);
});

test('what is not fetched does not stay in the page', async () => {
  const page = openPage(rows);
  const sent = send(page);
  const connection = connect(page, (script) =>
    script.includes('fetch(0, 1)') ? { ok: false, failure: { kind: 'aborted' } } : null,
  );
  const outcome = await readSent(connection, 'token', sent, roots, { deadline: 1000 });
  expect(outcome).toEqual({ ok: false, failure: { kind: 'aborted' } });
  expect(waiting(page)).toBe(0);
});

test.each([
  ['a piece that the page lost', null],
  ['a piece that is none', ['A']],
  ['a piece with too much', ['A', 'text that no object has']],
  ['a piece that ends amid an object', ['B', '']],
])('%s', async (_what, value) => {
  const page = openPage(rows);
  const sent = send(page);
  const connection = connect(page, (script) => (script.includes('fetch(0, 0)') ? { ok: true, value } : null));
  const outcome = await readSent(connection, 'token', sent, roots, { deadline: 1000 });
  expect(outcome).toEqual({
    ok: false,
    failure: { kind: 'corrupt', message: expect.stringMatching(/^[A-Z].+\.$/) },
  });
  expect(waiting(page)).toBe(0);
});

test('pieces are of the length that is said', () => {
  const page = openPage(rows);
  const reply = page.reply(roots, view);
  const pieces = Array.isArray(reply) ? reply.slice(3).filter((_, index) => index % 2 === 0) : [];
  for (const stream of pieces.slice(0, -1)) {
    expect(String(stream).length).toBeGreaterThanOrEqual(pieceLength);
    expect(String(stream).length).toBeLessThan(pieceLength * 1.1);
  }
});
