/** Recordings as files: what is written is read back, and nothing else is. */
import { expect, test } from 'vitest';
import { toText } from '../film/film-text.ts';
import { recordingWithoutValues } from '../film/without-values.ts';
import { shownOf } from '../recording/moment.ts';
import { momentText, record } from '../recording/programs.test-helper.ts';
import { recordingFromJson, recordingToJson } from './recording-json.ts';

const program = `function fact(n) { if (n <= 1) return 1; const rest = fact(n - 1); return n * rest; }
var made = { secret: 'the secret', list: [NaN, -0, 7] };
function fill(list) { for (let i = 0; i < 3; i++) list[i] = i; return list; }
fact(3); fill(made.list); [1, 2].map((x) => x + 1);`;

test('a recording is the same when it is opened again', async () => {
  const recording = await record(program);
  const text = recordingToJson(recording);
  const opened = recordingFromJson(text);
  if (!opened?.ok) throw new Error(opened?.reason ?? 'It is no recording.');
  expect(opened.recording.stops.length).toBe(recording.stops.length);
  for (const [stop] of recording.stops.entries())
    expect(momentText(opened.recording, stop)).toBe(momentText(recording, stop));
  const plain = ({ calls }: typeof recording) => calls.map(({ within: _, ...call }) => call);
  expect(plain(opened.recording)).toEqual(plain(recording));
});

test('without values, no text and number is in it', async () => {
  const shared = recordingWithoutValues(await record(program));
  const opened = recordingFromJson(recordingToJson(shared));
  if (!opened?.ok) throw new Error(opened?.reason ?? 'It is no recording.');
  const last = opened.recording.stops.length - 1;
  expect(momentText(opened.recording, last)).toContain("secret: '…'");
  expect(JSON.stringify(opened.recording.stops)).not.toMatch(/the secret|"type":"number"/);
});

test.each<[what: string, change: (file: Record<string, unknown>) => unknown, says: string]>([
  ['another version', (file) => ({ ...file, version: 9 }), 'version'],
  ['a stop at no place', (file) => ({ ...file, places: [] }), 'stops.0'],
  ['a place in no script', (file) => ({ ...file, scripts: [] }), 'places.0'],
  ['a frame that is none', (file) => ({ ...file, frames: [{ id: 'x' }] }), 'frames.0'],
])('%s is refused', async (_, change, says) => {
  const file: Record<string, unknown> = JSON.parse(recordingToJson(await record('[1].length;')));
  const opened = recordingFromJson(JSON.stringify(change(file)));
  expect(opened?.ok).toBe(false);
  expect(opened && !opened.ok && opened.reason).toContain(says);
});

test.each(['', '{', '[]', '{"format":"memory-graph snapshot"}'])('%j is no recording', (text) => {
  expect(recordingFromJson(text)).toBeNull();
});

test('as text it says what called what, and what changed by which line', async () => {
  const text = toText(shownOf(await record(program)));
  expect(text).toContain('- (top level)');
  expect(text).toContain('  - fact(3) → n * rest\n    - fact(2) → n * rest\n      - fact(1) → 1');
  expect(text).toMatch(/- step \d+, line 3: \[3\] #\d+ \[0\] NaN → 0/);
  expect(text).toContain('- (anonymous)(1) → x + 1 × 2');
});
