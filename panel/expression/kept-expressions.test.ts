import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { createPictureControls } from '../picture/picture-controls.ts';
import { keepExpressions } from './kept-expressions.ts';

function storageOf(initial: string | null = null) {
  let text = initial;
  return {
    getItem: () => text,
    setItem: (_: string, value: string) => {
      text = value;
    },
  };
}

/** The part of a session that is kept. */
function sessionOf() {
  const session = {
    pinned: signal<readonly string[]>([]),
    field: signal(''),
    picture: signal<{ readonly subject: string } | null>(null),
    restore(pinned: readonly string[], field: string) {
      session.pinned.value = pinned;
      session.field.value = field;
    },
  };
  return session;
}

const keep = (storage: ReturnType<typeof storageOf>, tab: number) => {
  const session = sessionOf();
  const controls = createPictureControls();
  controls.setWindow({ width: 800, height: 600 });
  // biome-ignore lint/suspicious/noExplicitAny: of a session and a picture only this is asked.
  const kept = keepExpressions(storage, tab, session as any, controls);
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  return { session, controls, kept, drawn: (subject: string) => kept.drawn({ subject } as any) };
};

test('the next panel of the same tab has the expressions, and the zoom of the same subject', () => {
  const storage = storageOf();
  const first = keep(storage, 7);
  first.session.restore(['a'], 'b');
  first.session.picture.value = { subject: 'a\nb' };
  first.controls.restore({ x: 1, y: 2, scale: 3 });
  first.kept.close();
  const second = keep(storage, 7);
  expect([second.session.pinned.value, second.session.field.value]).toEqual([['a'], 'b']);
  second.drawn('a\nb');
  expect(second.controls.viewport.value).toEqual({ x: 1, y: 2, scale: 3 });
  expect(keep(storage, 8).session.field.value).toBe('');
});

test('another subject starts as always', () => {
  const storage = storageOf();
  const first = keep(storage, 7);
  first.session.picture.value = { subject: 'b' };
  first.controls.restore({ x: 1, y: 2, scale: 3 });
  const second = keep(storage, 7);
  second.drawn('c');
  second.drawn('b');
  expect(second.controls.viewport.value.scale).toBe(1);
});

test.each(['{', '[{"tab":7}]', 'null'])('%s in storage does no harm', (text) => {
  expect(keep(storageOf(text), 7).session.field.value).toBe('');
});
